package epcis

import (
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// isURI tells whether s is an absolute URI as the format "uri" of the schema has it: a scheme, and after it what net/url can read.
// The plain cases are decided without it.
func isURI(s string) bool {
	colon := schemeEnd(s)
	if colon <= 0 {
		return false
	}
	rest := s[colon+1:]
	if strings.HasPrefix(rest, "//") {
		host := rest[2:]
		i := 0
		for i < len(host) && plainHost(host[i]) {
			i++
		}
		if i < len(host) && host[i] != '/' {
			return slowURI(s)
		}
		rest = host[i:]
	}
	for i := 0; i < len(rest); i++ {
		if c := rest[i]; c <= ' ' || c > '~' || c == '%' || c == '#' || c == '[' || c == ']' || c == '\\' {
			return slowURI(s)
		}
	}
	return true
}

// schemeEnd is the place of the colon that ends a scheme, -1 when s begins with none.
func schemeEnd(s string) int {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		case c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.':
			if i == 0 {
				return -1
			}
		case c == ':':
			return i
		default:
			return -1
		}
	}
	return -1
}

func plainHost(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.'
}

func slowURI(s string) bool {
	u, err := url.Parse(s)
	if err != nil || !u.IsAbs() {
		return false
	}
	if host := u.Hostname(); strings.Contains(host, ":") {
		addr, err := netip.ParseAddr(host)
		return err == nil && addr.Is6() && addr.Zone() == ""
	}
	return true
}

// parseTime reads an RFC 3339 date and time with zone, as the format "date-time" of the schema has it. A leap second becomes the
// second after it; the text keeps it.
func parseTime(s string) (t time.Time, ok bool) {
	if len(s) < 20 || s[4] != '-' || s[7] != '-' || s[10] != 'T' && s[10] != 't' || s[13] != ':' || s[16] != ':' {
		return t, false
	}
	year, ok1 := digits(s[0:4])
	month, ok2 := digits(s[5:7])
	day, ok3 := digits(s[8:10])
	hour, ok4 := digits(s[11:13])
	minute, ok5 := digits(s[14:16])
	second, ok6 := digits(s[17:19])
	if !(ok1 && ok2 && ok3 && ok4 && ok5 && ok6) || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) ||
		hour > 23 || minute > 59 || second > 60 {
		return t, false
	}
	rest, nanos := s[19:], 0
	if rest[0] == '.' {
		i, scale := 1, 100_000_000
		for i < len(rest) && rest[i] >= '0' && rest[i] <= '9' {
			nanos += int(rest[i]-'0') * scale
			scale /= 10
			i++
		}
		if i == 1 {
			return t, false
		}
		rest = rest[i:]
	}
	offset := 0 // minutes east of Greenwich
	if rest != "Z" && rest != "z" {
		if len(rest) != 6 || rest[0] != '+' && rest[0] != '-' || rest[3] != ':' {
			return t, false
		}
		zh, ok1 := digits(rest[1:3])
		zm, ok2 := digits(rest[4:6])
		if !ok1 || !ok2 || zh > 23 || zm > 59 {
			return t, false
		}
		if offset = zh*60 + zm; rest[0] == '-' {
			offset = -offset
		}
	}
	if second == 60 && (hour*60+minute-offset+2*24*60)%(24*60) != 23*60+59 {
		return t, false
	}
	return time.Date(year, time.Month(month), day, hour, minute-offset, second, nanos, time.UTC), true
}

func digits(s string) (n int, ok bool) {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// isZoneOffset tells whether s is a sign and hh:mm from -14:00 to +14:00.
func isZoneOffset(s string) bool {
	if len(s) != 6 || s[0] != '+' && s[0] != '-' || s[3] != ':' {
		return false
	}
	h, ok1 := digits(s[1:3])
	m, ok2 := digits(s[4:6])
	return ok1 && ok2 && (h <= 13 && m <= 59 || h == 14 && m == 0)
}

// isUnitForm tells whether s is 2 or 3 capitals or digits.
func isUnitForm(s string) bool {
	if len(s) < 2 || len(s) > 3 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !(s[i] >= 'A' && s[i] <= 'Z' || s[i] >= '0' && s[i] <= '9') {
			return false
		}
	}
	return true
}

// isHex tells whether s is one or more hexadecimal digits.
func isHex(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i] | 0x20; !(s[i] >= '0' && s[i] <= '9' || c >= 'a' && c <= 'f') {
			return false
		}
	}
	return s != ""
}

// isVersion tells whether s is digits parted by single dots.
func isVersion(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		if _, ok := digits(part); !ok || part == "" {
			return false
		}
	}
	return true
}
