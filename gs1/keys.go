package gs1

import "strings"

type (
	// GTIN is a Global Trade Item Number of 14 digits with a right check digit; shorter ones are padded with zeros.
	GTIN string
	// GLN is a Global Location Number of 13 digits with a right check digit. It names a place or a party.
	GLN string
	// SSCC is a Serial Shipping Container Code of 18 digits with a right check digit.
	SSCC string
	// GSRN is a Global Service Relation Number of 18 digits with a right check digit.
	GSRN string
)

// ParseGTIN reads 8, 12, 13 or 14 digits.
func ParseGTIN(s string) (GTIN, error) {
	if err := checked("gtin", s, 8, 12, 13, 14); err != nil {
		return "", err
	}
	return GTIN(strings.Repeat("0", 14-len(s)) + s), nil
}

// ParseGLN reads 13 digits.
func ParseGLN(s string) (GLN, error) {
	return GLN(s), checked("gln", s, 13)
}

// ParseSSCC reads 18 digits.
func ParseSSCC(s string) (SSCC, error) {
	return SSCC(s), checked("sscc", s, 18)
}

// ParseGSRN reads 18 digits.
func ParseGSRN(s string) (GSRN, error) {
	return GSRN(s), checked("gsrn", s, 18)
}

// Link is the canonical link of the class of items.
func (g GTIN) Link() string { return ID{AI: "01", Key: string(g)}.Link() }

// Lot is the canonical link of a lot of the item (LGTIN); lot has up to 20 characters, as printed.
func (g GTIN) Lot(lot string) string {
	return ID{AI: "01", Key: string(g), Qualifier: "10", Value: lot}.Link()
}

// Serial is the canonical link of one item (SGTIN); serial has up to 20 characters, as printed.
func (g GTIN) Serial(serial string) string {
	return ID{AI: "01", Key: string(g), Qualifier: "21", Value: serial}.Link()
}

// Place is the canonical link of the GLN as a place; extension names a spot in it, "" for the whole.
func (g GLN) Place(extension string) string {
	id := ID{AI: "414", Key: string(g)}
	if extension != "" {
		id.Qualifier, id.Value = "254", extension
	}
	return id.Link()
}

// Party is the canonical link of the GLN as a party.
func (g GLN) Party() string { return ID{AI: "417", Key: string(g)}.Link() }

// Link is the canonical link of the logistic unit.
func (s SSCC) Link() string { return ID{AI: "00", Key: string(s)}.Link() }
