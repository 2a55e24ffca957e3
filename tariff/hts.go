package tariff

import (
	"fmt"
	"strings"
)

// HTS is a code of the tariff schedule: 8 digits, or 10 with the statistical suffix. In a rule it may be a heading or
// subheading of 4 or 6 digits, which stands for all codes under it.
type HTS string

// ParseHTS reads a code of 8 or 10 digits, with or without points: 8505.11.0070, 8505.11.00.70, 8505110070.
func ParseHTS(text string) (HTS, error) {
	h, err := parseDigits(text)
	if err != nil {
		return "", err
	}
	if len(h) != 8 && len(h) != 10 {
		return "", fmt.Errorf("tariff code %q has %d digits: want 8, or 10 with the statistical suffix, as in 8505.11.0070", text, len(h))
	}
	return h, nil
}

func parseDigits(text string) (HTS, error) {
	parts := strings.Split(strings.TrimSpace(text), ".")
	digits := strings.Join(parts, "")
	if digits == "" || len(digits) > 10 || strings.Trim(digits, "0123456789") != "" {
		return "", fmt.Errorf("tariff code %q: want digits and points, as in 8505.11.0070", text)
	}
	at := 0
	for _, p := range parts[:len(parts)-1] {
		if at += len(p); p == "" || at != 4 && at != 6 && at != 8 || at == len(digits) {
			return "", fmt.Errorf("tariff code %q has a point in the wrong place: want them after four, six or eight digits, as in 8505.11.0070", text)
		}
	}
	return HTS(digits), nil
}

// String is the code with its points: 8505.11.00, 8505.11.0070.
func (h HTS) String() string {
	switch {
	case len(h) <= 4:
		return string(h)
	case len(h) <= 6:
		return string(h[:4] + "." + h[4:])
	}
	return string(h[:4] + "." + h[4:6] + "." + h[6:])
}

// MarshalText is String.
func (h HTS) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// Under tells whether h is the code p or lies under it.
func (h HTS) Under(p HTS) bool { return strings.HasPrefix(string(h), string(p)) }

// Line is the code without its statistical suffix: 8 digits, the level at which rates are set.
func (h HTS) Line() HTS {
	if len(h) > 8 {
		return h[:8]
	}
	return h
}
