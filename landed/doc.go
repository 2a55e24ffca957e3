// Package landed works out what a kilogram of a product costs where it is wanted: material by recipe and price, conversion,
// freight, duty, fees and premium, step by step from a cost sheet; and where two routes cost the same.
//
// # The sheet
//
// A sheet is YAML or CSV (see Template and CSVTemplate, which explain each field). It lists items. An item is either bought,
// at a price, or made from other items, each with kg (into one kilogram before losses) or gives (what one kilogram of it
// gives before losses), with a yield and with costs for each kilogram of good output. Either may then cross a border (import:
// code, origin for duty, claims), be carried (freight) and bear a premium. The last item is the product, unless another is
// named, and every item must be used.
//
// A price names its form, grade, place, terms and date, never a number alone. A price in another currency or with tax is
// converted only with a rate that the sheet states. A figure that is an assumption has low, base and high, and stays named as
// an assumption in every output.
//
// # The arithmetic
//
// With d(i) the cost of a delivered kilogram of item i, y its yield, q(j) the kilograms of input j in one kilogram before losses:
//
//	v(i) = price, not below its floor                                     where it is bought
//	v(i) = Σ q(j)/y · d(j) + costs; a cost in percent is of what stands above it   where it is made
//	d(i) = v(i) + duty + fees + freight + premium
//
// Duty is percent of the customs value: the value the sheet states, else v(i), which leaves freight out as the United States
// do. That default is refused for a price whose terms hold freight or duty (CIF, DDP, …). The rates come from package tariff on
// the day of entry and for the origin the sheet names; what it does not hold is an error here too. A fee with limits for an
// entry as a whole is worked out for the mass of an entry, and a fee that the tables do not hold must be stated in the sheet.
//
// All of it is done in fractions of whole numbers, so nothing is rounded before it is shown. A bar of the waterfall is an amount
// of one item times the kilograms of that item in a kilogram of product, and the bars sum to the total exactly; shown
// amounts are cut to places by largest remainder, so that they sum as well. The amounts of an entry that customs rounds to the
// cent are not rounded here.
//
// # Break-even
//
// In one price, one duty or the inverse of one yield, a total is a line, broken where a floor or limit begins to bind.
// Breakeven finds those pieces for both routes, exactly, and where their totals cross in each.
//
// # Worked example
//
// Oxide at 100 USD/kg, of which one kilogram gives 0.8 kg of metal before losses, a yield of 0.5, 10 USD/kg of cost, and 5
// percent of duty on it: 1/0.8/0.5 = 2.5 kg of oxide make 250, with the cost 260, with the duty of 13 the total is 273 USD/kg. A
// rival at 300 is matched where 2.625·p + 10.5 = 300, at an oxide price of 772/7 = 110.2857 USD/kg.
package landed
