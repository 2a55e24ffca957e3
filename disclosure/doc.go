// Package disclosure is what the papers say that people send to one another about a magnet: the provenance disclosure of
// FY2023 NDAA section 857, the questionnaire to a supplier, the certificate of conformance, the request for a
// nonavailability determination, the notice of a non-compliance, and the explanation of a verdict. Each is a struct made
// from the record and from the answer of package rules, and each gives a Page; package paper lays it out and decides
// nothing.
//
// # Unknown
//
// A paper never leaves a blank where something is unknown. What is not known is a line of its own that says so, with the
// lot at which the record stops, whom to ask, and the inquiry that was made: to whom, when, with what answer.
//
// # The four phases of section 857
//
// The statute names where the materials in a magnet were mined, refined into oxides, and made into metals and alloys, and
// where the magnet was sintered or bonded and magnetized. In the words of the record:
//
//	mined                           mined
//	refined into oxides             separated, refined, calcined, cracked, leached or precipitated; one of the first three must be known
//	made into metals and alloys     reduced and melted; both must be known
//	sintered or bonded, magnetized  sintered or bonded, and magnetized; both must be known
//
// Of iron, boron and cobalt, which are seldom refined into oxides first, one of separated, refined and reduced tells where
// they were won, as package rules has it.
//
// So of a magnet whose neodymium was mined in the United States, separated in Canada and melted nobody says where:
//
//	mined                        Nd   US   Brook Mine     statement   entry 3f…
//	refined into oxides          Nd   CA   SRC            statement   entry 90…
//	made into metals and alloys  Nd   unknown: no record of reduced or melted; ask the alloy's maker; no inquiry on record
//
// # Standing
//
// Every paper says that it is decision support and not legal advice, and names the day asked about, the books with their
// digests, and the position and root of the log: the same four give the same paper, to the byte.
//
// The package is pure.
package disclosure
