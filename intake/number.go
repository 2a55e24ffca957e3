package intake

import (
	"regexp"
	"strings"

	"lodestone/quantity"
)

var (
	plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
	withComma   = regexp.MustCompile(`^-?[0-9][0-9 .']*,[0-9,.]*$`)
	withPower   = regexp.MustCompile(`^-?[0-9.]+[eE][+-]?[0-9]+$`)
	withUnit    = regexp.MustCompile(`^-?[0-9.]+ *[A-Za-z%µ]+`)
)

// number reads a decimal as it stands, without leading zeros; "" when it cannot be read.
func (r *reader) number(w row, column, text string) string {
	if plainNumber.MatchString(text) {
		sign, digits := "", text
		if strings.HasPrefix(text, "-") {
			sign, digits = "-", text[1:]
		}
		for len(digits) > 1 && digits[0] == '0' && digits[1] != '.' {
			digits = digits[1:]
		}
		if _, err := quantity.ParseDecimal(sign + digits); err != nil {
			r.faultAt(w, column, "number", err.Error(), "")
			return ""
		}
		return sign + digits
	}
	hint := "write digits with a point as decimal mark, as in 310.5"
	switch {
	case withComma.MatchString(text):
		hint = "a comma is not read, it may be a decimal mark or not: write 1250.5"
	case withPower.MatchString(text):
		hint = "the spreadsheet has shortened it: format the column as a number and save again"
	case withUnit.MatchString(text):
		hint = "the unit has a column of its own"
	}
	r.faultAt(w, column, "number", "cannot read the number "+quote(text), hint)
	return ""
}

// unitCode is the Rec 20 code of a unit cell: the code itself, or a short word; pieces are "".
func unitCode(text string) (code, hint string, ok bool) {
	switch heading(text) {
	case "kg", "kilogram", "kilograms", "kgs":
		return "KGM", "", true
	case "g", "gram", "grams":
		return "GRM", "", true
	case "mg", "milligram", "milligrams":
		return "MGM", "", true
	case "t", "tonne", "tonnes", "metric ton", "metric tons":
		return "TNE", "", true
	case "kt", "kilotonne", "kilotonnes":
		return "KTN", "", true
	case "lb", "lbs", "pound", "pounds":
		return "LBR", "", true
	case "oz", "ounce", "ounces":
		return "ONZ", "", true
	case "short ton", "short tons":
		return "STN", "", true
	case "long ton", "long tons":
		return "LTN", "", true
	case "pcs", "pc", "piece", "pieces", "each", "ea", "h87", "c62":
		return "", "", true
	case "ton", "tons":
		return "", "write t (1000 kg), short ton (2000 lb) or long ton (2240 lb)", false
	}
	u, err := quantity.ParseUnit(text)
	if err != nil {
		return "", "kg, t, g, mg, lb, oz, short ton, long ton, pcs or a UN/ECE Rec 20 code", false
	}
	if d := u.Dimension(); d != quantity.MassOf && d != quantity.CountOf {
		return "", "an amount is a mass or a number of pieces", false
	}
	return u.Code(), "", true
}

// amount reads an amount and its unit: the number as stated, "" when there is none, and the code.
func (r *reader) amount(w row, column string) (value, code string, ok bool) {
	text, unit := w.get(column), w.get("unit")
	if unit != "" {
		c, hint, known := unitCode(unit)
		if !known {
			if column == "amount" || w.get("amount") == "" {
				r.faultAt(w, "unit", "unit", "unknown unit "+quote(unit), hint)
			}
			return "", "", false
		}
		code = c
	}
	if text == "" {
		return "", "", true
	}
	value = r.number(w, column, text)
	switch {
	case value == "":
		return "", "", false
	case strings.HasPrefix(value, "-"):
		r.faultAt(w, column, "number", "the amount "+quote(text)+" is negative", "what goes back is a run or a shipment of its own")
		return "", "", false
	case unit == "":
		r.faultAt(w, "unit", "amount", "the amount "+quote(text)+" has no unit", "write kg, t, pcs or another unit beside it")
		return "", "", false
	}
	if _, err := quantity.ParseQuantity(value, code); err != nil {
		r.faultAt(w, column, "number", err.Error(), "")
		return "", "", false
	}
	return value, code, true
}
