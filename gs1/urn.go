package gs1

import "strings"

// ParseURN reads an EPC URN of the EPC Tag Data Standard: the pure identities urn:epc:id:…, the class urn:epc:class:lgtin:… and the
// patterns urn:epc:idpat:… that stand for all serials of a class. ok is false for anything else, malformed ones included.
func ParseURN(urn string) (id ID, ok bool) {
	rest, found := strings.CutPrefix(urn, "urn:epc:")
	if !found {
		return ID{}, false
	}
	space, rest, found := strings.Cut(rest, ":")
	if !found {
		return ID{}, false
	}
	scheme, body, found := strings.Cut(rest, ":")
	if !found {
		return ID{}, false
	}
	switch space {
	case "id":
		return pureIdentity(scheme, body)
	case "class":
		if scheme == "lgtin" {
			return tradeItem(body, "10")
		}
	case "idpat":
		if class, isPattern := strings.CutSuffix(body, ".*"); isPattern {
			return pattern(scheme, class)
		}
	}
	return ID{}, false
}

func pureIdentity(scheme, body string) (ID, bool) {
	switch scheme {
	case "sgtin":
		return tradeItem(body, "21")
	case "upui":
		return tradeItem(body, "235")
	case "itip":
		return piece(body, true)
	case "sscc":
		prefix, ref, ok := split(body, 17)
		if !ok || ref == "" {
			return ID{}, false
		}
		return numeric("00", ref[:1], prefix, ref[1:])
	case "sgln":
		key, serial, ok := keyAndSerial("414", "", body)
		if !ok {
			return ID{}, false
		}
		if serial == "0" {
			return key, true
		}
		key.Qualifier, key.Value = "254", serial
		return key, qualifierFits("254", serial)
	case "pgln":
		prefix, ref, ok := split(body, 12)
		if !ok {
			return ID{}, false
		}
		return numeric("417", "", prefix, ref)
	case "grai":
		return serialInKey("8003", "0", body)
	case "gdti":
		return serialInKey("253", "", body)
	case "sgcn":
		return serialInKey("255", "", body)
	case "giai":
		return open("8004", body)
	case "ginc":
		return open("401", body)
	case "gsrn", "gsrnp":
		prefix, ref, ok := split(body, 17)
		if !ok {
			return ID{}, false
		}
		if scheme == "gsrnp" {
			return numeric("8017", "", prefix, ref)
		}
		return numeric("8018", "", prefix, ref)
	case "gsin":
		prefix, ref, ok := split(body, 16)
		if !ok {
			return ID{}, false
		}
		return numeric("402", "", prefix, ref)
	case "cpi":
		dot := strings.LastIndexByte(body, '.')
		if dot < 0 {
			return ID{}, false
		}
		id, ok := open("8010", body[:dot])
		id.Qualifier, id.Value = "8011", body[dot+1:]
		return id, ok && qualifierFits("8011", id.Value)
	}
	return ID{}, false
}

func pattern(scheme, class string) (ID, bool) {
	switch scheme {
	case "sgtin", "upui":
		prefix, ref, ok := split(class, 13)
		if !ok || ref == "" {
			return ID{}, false
		}
		return numeric("01", ref[:1], prefix, ref[1:])
	case "itip":
		return piece(class, false)
	case "grai", "gdti", "sgcn":
		prefix, ref, ok := split(class, 12)
		if !ok {
			return ID{}, false
		}
		switch scheme {
		case "grai":
			return numeric("8003", "0", prefix, ref)
		case "gdti":
			return numeric("253", "", prefix, ref)
		}
		return numeric("255", "", prefix, ref)
	case "cpi":
		return open("8010", class)
	}
	return ID{}, false
}

// split cuts "prefix.reference" of so many digits in all, the company prefix being 6 to 12 of them.
func split(s string, digits int) (prefix, ref string, ok bool) {
	prefix, ref, ok = strings.Cut(s, ".")
	ok = ok && len(prefix) >= 6 && len(prefix) <= 12 && len(prefix)+len(ref) == digits && allDigits(prefix) && allDigits(ref)
	return prefix, ref, ok
}

// numeric joins digits, at most 17 in all, and appends the check digit.
func numeric(ai, a, b, c string) (ID, bool) {
	var few [18]byte
	d := append(append(append(few[:0], a...), b...), c...)
	return ID{AI: ai, Key: string(append(d, checkDigit(d)))}, true
}

// tradeItem reads "prefix.indicatorAndItem.value" as a GTIN with a qualifier.
func tradeItem(body, qualifier string) (ID, bool) {
	at := nthDot(body, 2)
	if at < 0 {
		return ID{}, false
	}
	prefix, ref, ok := split(body[:at], 13)
	value, decoded := decode(body[at+1:])
	if !ok || ref == "" || !decoded || !qualifierFits(qualifier, value) {
		return ID{}, false
	}
	id, _ := numeric("01", ref[:1], prefix, ref[1:])
	id.Qualifier, id.Value = qualifier, value
	return id, true
}

// piece reads "prefix.indicatorAndItem.piece.total", and ".serial" after it.
func piece(body string, withSerial bool) (ID, bool) {
	parts := strings.SplitN(body, ".", 5)
	if len(parts) != 5 && withSerial || len(parts) != 4 && !withSerial {
		return ID{}, false
	}
	prefix, ref, ok := split(parts[0]+"."+parts[1], 13)
	if !ok || ref == "" || len(parts[2]) != 2 || len(parts[3]) != 2 || !allDigits(parts[2]+parts[3]) {
		return ID{}, false
	}
	id, _ := numeric("01", ref[:1], prefix, ref[1:])
	id = ID{AI: "8006", Key: id.Key + parts[2] + parts[3]}
	if !withSerial {
		return id, true
	}
	serial, decoded := decode(parts[4])
	id.Qualifier, id.Value = "21", serial
	return id, decoded && qualifierFits("21", serial)
}

// keyAndSerial reads "prefix.reference.serial" where prefix and reference have 12 digits.
func keyAndSerial(ai, lead, body string) (ID, string, bool) {
	at := nthDot(body, 2)
	if at < 0 {
		return ID{}, "", false
	}
	prefix, ref, ok := split(body[:at], 12)
	serial, decoded := decode(body[at+1:])
	if !ok || !decoded || serial == "" {
		return ID{}, "", false
	}
	id, _ := numeric(ai, lead, prefix, ref)
	return id, serial, true
}

// serialInKey is keyAndSerial for keys that hold the serial after the check digit.
func serialInKey(ai, lead, body string) (ID, bool) {
	id, serial, ok := keyAndSerial(ai, lead, body)
	id.Key += serial
	return id, ok && kindOf(ai).fits(id.Key)
}

// open reads "prefix.reference" where the reference is of any characters and nothing is checked.
func open(ai, body string) (ID, bool) {
	prefix, ref, ok := strings.Cut(body, ".")
	ref, decoded := decode(ref)
	id := ID{AI: ai, Key: prefix + ref}
	ok = ok && decoded && ref != "" && len(prefix) >= 6 && len(prefix) <= 12 && allDigits(prefix) && kindOf(ai).fits(id.Key)
	return id, ok
}

func nthDot(s string, n int) int {
	for i := 0; i < len(s); i++ {
		if s[i] == '.' {
			if n--; n == 0 {
				return i
			}
		}
	}
	return -1
}
