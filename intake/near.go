package intake

import "strings"

// nearest is the candidate that text most likely meant, "" when none is near: the same but for case, spaces and dashes,
// else the least edit distance up to a third of the length. Of equals the first counts.
func nearest(text string, candidates []string) string {
	key := fold(text)
	for _, c := range candidates {
		if fold(c) == key {
			return c
		}
	}
	best, found := len([]rune(key))/3+1, ""
	for _, c := range candidates {
		if d := distance(key, fold(c), best); d < best {
			best, found = d, c
		}
	}
	return found
}

// fold is text without case, spaces, dashes and underscores.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '_', '\u00a0':
			return -1
		}
		return r
	}, strings.ToLower(text))
}

// distance is the edit distance of a and b, or limit when it is that or more. Long texts are not compared.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) >= limit || len(y)-len(x) >= limit || len(x) > 100 || len(y) > 100 {
		return limit
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return min(row[len(y)], limit)
}
