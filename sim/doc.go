// Package sim is a seeded small world of mines, plants, carriers, thieves and late and wrong clerks. It knows the truth,
// and tells what its clerks would hand in: so that tests can hold the record and the verdicts against what truly happened,
// and benchmarks and demonstrations have as many lots as they like.
//
// # The world
//
// Ore is mined, beneficiated, leached and precipitated to carbonate, separated and calcined to oxides (NdPr, Dy, Tb, Sm, and
// LaCe, which nobody wants), reduced to metal, melted with iron, boron and cobalt, decrepitated, milled, pressed, sintered,
// machined to magnets of PieceMass and swarf, perhaps diffused with terbium, coated, magnetized, and built into motors and
// missiles. Swarf and old magnets are recycled. Every making draws from one to four lots of each thing it needs; a lot
// that lies elsewhere is shipped first, weighed at both ends, every third time on a pallet. Things are made because they
// are needed: an order for magnets asks for coated ones, these for bare ones, and so on up to the mine. What there is too
// much of is sold out of the world, so the open stock is bounded, however many lots are made.
//
// Three programs buy and keep stocks apart: allied (nothing from a covered country), market (whatever is for sale) and
// circular (rare earths from swarf and scrap). Yields are drawn evenly between the bounds of the atlas's table of stages.
// Some places are real ones of the atlas: what happens there is invented, so no trouble is ever planted there. The
// compositions of ores are parameters of the worlds and no measured figures of any mine.
//
// # The truth
//
// Of every lot the world knows, to the milligram, how much of each of ten elements it holds from each origin, and what was
// done to each element where. Cells of mass are divided rounding down and subtracted, so nothing is made or lost: for each
// element In = Lost + Sold + Delivered + Held exactly (Tallies).
//
// # The instruments
//
// A stated mass has a relative standard uncertainty of 0.1 %, an assay one of 0.5 % for each element, stated as sDev. The
// deviates are normal, cut off at two: a worse reading is taken again. What clings to drums and floors, 0.2 to 0.4 % of a lot,
// is never drawn. So an honest record never contradicts itself beyond three combined standard uncertainties.
//
// # A worked example
//
// With DoubleIssue planted, in a world named w:
//
//	event  urn:lodestone:run:sim:w:70   NDPRO-61 120.4 kg -> NDPR-69 101.2 kg, reduced at nevada-metal    the lot is used up
//	event  urn:lodestone:run:sim:w:95   NDPRO-61  44.0 kg -> NDPR-94  36.8 kg                             other oxide by its id
//	       Planted: double issue of urn:lodestone:lot:sim:w:NDPRO-61
//	truth  NDPR-94: Nd from urn:lodestone:facility:sim:jiangxi-mine, mined there
//	record NDPRO-61: over-issue, drawn 164.4 kg, made 120.6 kg; what is drawn from it is UNDETERMINED
//
// # Chance
//
// One generator is given; seven are seeded from it, one for each purpose. So a world whose clerks are late or wrong is the
// same world: only the telling differs. All draws but the rates' are of whole numbers, and nothing depends on the order of
// a map: one seed is one world, byte for byte, on every machine. Another version of this package may make another world.
//
// Events are told in the order in which they are handed in. By its own clerk each is stated under a party's name
// (Occurrence.By); a document has one sender, and whoever captures it takes all for that sender's word: then the word of
// Inspector is one more making by the same party, and its step counts beside the wrong one.
package sim
