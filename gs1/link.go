package gs1

import "strings"

// ParseLink reads an uncompressed GS1 Digital Link URI of any domain. Of the qualifiers the finest is kept, see the package comment.
// ok is false for anything else: a web address that holds no key, a key of the wrong form, a qualifier the key cannot have.
func ParseLink(uri string) (id ID, ok bool) {
	rest, found := strings.CutPrefix(uri, "https://")
	if !found {
		if rest, found = strings.CutPrefix(uri, "http://"); !found {
			return ID{}, false
		}
	}
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		rest = rest[:i]
	}
	rest = strings.TrimSuffix(rest, "/")
	slash := strings.IndexByte(rest, '/')
	if slash <= 0 {
		return ID{}, false
	}
	path := rest[slash+1:]
	// The primary key is the last one that reads as a key with all that follows it.
	for end := len(path); end > 0; {
		start := strings.LastIndexByte(path[:end], '/') + 1
		if k := kindOf(number(path[start:end])); k != nil && end < len(path) {
			if id, ok := k.read(path[end+1:]); ok {
				return id, true
			}
		}
		end = start - 1
	}
	return ID{}, false
}

// read reads "key" or "key/qualifier/value/…".
func (k *kind) read(s string) (ID, bool) {
	key, rest, more := strings.Cut(s, "/")
	key, ok := decode(key)
	if !ok {
		return ID{}, false
	}
	if k.ai == "01" {
		switch len(key) {
		case 8, 12, 13:
			key = "00000000000000"[len(key):] + key
		}
	}
	if !k.fits(key) {
		return ID{}, false
	}
	id := ID{AI: k.ai, Key: key}
	best := len(k.finest)
	for more {
		var name, value string
		name, rest, more = strings.Cut(rest, "/")
		if !more {
			return ID{}, false
		}
		value, rest, more = strings.Cut(rest, "/")
		value, ok = decode(value)
		ai := number(name)
		if !ok || !qualifierFits(ai, value) {
			return ID{}, false
		}
		if rank := index(k.finest, ai); rank < len(k.finest) {
			if rank < best {
				best, id.Qualifier, id.Value = rank, ai, value
			}
		} else if index(k.dropped, ai) == len(k.dropped) {
			return ID{}, false
		}
	}
	return id, true
}

func index(list []string, s string) int {
	for i, v := range list {
		if v == s {
			return i
		}
	}
	return len(list)
}

// number is the application identifier that a path segment names, by number or by the short name of Digital Link 1.1.
func number(segment string) string {
	switch segment {
	case "gtin":
		return "01"
	case "sscc":
		return "00"
	case "gln":
		return "414"
	case "glnx":
		return "254"
	case "party":
		return "417"
	case "gdti":
		return "253"
	case "gcn":
		return "255"
	case "ginc":
		return "401"
	case "gsin":
		return "402"
	case "grai":
		return "8003"
	case "giai":
		return "8004"
	case "itip":
		return "8006"
	case "cpid":
		return "8010"
	case "cpsn":
		return "8011"
	case "gsrnp":
		return "8017"
	case "gsrn":
		return "8018"
	case "srin":
		return "8019"
	case "cpv":
		return "22"
	case "lot":
		return "10"
	case "ser":
		return "21"
	}
	return segment
}
