// Package paper lays out what package disclosure says: as PDF, HTML, Markdown or CSV, and the questionnaire and the
// request for a determination as Excel. It decides nothing: a Page goes in, bytes come out.
//
//	page := provenance.Page()
//	err := paper.Write(w, paper.PDF, &page)
//
// # Same page, same bytes
//
// No layout looks at a clock. The date that a PDF or a workbook carries as that of its making is the day asked about.
//
// # PDF
//
// A4, upright, or on its side where a table wants it. Text wraps, tables run over as many sheets as they need with their
// heads repeated, the foot of every sheet says that it is decision support and not legal advice, with the books' digests,
// the day, the log's position and the sheet's number. The letters are the Go fonts (golang.org/x/image/font/gofont, BSD
// licence), embedded: Latin, Greek and Cyrillic. A character that they lack is written as its number, as in [U+5317]: a
// name may look odd and is never silently cut. HTML, Markdown, CSV and JSON hold every character as it is.
//
// # HTML
//
// One file that needs nothing from elsewhere: the style is inside, sections and tables are marked up for a screen reader,
// trees are nested lists, and it prints. Every text is escaped.
package paper
