package intake

import (
	"errors"
	"strings"

	"lodestone/supply"
)

// uriSchemes begin a cell that is a URI and passes through as it is; anything else is a plain id.
var uriSchemes = [...]string{"urn:", "http://", "https://", "did:", "ni:", "tag:", "sha256:"}

// isURI tells whether a cell is a URI by the way it begins.
func isURI(cell string) bool {
	for _, s := range uriSchemes {
		if len(cell) >= len(s) && strings.EqualFold(cell[:len(s)], s) {
			return true
		}
	}
	return false
}

var errNotURI = errors.New("write the whole URI, with its scheme (urn:, https:// or did:) first")

// checkURI refuses what RFC 3986 does not allow in a URI.
func checkURI(uri string) error {
	_, rest, ok := strings.Cut(uri, ":")
	if !ok || strings.Trim(rest, "/:") == "" {
		return errors.New("a URI needs something after its scheme")
	}
	if strings.HasPrefix(strings.ToLower(uri), "urn:") {
		nid, nss, ok := strings.Cut(rest, ":")
		if !ok || nid == "" || nss == "" {
			return errors.New("a URN reads urn:name:rest")
		}
	}
	for i := 0; i < len(uri); i++ {
		c := uri[i]
		switch {
		case c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}[]", c) >= 0:
			return errors.New("a URI holds no spaces, quotes, brackets or letters beyond ASCII; write them as %20 and so on")
		case c == '%' && !(i+2 < len(uri) && isHex(uri[i+1]) && isHex(uri[i+2])):
			return errors.New("a % in a URI is followed by two hexadecimal digits")
		}
	}
	return nil
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// escape writes a plain id as one part of a URN: letters, digits and . _ ~ - stand, every other byte becomes %XX.
// Different texts give different parts.
func escape(text string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("._~-", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}

// Slug is the part of a URN that stands for the author of the sheets: the rest of urn:lodestone:party:<rest>, else the
// whole id, escaped. Two authors never share one.
func Slug(author supply.PartyID) string {
	return escape(strings.TrimPrefix(string(author), "urn:lodestone:party:"))
}

// mint is the URI of a plain id of the author's sheets: urn:lodestone:<noun>:<slug>:<id>.
func (r *reader) mint(noun, id string) string {
	return "urn:lodestone:" + noun + ":" + r.slug + ":" + escape(id)
}

// Tracked says how a thing is known: as an amount of a class, as one thing, as one thing that holds others.
type tracked uint8

const (
	untold    tracked = iota // the form of the id does not tell
	asLot                    // an amount of a lot: epcClass
	asSerial                 // one item: epc
	container                // one drum, bag, pallet: epc
)

// trackedOf reads from the form of a URI whether it names a lot or one thing: our own URNs, EPC URNs and GS1 Digital Links.
func trackedOf(uri string) tracked {
	low := strings.ToLower(uri)
	switch {
	case strings.HasPrefix(low, "urn:lodestone:lot:"), strings.HasPrefix(low, "urn:epc:class:"), strings.HasPrefix(low, "urn:epc:idpat:"):
		return asLot
	case strings.HasPrefix(low, "urn:lodestone:serial:"), strings.HasPrefix(low, "urn:epc:id:"):
		return asSerial
	case strings.HasPrefix(low, "urn:lodestone:container:"):
		return container
	case strings.HasPrefix(low, "http"):
		path, _, _ := strings.Cut(low, "?")
		switch {
		case strings.Contains(path, "/01/") && strings.Contains(path, "/21/"), strings.Contains(path, "/00/"),
			strings.Contains(path, "/8003/"), strings.Contains(path, "/8004/"):
			return asSerial
		case strings.Contains(path, "/01/"):
			return asLot
		}
	}
	return untold
}
