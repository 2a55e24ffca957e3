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
// Some places are real ones of the atlas: what happens there is invented, so no clerk there ever does wrong (though one
// may draw, in good faith, on what others issued twice). The compositions of ores are parameters of the worlds and no
// measured figures of any mine.
//
// # The truth
//
// Of every lot the world knows, to the milligram, how much of each of ten elements it holds from each origin, and what was
// done to each element where. Cells of mass are divided rounding down and subtracted, so nothing is made or lost: for each
// element In = Lost + Sold + Delivered + Held exactly (Tallies).
//
// # The instruments
//
// A stated mass has a relative standard uncertainty of 0.1 %, an assay one of 0.5 % for each element, stated as sDev. What is
// purer than nine tenths is analysed for the rest, 0.5 % of that, and given by difference. A lot that travels is weighed at
// both ends. Pieces are counted; the pieces of a batch differ in the mean by 0.1 % from the piece mass of their material. With
// Config.Losses the clerk of a making declares what it lost of each element, weighed and analysed. The deviates are normal,
// so an honest record contradicts itself as often as chance has it: 27 of 10,000 shipments by more than three combined
// standard uncertainties, and all its figures together beyond the 99 % quantile in one record of a hundred. What clings to
// drums and floors, 0.2 to 0.4 % of a lot, is never drawn.
//
// # A worked example
//
// A world of the name w whose ids are sometimes issued again (Example makes it). The clerks of a magnet plant hand in
//
//	run 281   … -> CPN-280 20.3116 kg                                   decrepitated
//	run 283   CPN-280 20.2097 kg -> …                                   milled; the lot is used up
//	run 285   CPN-274 10.0594 kg + CPN-272 6.07985 kg + CPN-280 8.51657 kg -> FPN-284 24.2446 kg     milled
//
// where the third draws other powder by the id of the first. The world says so with run 285 (Occurrence.Planted), and that
// FPN-284 truly was 24.230394 kg, with 2.017994 kg of neodymium from a mine in Jiangxi beside 3.831566 kg of allied. The
// record shows it as an over-issue of CPN-280, drawn 28.72627 kg, made 20.3116 kg: what hangs on it is UNDETERMINED.
//
// # Chance
//
// One generator is given; nine are seeded from it, one for each purpose. So a world whose clerks are late or wrong is the
// same world: only the telling differs. All draws but the rates' are of whole numbers, and nothing depends on the order of
// a map: one seed is one world, byte for byte, on every machine. Another version of this package may make another world.
//
// Events are told in the order in which they are handed in. By its own clerk each is stated under a party's name
// (Occurrence.By); a document has one sender, and whoever captures it takes all for that sender's word: then the word of
// Inspector is one more making by the same party, and its step counts beside the wrong one.
package sim
