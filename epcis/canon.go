package epcis

import (
	"bytes"
	"slices"
	"strings"

	"lodestone/gs1"
)

// canonical appends a value in canonical form: without white space around it, numbers as plain decimals, words of older URNs and
// prefixed names of GS1's vocabularies as web URIs, GS1 keys as canonical Digital Links, anything else as it is.
func (h *prehasher) canonical(dst []byte, s string) []byte {
	s = strings.TrimSpace(s)
	if s == "" {
		return dst
	}
	if c := s[0]; c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' {
		if out, ok := appendDecimal(dst, s); ok {
			return out
		}
		return append(dst, s...)
	}
	if strings.HasPrefix(s, "http") || strings.HasPrefix(s, "urn:epc:") {
		return gs1.AppendCanonical(dst, s)
	}
	if web, ok := webVocabulary(s); ok {
		return append(dst, web...)
	}
	// Prefixed names of one's own stay as they are: the published values of the hash show that both known implementations leave them.
	if head, local, ok := strings.Cut(s, ":"); ok && head != "urn" && !strings.HasPrefix(local, "//") {
		if start, known := h.start(head); known && (strings.HasPrefix(start, "https://ref.gs1.org") || strings.HasPrefix(start, "https://gs1.org")) {
			return append(append(dst, start...), local...)
		}
	}
	return append(dst, s...)
}

// appendDecimal appends a decimal number without sign of zero, leading or trailing zeros, plus sign, or exponent. ok is false for
// text that is no number, or whose exponent lies beyond 400.
func appendDecimal(dst []byte, s string) (out []byte, ok bool) {
	rest, negative := s, false
	if rest[0] == '-' || rest[0] == '+' {
		negative = rest[0] == '-'
		rest = rest[1:]
	}
	mantissa, exponent := rest, 0
	if i := strings.IndexAny(rest, "eE"); i >= 0 {
		var good bool
		if exponent, good = smallInt(rest[i+1:]); !good {
			return dst, false
		}
		mantissa = rest[:i]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if whole == "" && fraction == "" || !digitsOnly(whole) || !digitsOnly(fraction) {
		return dst, false
	}
	point := len(whole) + exponent // the place of the decimal point in the digits
	var few [64]byte
	d := append(append(few[:0], whole...), fraction...)
	for len(d) > 0 && d[0] == '0' {
		d = d[1:]
		point--
	}
	for len(d) > 0 && d[len(d)-1] == '0' {
		d = d[:len(d)-1]
	}
	if len(d) == 0 {
		return append(dst, '0'), true
	}
	if negative {
		dst = append(dst, '-')
	}
	switch {
	case point <= 0:
		dst = append(dst, "0."...)
		for ; point < 0; point++ {
			dst = append(dst, '0')
		}
		dst = append(dst, d...)
	case point >= len(d):
		dst = append(dst, d...)
		for i := len(d); i < point; i++ {
			dst = append(dst, '0')
		}
	default:
		dst = append(dst, d[:point]...)
		dst = append(dst, '.')
		dst = append(dst, d[point:]...)
	}
	return dst, true
}

func digitsOnly(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// smallInt reads an exponent of at most 400 either way.
func smallInt(s string) (int, bool) {
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	s = strings.TrimLeft(s[:max(0, len(s)-1)], "0") + s[max(0, len(s)-1):]
	if s == "" || len(s) > 3 {
		return 0, false
	}
	n, ok := digits(s)
	if negative {
		n = -n
	}
	return n, ok && n <= 400 && n >= -400
}

// pieces is texts that stand one after another at the end of a buffer, to be sorted by their bytes where they stand.
type pieces struct {
	start int
	ends  []int
	few   [8]int
}

// beginPieces begins at the end of dst.
func beginPieces(dst []byte) pieces { return pieces{start: len(dst)} }

// end ends a text; an empty one is none.
func (p *pieces) end(dst []byte) {
	last := p.start
	if p.ends == nil {
		p.ends = p.few[:0]
	} else if n := len(p.ends); n > 0 {
		last = p.ends[n-1]
	}
	if len(dst) > last {
		p.ends = append(p.ends, len(dst))
	}
}

// none tells whether there is no text.
func (p *pieces) none() bool { return len(p.ends) == 0 }

// sort sorts the texts in place.
func (p *pieces) sort(dst []byte) {
	if len(p.ends) < 2 {
		return
	}
	copied := bytes.Clone(dst[p.start:])
	texts := make([][]byte, len(p.ends))
	from := 0
	for i, end := range p.ends {
		texts[i] = copied[from : end-p.start]
		from = end - p.start
	}
	slices.SortFunc(texts, bytes.Compare)
	out := dst[:p.start]
	for _, t := range texts {
		out = append(out, t...)
	}
}
