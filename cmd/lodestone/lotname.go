package main

import (
	"fmt"
	"slices"
	"strings"

	"lodestone/supply"
)

// pickLot is the lot that text names among known: its whole identifier; else the one whose last parts it is; else the
// only one that contains it, in either case of letters. Two that fit are never guessed between, and a whole URI is never
// taken for a part of another.
func pickLot(known []supply.LotID, text string) (supply.LotID, error) {
	if text == "" {
		return "", fmt.Errorf("an empty text names no lot")
	}
	if slices.Contains(known, supply.LotID(text)) {
		return supply.LotID(text), nil
	}
	if wholeURI(text) {
		return "", noLot(text)
	}
	var ends, contains []supply.LotID
	lower := strings.ToLower(text)
	for _, id := range known {
		if endsWith(string(id), text) {
			ends = append(ends, id)
		}
		if strings.Contains(strings.ToLower(string(id)), lower) {
			contains = append(contains, id)
		}
	}
	for _, fits := range [][]supply.LotID{ends, contains} {
		switch len(fits) {
		case 0:
		case 1:
			return fits[0], nil
		default:
			return "", ambiguous(text, fits)
		}
	}
	return "", noLot(text)
}

func noLot(text string) error {
	return fmt.Errorf("no lot is named %q, in whole or in part: lodestone lots lists what there is", text)
}

// wholeURI tells whether text is plainly a whole identifier and not a part of one.
func wholeURI(text string) bool {
	for _, scheme := range []string{"urn:", "https://", "http://", "did:", "tag:"} {
		if len(text) > len(scheme) && strings.EqualFold(text[:len(scheme)], scheme) {
			return true
		}
	}
	return false
}

// endsWith tells whether text is the last part, or parts, of id.
func endsWith(id, text string) bool {
	head, ok := strings.CutSuffix(id, text)
	return ok && (head == "" || strings.ContainsRune(":/.#?=", rune(head[len(head)-1])) || strings.ContainsRune(":/#", rune(text[0])))
}

// ambiguous names the candidates, the first twenty of them.
func ambiguous(text string, fits []supply.LotID) error {
	const most = 20
	slices.Sort(fits)
	var b strings.Builder
	fmt.Fprintf(&b, "%q names %s: give more of the one you mean", text, count(len(fits), "lot"))
	for _, id := range fits[:min(most, len(fits))] {
		fmt.Fprintf(&b, "\n  %s", id)
	}
	if more := len(fits) - most; more > 0 {
		fmt.Fprintf(&b, "\n  and %s more", group3(int64(more)))
	}
	return fmt.Errorf("%s", b.String())
}
