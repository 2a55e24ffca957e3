package epcis

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Hash is a SHA-256 value.
type Hash [32]byte

// String is the value in lower-case hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

const (
	niStart = "ni:///sha-256;"
	niEnd   = "?ver=CBV2.0"
)

// NI is the value as an event hash ID of CBV 2.0: "ni:///sha-256;<hex>?ver=CBV2.0".
func (h Hash) NI() string { return niStart + h.String() + niEnd }

// ParseNI reads an event hash ID of CBV 2.0 in SHA-256, as NI writes it.
func ParseNI(s string) (Hash, error) {
	var h Hash
	digits, ok := strings.CutPrefix(s, niStart)
	if ok {
		digits, ok = strings.CutSuffix(digits, niEnd)
	}
	if !ok {
		return h, fmt.Errorf("event hash id %s: want %s, 64 hexadecimal digits and %s", quote(s), niStart, niEnd)
	}
	return ParseHash(digits)
}

// ParseHash reads 64 hexadecimal digits.
func ParseHash(s string) (Hash, error) {
	var h Hash
	if len(s) != 64 {
		return h, fmt.Errorf("hash %s: want 64 hexadecimal digits, got %d characters", quote(s), len(s))
	}
	if _, err := hex.Decode(h[:], []byte(s)); err != nil {
		return h, fmt.Errorf("hash %s: want hexadecimal digits", quote(s))
	}
	return h, nil
}

// CBVHash is the event hash of CBV 2.0: SHA-256 of the pre-hash string. An event without a time or with an extension that is no
// JSON has none.
func (e *Event) CBVHash() (Hash, error) {
	text, err := e.preHash(make([]byte, 0, 1024))
	if err != nil {
		return Hash{}, err
	}
	return sha256.Sum256(text), nil
}

// PreHash is the canonical string that CBVHash hashes, "" when there is none.
func (e *Event) PreHash() string {
	text, err := e.preHash(nil)
	if err != nil {
		return ""
	}
	return string(text)
}

// Identity is what two captures of one event share. It tells apart whatever the CBV hash together with the hash of the error
// declaration tells apart, and one thing more: the pre-hash string has no separators, so that a lot "a" of quantity 5 and a lot
// "aquantity=5" without one have the same CBV hash. In the string that Identity hashes, each value is followed by a zero byte and
// its length in four bytes, big-endian; after it, if the event has an error declaration, comes that in the same manner, in the order
// declarationTime, reason, correctiveEventIDs, extensions. Without the lengths the two read:
//
//	eventType=ObjectEventeventTime=2026-11-23T08:00:00.000Z…
//	errorDeclarationdeclarationTime=2026-11-24T08:00:00.000Zreason=https://ref.gs1.org/cbv/ER-did_not_occur
//
// eventID, recordTime and certificationInfo do not enter, as they do not enter the CBV hash.
func (e *Event) Identity() (Hash, error) {
	h := prehasher{e: e, fenced: true}
	text, err := h.event(make([]byte, 0, 1280))
	if err != nil {
		return Hash{}, err
	}
	if e.Error != nil {
		text = h.errorDeclaration(text, e.Error)
		if h.err != nil {
			return Hash{}, h.err
		}
	}
	return sha256.Sum256(text), nil
}
