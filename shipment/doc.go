// Package shipment judges many things at once: serials, lots and parts with their delivery dates, and a bill of materials
// that says what is in what.
//
// # A worked example
//
//	shipment   item,delivery,part            bill   parent,child,quantity,mass,kind,manufactured in,complete
//	           SN-1,2026-12-31,ACT-100              ,ACT-100,,2,,US,yes
//	           SN-2,2027-01-01,ACT-100              ACT-100,gearbox,1,,,US,yes
//	           MAGNET-7,2027-01-01,                 ACT-100,housing,1,,none,,
//	                                                gearbox,MAGNET-7,4,0.05,,,
//
// SN-1 is an ACT-100: its question is that of an end item made in the United States which holds, in a gearbox made there,
// the lot MAGNET-7 of the record, four pieces of 50 g in 2 kg, so a covered share of 0.1, and nothing else covered. SN-2 is
// asked the same on a day on which other words are in force. The answer to each row is that of rules.Judge to its Question.
//
// # What a row is
//
//   - A lot, serial or container of the record, by its whole id in any spelling or what follows its last colon or slash. An
//     end that several lots share is refused.
//   - A part of the bill, or any name with a part beside it. What the record holds of it and what the bill says of it both count.
//     One item that two rows call two parts, or one lot that the bill calls by two names, is refused.
//   - Anything else is in no record: it is judged as an item that holds something of which nothing is known, and so is a
//     part in a bill that no record holds and whose kind nobody states. Neither is ever left out.
//
// # Bills
//
// A bill is a graph of parts without circles. A part that is in two assemblies counts in each. Where the record knows where
// something was made, the record stands; a contract file that says otherwise than the bill is refused. All covered material
// is named only where every assembly, down to the lots, is said to be complete, or the contract file says so.
//
// The shares by weight are worked out only of a bill that is complete, with every mass, number and kind known: pieces times
// mass of what is covered, over the item's mass as stated or else the sum of its parts, rounded half to even at twelve
// places. Of a share in the contract file and one of the bill the greater is taken, for it exempts less.
//
// # How a million rows take seconds
//
// Rows whose questions are the same but for names are one class and get one answer, in which names are slots:
//
//	bare lots        genealogy.Class
//	items of a part  the part
//	other items      the question itself, written out without names and sources
//
// An answer holds from the last day on which a book, a determination or the evidence behind it changed to the next. What
// was in a container may differ from day to day, so such items are asked on each. A lot that a determination names by
// itself is judged by itself.
package shipment
