// Package rules is the clause engine: it puts a delivery question to books of law and answers with a verdict, the
// paragraphs that decide, what is missing and from whom, and every doubt of the text on which the verdict hangs.
//
// A question is Facts: what is known of a contract, an end item, its materials and the steps of their making. It comes
// from a fact file (ParseFacts) or from the record (FromRecord). A Book is data (LoadBook): the law's words in their own
// order, under each the rules that follow from it, values by date with source and sureness, doubts with the closed set of
// their readings. A rule's condition is CEL over the Variables; it says one of
//
//	out_of_scope, exempt   the book does not reach the purchase; a named exception lifts it
//	prohibits              the end item itself
//	counts                 the place of a step is judged: bad in a covered country, or outside a list of allowed ones
//	needs                  a phase must be known before a material with an incomplete history is COMPLIANT
//
// That is a prohibition. Books of the other kinds (licence, duty, credit, disclosure) say whether something is required
// or eligible: a rule requires or qualifies, lifts or disqualifies, of the whole question, a material or a step, and
// discloses what must be told (find.go). Words may wait on another act or be suspended, with an end that is a doubt
// (status.go). doc/books.md is the format, with examples; testdata/books has a small book of each kind with its cases.
//
// Unknown facts and open readings are CEL's unknowns. A book is heard once; what stays unknown is then taken for the
// worst and for the best. If both ends agree, so do all completions between them, else the verdict is UNDETERMINED
// (decision record 3; TestCompletions holds it against every completion of small questions). A clause's book hears the
// statute beside it; where one bars delivery and the other does not, at either end, that is CONFLICT.
//
// A worked example, a rule of 252.225-7052(b)(3) and a question:
//
//	counts, NdFeB magnet, phases mined to reduced, when: step.literal ||
//	    (reading.traced_elements == "all_rare_earths" && step.rare_earth)
//	separated, [Dy], CN, delivered 2027-01-01
//
// Dysprosium is a rare earth and no element the words name, so the condition is unknown while traced_elements is not
// answered. At the worst the step counts and its place is covered: NONCOMPLIANT. At the best it does not: COMPLIANT. The
// verdict is UNDETERMINED, and the doubt T7 is shown with what each reading would give.
//
// The package is pure: the same record position, book digest, engine format, day and question give the same answer.
// Shares and money are exact decimals, in CEL whole numbers; no float stands on a verdict's path.
package rules
