package quantity

// unitRow is one row of the table: the factor is milligrams in one unit for masses, pieces for counts, and the fraction
// of one for proportions, all exact.
type unitRow struct {
	code, name string
	dim        Dimension
	factor     Decimal
	of         string // the physical quantity of a PhysicalMeasure
}

func massRow(code, name, milligrams string) unitRow {
	return unitRow{code, name, MassOf, MustDecimal(milligrams), ""}
}

func countRow(code, name, pieces string) unitRow {
	return unitRow{code, name, CountOf, MustDecimal(pieces), ""}
}

func fractionRow(code, name, ofOne string) unitRow {
	return unitRow{code, name, FractionOf, MustDecimal(ofOne), ""}
}

// unitTable holds the codes of UN/ECE Recommendation 20 (revision 14) that the chain meets. Avoirdupois masses are exact
// by the international pound of 1959, 0.45359237 kg, and its parts and multiples. The recommendation prints rounded
// factors for several of them, and for APZ one that is too small by ten; the exact definitions are used here.
// Codes for gross weight (E4), net weight with deductions (58), theoretical weight (24, 27), wet or dry pounds and tons,
// and kilograms of a named substance are left out: their mass of material is not determined by the number alone.
var unitTable = append([]unitRow{
	countRow("", "piece", "1"),

	massRow("KGM", "kilogram", "1e6"),
	massRow("GRM", "gram", "1e3"),
	massRow("MGM", "milligram", "1"),
	massRow("MC", "microgram", "0.001"),
	massRow("CGM", "centigram", "10"),
	massRow("DG", "decigram", "100"),
	massRow("DJ", "decagram", "1e4"),
	massRow("HGM", "hectogram", "1e5"),
	massRow("TNE", "tonne", "1e9"),
	massRow("2U", "megagram", "1e9"),
	massRow("DTN", "decitonne", "1e8"),
	massRow("KTN", "kilotonne", "1e12"),
	massRow("CTM", "metric carat", "200"),
	massRow("LBR", "pound", "453592.37"),
	massRow("ONZ", "ounce", "28349.523125"),
	massRow("STN", "short ton", "907184740"),
	massRow("LTN", "long ton", "1016046908.8"),
	massRow("CWA", "hundredweight (US)", "45359237"),
	massRow("CWI", "hundredweight (UK)", "50802345.44"),
	massRow("STI", "stone (UK)", "6350293.18"),
	massRow("GRN", "grain", "64.79891"),
	massRow("DRI", "dram (UK)", "1771.8451953125"),
	massRow("APZ", "troy ounce", "31103.4768"),
	massRow("LBT", "troy pound", "373241.7216"),
	massRow("DWT", "pennyweight", "1555.17384"),
	massRow("DRA", "dram (US)", "3887.9346"),
	massRow("M86", "pfund", "5e5"),

	countRow("EA", "each", "1"),
	countRow("H87", "piece", "1"),
	countRow("C62", "one", "1"),
	countRow("NAR", "number of articles", "1"),
	countRow("PR", "pair", "2"),
	countRow("DZN", "dozen", "12"),
	countRow("DPC", "dozen piece", "12"),
	countRow("GRO", "gross", "144"),
	countRow("CEN", "hundred", "100"),
	countRow("MIL", "thousand", "1000"),
	countRow("T3", "thousand piece", "1000"),
	countRow("MIO", "million", "1e6"),
	countRow("NPR", "number of pairs", "2"),

	fractionRow("P1", "percent", "0.01"),
	fractionRow("60", "percent weight", "0.01"),
	fractionRow("NX", "part per thousand", "0.001"),
	fractionRow("59", "part per million", "1e-6"),
	fractionRow("61", "part per billion", "1e-9"),
	fractionRow("GK", "gram per kilogram", "0.001"),
	fractionRow("NA", "milligram per kilogram", "1e-6"),
	fractionRow("J33", "microgram per kilogram", "1e-9"),
	fractionRow("L32", "nanogram per kilogram", "1e-12"),
	fractionRow("M29", "kilogram per kilogram", "1"),
}, physicalRows()...)

// unitWords are the symbols and words people write where a code belongs, for hints only.
var unitWords = map[string]string{
	"kg": "KGM", "kgs": "KGM", "kilo": "KGM", "kilos": "KGM", "kilogramme": "KGM", "g": "GRM", "gr": "GRM", "gm": "GRM",
	"gramme": "GRM", "mg": "MGM", "ug": "MC", "µg": "MC", "t": "TNE", "to": "TNE", "mt": "TNE", "metric ton": "TNE", "metric tons": "TNE",
	"ton": "TNE (tonne), STN (short ton) or LTN (long ton)", "tons": "TNE (tonne), STN (short ton) or LTN (long ton)",
	"kt": "KTN", "lb": "LBR", "lbs": "LBR", "oz": "ONZ or APZ (troy)", "pc": "EA or no unit", "pcs": "EA or no unit", "pce": "H87 or no unit",
	"pieces": "EA or no unit", "ea.": "EA", "each": "EA", "unit": "C62 or no unit", "%": "P1", "pct": "P1", "wt%": "60", "ppm": "59", "ppb": "61",
	"g/kg": "GK", "mg/kg": "NA", "c": "CEL", "°c": "CEL", "f": "FAH", "°f": "FAH", "k": "KEL", "l": "LTR", "m": "MTR", "mm": "MMT",
	"58": "KGM for the net mass of the material", "e4": "KGM for the net mass of the material", "24": "LBR for the mass weighed",
	"27": "STN or TNE for the mass weighed", "db": "LBR with the mass as it is", "dt": "TNE or STN with the mass as it is",
	"wb": "LBR with the mass as it is", "we": "TNE or STN with the mass as it is", "ksd": "KGM with the mass as it is",
}
