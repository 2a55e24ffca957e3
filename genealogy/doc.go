// Package genealogy is the record of which lot was made of which: the lots as a graph, and for each lot a profile, which
// is what the law asks of it. It takes the entries of the log in any order, with repeats, and everything it says is a
// function of the set of entries taken: not of their order, nor of their places in the log.
//
// # A worked example
//
// Ore is mined in the United States and leached; the carbonate is separated in Canada; the oxide is melted with iron and
// boron; nobody recorded where the boron is from:
//
//	add   o1  mined      US  1 t                  ore: La, Pr, Nd, Fe
//	o1 1 t              -> c1 100 kg  leached     US    carbonate: La, Pr, Nd
//	c1 100 kg           -> n1 30 kg + l1 40 kg  separated  CA    n1: Pr, Nd    l1: La
//	n1 30 kg + fe 65 kg + bo 1 kg -> a1 95 kg  melted  US    alloy: Pr, Nd, Fe, B
//
// The profile of a1 says, with fe mined in the United States:
//
//	mined      US  {Pr, Nd}        mined   US  {Fe}
//	leached    US  {Pr, Nd}        melted  US  {Pr, Nd, Fe, B}
//	separated  CA  {Pr, Nd}        hole    B   before anything, at bo
//
// # Events
//
// An event is what the entries of one identity state (and of one content: what the graph keeps of it enters its key, for
// two contents can be made to share an event hash). It has a set of authors and of eventIDs. Identifiers of GS1 are taken
// in their canonical form, so an EPC URN and a Digital Link name one lot.
//
//   - An error declaration is no event. It voids, for its author alone, the event it names: by its eventID (of several
//     contents under it the one it repeats, if any), else by its content. It may come first and waits. An event of which
//     no stating is left is gone; it is still shown, with its corrections. A declaration by a party that never stated the
//     event is a clash. Unattributed entries are one party.
//   - Two live events under one eventID are two contents: both are kept, both flagged, their steps are alternatives.
//   - A transformation makes its outputs of its inputs; all live transformations of one transformationID are one making,
//     whose inputs feed all outputs and each of whose events brings its step. A business step that is no phase still
//     makes: the inputs' history passes, and no step is added.
//   - An object event ADD begins a lot. Mined and recycled are origins; any other beginning of a lot that nothing makes
//     opens a hole. ADD and OBSERVE with a phase add that step to the lot, as do aggregations to their children;
//     assembled goes to the parent.
//   - An event's place is its readPoint if a facility statement knows it, else its bizLocation. Its country is what the
//     statements in force on the day of the event say of the facility, else of the site it stands in. None is unknown,
//     two are a clash. Where a statement says of that day that the facility was planned, the step says so.
//
// # Profiles
//
//	profile(lot) = own(lot) ∪ ⋃ over makings of restrict(⋃ profile(inputs), elements(lot))
//
// own(lot) is the steps of its makings and treatments, its holes and its flags. The elements of a lot are the declared
// constituents of what it is of and any assayed above 0.1 %; without either nothing is restricted. restrict keeps of a
// step the elements the lot has, and drops it when none is left; a step on the whole material narrows to those elements;
// a hole in every element becomes one in each. Across a recycled making, steps and holes are marked as of an earlier life.
//
// A hole opens at a lot: with no recorded making (before anything), with a beginning or a making without inputs that is
// no origin (before its phase), for an element that the lot has and no input can bring (before the phase; not for mined,
// where the ground is an input), in its elements when more mass came out than went in, in an element when more of it did.
//
// Of holes that differ only in where they open, of flags of one kind, and of disputes about one step, a profile names
// the first Examples by id, and says that there are more. The least of a union does not depend on how it was put
// together, so this too is the same in any order.
//
// # Amounts
//
// A mass stated without uncertainty has one of 0.1 % (Weighing), an assay 1 % (AssayWord). Figures contradict each other
// beyond three combined standard uncertainties, reckoned in whole numbers. In and out of a making are compared in all
// unless its phase lawfully adds mass that is no input (cracked, leached, precipitated, separated, refined, decrepitated,
// bonded, coated, assembled, recycled), and element by element where the latest assays, or constituents, give the
// element for every input. What a step declares to have lost counts with what came out, to five combined standard
// uncertainties (closedSigmas says why). What is not stated is never a flag. Pieces count as mass by their material's piece mass.
//
// A lot that came out of a campaign more than LongestRun before anything went in, or that was drawn from so long before it
// was made, is at an impossible time.
//
// Over-issue is more drawn from a lot than was made of it. A commissioning beside a transformation tells of the same
// birth and adds nothing. What is drawn through a container has no amount.
//
// # Claims
//
// Two live events are accounts of one making of a lot when they have the same phase and no author in common, and one of
// them has no inputs or they share one. Accounts that give different countries or facilities (neither within the other),
// masses or assays clash; those that differ in place have their steps in one dispute. Two makings by one author, or by
// two from different inputs, are two makings: all count. Of the accounts of one making the least counts as made and the
// greatest as drawn, an author's account being the sum of what that author states; so it is with two contents.
// Statements clash when they stand on one day and differ on a facility's country, or on a material's kind, form,
// constituents, piece mass or commercial availability, or on what a lot is of.
//
// # Cycles
//
// All lots of a strongly connected component share the union of what comes into it and what its lots bring, each
// restricted to its own elements. With an input from outside, and inside one site or one campaign, or with times that
// can be (nothing is drawn before it was made), it is a recycle loop: shown, not held against it. Else it is impossible.
// A lot that was filled again after drawing at least twice over is a standing tank.
//
// # Containers
//
// ADD puts into the parent, DELETE takes out (everything, when it names no child), OBSERVE tells that a child was in by
// then. At one instant what is taken out goes first. What is taken out by another scale than put in empties the container
// where the two agree within three combined standard uncertainties. The profile of a container at a moment is the union over
// what it holds then, down to the innermost, and its own if something made it; empty, it is a hole. Drawing from a container
// draws from what it held at the time of the event.
//
// # Structure and cost
//
// Lots, events, entries and names are numbered in order of arrival and lie as rows without pointers in flat arrays; a lot
// is 48 bytes beside its id, an event 180 beside its lists, which are stretches of further arrays. What grows by single
// things (the events of a lot, the entries of an event) is a chain of numbers through an array. Tables that find a number by
// a key (an id, a hash) are arrays of numbers too. The lots that a lot was made from, and those made from it, lie side by
// side besides (arrows.go), 4 bytes an arrow each way and 8 a lot; a making of many from many is one arrow for them all. Atoms (steps, holes, flags) and sets of them are interned, unions and
// restrictions remembered, so lots of one campaign share one profile and comparing two profiles is comparing two numbers.
//
// Invariants of a settled graph: every lot has a rank above that of each lot it is made from, cycles apart; the profile of a
// lot is the formula above; its arrows are those of the makings that stand, as a walk along the chains of its events finds
// them, and no more room is lost to arrows it once had than those that are and a number a lot; a number once given stays; what an array holds of an event or entry as stated never changes,
// only what is derived does. One lock spans all of it: writing for taking entries in and settling, reading for an answer.
// Apply does not wait for it (see inbox.go), and an answer is as of one position, which Position and Hold tell.
//
//	Apply            an append where somebody reads; else one extraction and hashing of what is kept; a few microseconds
//	first read       own facts of the lots the new entries touch (some 8 µs each), then profiles from there down in
//	after an Apply   order of rank, stopping where none changes; a late arrow moves the lots between its ends in the
//	                 order, and one that closes or opens a cycle ranks the whole graph anew (linear)
//	Profile          the size of the profile, and of what a container holds
//	Lineage          one visit of each lot and arrow, and two bits for each lot of the graph: about 2 ms for 100,000 ancestors
//	Trace            the same, and for each node and arrow its facts, in order: about 20 µs a lot
//	Lots, Dump       linear in the lots
//	Save, Load       linear in the bytes, which are some 500 an event: one reading or writing, and a checksum
//
// # Snapshots
//
// Save writes a graph as it is, Load reads it back; snapshot.go has the form. What was loaded cannot be told from what was
// saved by any answer, also after further entries.
package genealogy
