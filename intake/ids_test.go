package intake

import (
	"testing"

	"lodestone/supply"
)

func TestSlug(t *testing.T) {
	for author, want := range map[supply.PartyID]string{
		"urn:lodestone:party:ramaco":               "ramaco",
		"urn:lodestone:party:acme:west":            "acme%3Awest",
		"https://id.gs1.org/417/9506000134352":     "https%3A%2F%2Fid.gs1.org%2F417%2F9506000134352",
		"urn:lodestone:party:https%3A%2F%2Fid.org": "https%253A%252F%252Fid.org",
	} {
		if got := Slug(author); got != want {
			t.Errorf("Slug(%s) = %s, want %s", author, got, want)
		}
	}
}

// No lot of one author is a lot of another, however the ids are cut.
func TestMintedIDsDiffer(t *testing.T) {
	seen := map[string]string{}
	for _, author := range []supply.PartyID{"urn:lodestone:party:a", "urn:lodestone:party:a:b", "urn:lodestone:party:a%3Ab", "urn:lodestone:party:a b"} {
		r := newReader(author, nil)
		for _, id := range []string{"c", "b:c", "b%3Ac", "C", "c ", "ç"} {
			uri := r.mint("lot", id)
			if other := seen[uri]; other != "" {
				t.Errorf("%s of %s and %s are both %s", id, author, other, uri)
			}
			seen[uri] = id + " of " + string(author)
			if err := checkURI(uri); err != nil || trackedOf(uri) != asLot {
				t.Errorf("%s: %v", uri, err)
			}
		}
	}
}

func TestTrackedOf(t *testing.T) {
	for uri, want := range map[string]tracked{
		"urn:epc:class:lgtin:0950600.013435.L1":             asLot,
		"urn:epc:id:sgtin:0950600.013435.7":                 asSerial,
		"urn:epc:id:sscc:0950600.0134352010":                asSerial,
		"https://id.gs1.org/01/09506000134352/10/L1":        asLot,
		"https://id.gs1.org/01/09506000134352/10/L1?17=261": asLot,
		"https://id.gs1.org/01/09506000134352/21/7":         asSerial,
		"https://id.gs1.org/00/095060001343520106":          asSerial,
		"https://example.com/lot/1":                         untold,
		"urn:lodestone:container:a:b":                       container,
		"did:web:example.com":                               untold,
	} {
		if got := trackedOf(uri); got != want {
			t.Errorf("%s: %d, want %d", uri, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	ids := []string{"Euclid", "Brook", "SRC-SX"}
	for text, want := range map[string]string{"Euclidd": "Euclid", "euclid ": "Euclid", "src sx": "SRC-SX", "Bruk": "", "Brok": "Brook", "": "", "Perth": ""} {
		if got := nearest(text, ids); got != want {
			t.Errorf("nearest(%q) = %q, want %q", text, got, want)
		}
	}
}
