package gs1

import "strings"

// Parse reads an EPC URN or a GS1 Digital Link URI. ok is false for any other URI.
func Parse(uri string) (id ID, ok bool) {
	if strings.HasPrefix(uri, "urn:epc:") {
		return ParseURN(uri)
	}
	return ParseLink(uri)
}

// Canonical is the canonical GS1 Digital Link of an EPC URN or of any Digital Link; any other text comes back unchanged.
// It is idempotent.
func Canonical(uri string) string {
	if !strings.HasPrefix(uri, "urn:epc:") && !strings.HasPrefix(uri, "http") {
		return uri
	}
	id, ok := Parse(uri)
	if !ok {
		return uri
	}
	return id.Link()
}

// AppendCanonical appends Canonical(uri) to dst.
func AppendCanonical(dst []byte, uri string) []byte {
	if strings.HasPrefix(uri, "urn:epc:") || strings.HasPrefix(uri, "http") {
		if id, ok := Parse(uri); ok {
			return id.AppendLink(dst)
		}
	}
	return append(dst, uri...)
}
