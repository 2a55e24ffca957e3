// Package quantity holds the measures of the chain: exact decimals, masses in whole milligrams, the units in which
// events state amounts, assays with their uncertainty, and calendar days.
//
// # Rules
//
// A decimal is a coefficient of at most 38 digits and at most 38 places. Text that needs more is refused, never cut.
// A number may be written as JSON writes it (12, 0.5, 1.5e3, 2E-4); "+1", ".5", "1." and "1,000" are refused.
//
// A mass is a whole number of milligrams in an int64, so at most 9 223 372 036 854.775807 kg, about 9.2e9 t; anything
// beyond is refused. A stated amount becomes a Mass by multiplying its decimal exactly with the exact factor of its
// unit and rounding once, half to even, to a milligram:
//
//	1 LBR         = 0.45359237 kg exactly          → 453 592 mg   (453 592.37 rounded)
//	1 ONZ         = 28.349523125 g exactly         →  28 350 mg
//	0.0005 GRM    = 0.5 mg, a tie, to even         →       0 mg
//	0.0015 GRM    = 1.5 mg, a tie, to even         →       2 mg
//	1.25e-1 TNE   = 125 kg                         → 125 000 000 mg
//
// Nothing on the path of a verdict is a floating point number; only variances are (float64, in kg²).
//
// # Units
//
// A unit is a common code of UN/ECE Recommendation 20, the set that EPCIS 2.0 names for uom. The empty code is a count
// of pieces, as EPCIS has it. An unknown code is an error that names likely ones: 5 "kg" is refused with the hint KGM.
package quantity
