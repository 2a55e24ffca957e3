// Package whatif puts a question with something assumed, and finds what would settle a question that is open.
//
// # Assumptions
//
// An assumption is text; Grammar says how it is written. Parse reads it, Apply gives the question in which it is so:
//
//	separated Nd, Pr of MAGNET-7 = CA
//
// Steps of that phase on neodymium or praseodymium in the history of MAGNET-7 are in Canada; a step on more elements is
// divided, and where the history has no such step, it has one now and the gap it lies in is closed for these elements. A
// step on the whole material is left as it is by an assumption about elements: what else it did would change with it. What
// is assumed of a step has the least evidence that counts. What was known otherwise is passed over and said so
// (Applied.Instead). The question's Assumed names each assumption, and the step names it as its source, so an answer says
// everywhere what it rests on.
//
// # What would settle it
//
// Find gives the sets of facts of which each suffices for a clean answer, whatever else stays unknown, and none has a fact
// too many. For a magnet of which nobody says where its dysprosium was mined or separated, and whose end item may be a
// commercial one with an unknown share of magnets:
//
//  1. EXEMPT      end_item.cots true, end_item.covered_material_share below the limit
//  2. COMPLIANT   steps[mined Dy].country and steps[separated Dy].country, any country that is not covered
//
// Readings of open doubts are among the facts, for some questions nothing else settles. The search is bounded (Budget), and
// says when it stopped before its end.
package whatif
