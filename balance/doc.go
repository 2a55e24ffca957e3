// Package balance asks what no certificate answers: are the elements conserved. It weighs what went into every step
// against what came out, follows every lot until it is used up, reconciles the figures of connected steps with one
// another, and bounds the share of each origin in a lot that was blended.
//
// # Accounts
//
// For a step, and for a site over a period, per element and for all mass where the phase keeps it:
//
//	gap = opening stock + in − out − left − declared loss
//
// The mass of an element is the exact sum of a lot's weighings times the lot's latest assay, rounded once to a milligram.
// Carbonate is compared with carbonate as elements only: hydration alone moves its mass by 31 %. The variance of the gap
// takes each weighing once and each assay once, with the net mass that it multiplies:
//
//	var(gap) = Σ over weighings (Σ sign·fraction)²·sd²  +  Σ over lots (net mass)²·sd(fraction)²  +  var(loss)
//
// so a lot that was made and drawn inside a site brings no uncertainty, and needs no assay. What states no uncertainty has
// that of its instrument: WeighingSD, AssaySD. (The flags of package genealogy take 1 % for such an assay: they are held
// against somebody, and are slower to speak.) Within Sigmas standard uncertainties the account is balanced, beyond them
// it is an excess or unaccounted for. Where a figure of it is missing it is unchecked: a lot without an assay may hold
// anything, unless its material's declared constituents leave the element out.
//
// Swarf is a product like any other. Work in progress is what was made and not yet drawn. A lot that was made once and
// drawn once with the same figure was weighed once, and its figure counts as one weighing.
//
// A making counts once, however many tell of it. Of accounts by different authors the fullest stands (the rule of package
// genealogy tells which are of one making), and one author who tells the same amounts of the same lots at the same instant
// twice tells of one making, whatever else differs; the statements left aside are named beside it, with what they say
// otherwise. Two statements of one author that differ in an amount, or in time, are two makings: lots are filled in parts.
// Where more was drawn of a lot than was made, such pairs are named, for one of them may be a repeat (Books.Alike).
//
// A shipment is an account too: what left (shipping, departing) against what came (receiving, arriving, accepting), by two
// scales. The two are measurements of the network below, and a lot that leaves whole is tied to what there was of it by
// the record, so that three or four weighings of one thing check one another.
//
// # Reconciliation
//
// Of measured x̃ with covariance V (diagonal), and balances A·x = 0, the adjusted figures of least weighted moves are
//
//	x̂ = x̃ − V·Aᵀ·(A·V·Aᵀ)⁻¹·A·x̃
//
// (Kuehn and Davidson, Computer control II, Chemical Engineering Progress 57(6), 1961). Here the variables are the
// weighings and the assays themselves, so one assay counts once however many weighings it multiplies, and one weighing
// once over all elements; balances are then sums of products, linearised at the figures reached until they hold to
// 1e-11 of their terms. Variables that were not measured are eliminated by a projection onto the balances free of them
// (Crowe, García Campos and Hrymak, AIChE Journal 29, 1983). Networks may be of any size: their matrices are nearly empty,
// and package sparse works with what is there.
//
// A measurement is a figure that somebody found, with an error of its own. The tests count on that, so two kinds of figures
// are none. A count is exact, and the mass of a piece is one figure for all pieces of its material: pieces made of counted
// pieces weigh what that figure says, a second time, and their balance would hold however wrong it was. Only pieces that
// come from weighed material have their mean piece mass measured, to WeighingSD, once a lot. And the typical composition of a
// material was not found in the lot: the lots of one material depart from it together, and its stated range is wide, so it
// is a first guess of an unmeasured variable here (in accounts it stands with its range). Counted as measurements, both
// gave degrees of freedom and hardly any squares: honest records then passed the global test far too often, and a
// contradiction had to be great to be seen. Degrees of freedom are the rank of the balances left (Crowe and others).
//
//	global test       γ = Σ((x̂ − x̃)/sd)² is chi-square with as many degrees as there are independent balances
//	measurement test  z = e'·V⁻¹(x̃ − x̂) over its standard deviation is standard normal (Mah and Tamhane, AIChE Journal 28, 1982)
//	a loss            the same for a term added to one balance: the likelihood ratio test (Narasimhan and Mah, AIChE Journal 33, 1987)
//	family            errors that can be told apart are tested together at α (Šidák, JASA 62, 1967), the level spent
//	                  where it finds the most: see Limits (Spjøtvoll 1972; Roeder and Wasserman 2009)
//	redundancy        1 − var(x̂)/var(x̃), between 0 and 1; the sum over all measurements is the degrees of freedom
//
// The global test and the measurement test each raise a false alarm in a share α of faultless records. Errors are taken
// out the strongest first, each time reconciling anew from the figures reached: those together that have nothing to do with
// one another, which is when all stronger ones can account for no more than a tenth of a statistic, as each moves it by its
// own times the cosine between the two; at most MostSuspects in a network. A measurement of redundancy 0 cannot be checked: no
// error of it, of any size, would show. Of redundancy r an error of b standard uncertainties moves z by b·√r. How often
// that is found, measured over simulated plant-months beside the prediction, stands in doc/conservation.md.
//
// Errors that move all balances alike cannot be told apart and are named together.
//
// Where no loss is declared none is assumed, with one exception that keeps what is plain from drowning the rest: a step
// that by itself misses more than 20 standard uncertainties of its gap has a loss, and its balance is left open for one.
// Likewise an unrecorded loss is preferred to a measurement that would have to be wrong by more than 20 of its own.
//
// A worked example, a splitter: 100 kg in, 60 and 38 kg out, each ± 1 kg. 2 kg are missing; V is one, so each figure
// moves by 2/3 kg: 99.33 = 60.67 + 38.67. γ = 4/3, far below 6.63, the 99 % quantile for one degree of freedom. Each
// redundancy is 1/3; the three errors, and a loss of 2 kg, cannot be told apart.
//
// # Origins
//
// A lot of M kg holding between a and b kg of an origin gives a draw of D kg between max(0, D − (M − a)) and min(D, b) kg
// of it: segregation at its worst. Perfect mixing gives the point between. See OriginsOf for makings, missing figures and
// loops. Of each lot the strictest model of ISO 22095:2020 that the record bears out is named beside those that events
// claim (supply.Custody). A claim of mass balance, or of book and claim, never shows where material is from: of a lot so
// claimed no origin is recorded.
package balance
