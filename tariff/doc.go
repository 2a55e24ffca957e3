// Package tariff says what duty the United States ask on a rare earth good: by code of the tariff schedule, origin, day of
// entry and the claims of the importer. It gives the whole stack, line by line, with the reason why each layer applies or
// does not, its legal status, its source and how sure that source is.
//
// # The data
//
// The folder us holds the schedule as data, in the manner of the law books: schedule.yaml (first day of the tables, last
// revision read, groups of origins, claims), codes.yaml (codes with the rates of column 1 and column 2), layers.yaml (what
// comes on top) and fees.yaml. Every row has a source and a sureness: Q quoted, D derived from a copy of the primary text, S
// secondary, M memory, C conflicting. Rates are percent of the customs value.
//
// A layer is a list of rules. A rule names days, codes, origins and claims; one that is left out fits everything. The first
// rule that fits decides, and the last rule of a layer fits everything, so that no case falls through. What a rule can say:
//
//	rate     so many percent, the whole of the layer from that day on and never a step upon an earlier rate
//	floor    column 1 is brought up to so many percent in all; nothing where column 1 asks as much
//	instead  so many percent in place of the base rate
//	exempt   the layer would reach these goods, and spares them
//	outside  the layer does not reach these goods
//	unknown  what would have to be known, and is not in hand
//
// # The answer
//
// The base rate is that of column 2 for countries without normal trade relations, else that of the special column where a
// program is claimed, else that of the general column. Then each layer in the order of layers.yaml. A floor is worked out on
// the column 1 duty actually paid, and counts no other layer. The rates are added; each amount is the value times the rate,
// rounded to the cent, halves up, line by line, and the total is the sum of the lines; the amount of a floor is what the
// base line lacks to the whole. That manner of rounding is an assumption: no source for it is in hand.
//
// A rate that the tables do not hold makes the whole question unanswered: the error is an Unknown that names every gap,
// never a zero. Days before the tables begin, unknown codes, codes without the statistical suffix that decides, and origins
// inside the customs territory are refused with the remedy. A day after the last revision read is answered with that
// warning. Fees are shown apart; antidumping and countervailing duties, chapter 98, drawback and quotas are not judged.
//
// Origin for duty is the country of the last substantial transformation, given by the asker. It is not provenance: a
// magnet of Japanese origin may hold neodymium separated in China, which rules judges and this package does not see.
//
// # Worked example
//
// 8505.11.0070, sintered neodymium-iron-boron magnets of China, entered 2026-02-23 and a day later:
//
//	base rate, column 1 general      2.1 %      2.1 %
//	section 301, four-year review   25   %     25   %   9903.91.06, since 2026-01-01
//	IEEPA, fentanyl                 10   %     (over)   9903.01.24, 10 percent since 2025-11-10, to 2026-02-23
//	IEEPA, reciprocal               exempt     (over)   on the list of note 2(v)(iii) since 2025-09-08
//	section 122                     (not yet)  exempt   on the list of note 2(aa)(ii)
//	total                           37.1 %     27.1 %
package tariff
