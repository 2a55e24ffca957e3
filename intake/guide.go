package intake

import (
	"bytes"
	"fmt"
	"strings"

	"lodestone/supply"
)

// Guide is the page for producers, in Markdown, made from the table of columns: doc/import.md and the README.md beside
// the empty sheets.
func Guide() []byte {
	var b bytes.Buffer
	b.WriteString(guideHead)
	b.WriteString("\n## The sheets\n\nA column in bold is needed; the others may be left out or empty.\n")
	for _, s := range Sheets() {
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n| column | what a cell holds | example |\n|---|---|---|\n", s.File, s.What)
		for _, c := range s.Columns {
			name := c.Name
			if c.Required {
				name = "**" + name + "**"
			}
			if len(c.Also) > 0 {
				name += " (or: " + strings.Join(c.Also, ", ") + ")"
			}
			example := ""
			if c.Example != "" {
				example = "`" + cell(c.Example) + "`"
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", name, cell(c.Help), example)
		}
		if s.Fractions != "" {
			fmt.Fprintf(&b, "\nBesides, a column a figure: `Nd %%`, `Nd sd %%`, `Dy ppm`, `Dy sd ppm`, `Th g/kg`, `Nd2O3 %%`, `Nd2O3 sd %%` and so on, for any element of the list below or its usual oxide. %s\n", s.Fractions)
		}
	}
	b.WriteString("\n## Words\n\n**Units.** kg, g, mg, t (1000 kg), kt, lb, oz, short ton (2000 lb), long ton (2240 lb), pcs, and every UN/ECE Recommendation 20 code of mass or pieces (KGM, TNE, STN). A bare ton is refused.\n")
	b.WriteString("\n**Phases**, in chain order: " + strings.Join(phaseWords(), ", ") + ". Stage codes: " + stageWords() + ".\n")
	b.WriteString("\n**Kinds of material.** " + strings.Join(kinds(), "; ") + ".\n")
	b.WriteString("\n**Forms.** " + strings.Join(forms(), "; ") + ".\n")
	b.WriteString("\n**Elements.** " + elementWords() + ".\n")
	b.WriteString("\n## What is refused\n\nAll faults of a folder are named at once, with file, row and column; nothing is imported while one stands.\n\n| rule | what it asks |\n|---|---|\n")
	for _, rule := range Rules() {
		fmt.Fprintf(&b, "| %s | %s |\n", rule.Name, cell(rule.Sentence))
	}
	b.WriteString(guideTail)
	return b.Bytes()
}

const guideHead = `# Import from spreadsheets

Keep your lots in the spreadsheet you have, save each sheet as CSV, and run

    lodestone import csv --as urn:lodestone:party:acme DIR

where --as names the party whose records these are: you, the author. The empty sheets with their notes are written by ` + "`lodestone import csv --template DIR`" + `. Every sheet is optional; what one sheet
names must stand in another, or be a URI.

- **Importing twice adds nothing.** The same sheets give the same records, to the byte. Add rows as you go and import
  the whole folder again.
- **An imported record is not edited.** A run, assay, shipment or packing has an event id made from its own id. If you
  change the row after it was imported, there are two contents under one id: both are kept, both are shown, and the lots
  that hang on them stay undetermined. To correct, leave the rows as they were, add the right record under a new id, and
  name both in corrections.csv. What your sheets describe (parties, facilities, materials, lots, documents) is corrected
  by changing the row and giving a later date in the column issued.
- **Nothing is guessed.** An empty cell is unknown, and unknown is never clean: a run without a facility, or a lot without
  a run, is recorded as just that.

## How cells are written

- Separators comma, semicolon or tab; UTF-8, with or without byte order mark. Blank rows and columns are passed over, and
  rows that begin with #. A column of your own has its name in brackets, as in (my note); other unknown columns are refused,
  for a misspelt one is lost data.
- Numbers have a point as decimal mark: 310.5. A comma is refused.
- Dates are YYYY-MM-DD. Times are YYYY-MM-DD HH:MM with an offset (2026-03-04 18:30-07:00), or without one where the
  facility has a time zone. A date alone also stands for a time, where the facility has a time zone: the first moment of
  the day for a start, the last second of it for all else; the event then says that it is known to the day.
- Several things in one cell are separated by ;.

## Ids

A plain id becomes a URI by one rule, so that your lot 17 is never another's: ` + "`urn:lodestone:<noun>:<you>:<id>`" + `, where
noun is party, facility, material, lot, serial, container, run, assay, shipment, packing, campaign, transformation or
waybill; you is the end of your party id (acme for urn:lodestone:party:acme; another URI whole); and in both parts
every byte but letters, digits and . _ ~ - is written %XX. Capitals count. A cell that begins with urn:, https://, http://,
did:, ni:, tag: or sha256: is a URI and stays as it is: GS1 Digital Links and EPC URNs, and the ids of your suppliers and
customers. To join your chain to theirs, use the lot URI they use.
`

const guideTail = `
## What becomes of a row

| row | record |
|---|---|
| party, facility, material, lot, document | a statement, by you |
| run without inputs | ObjectEvent ADD: the lots begin. Only mined and recycled begin a history; any other phase leaves what came before unknown |
| run with inputs and outputs | TransformationEvent; a campaign is its transformationID, and then any input may be in any output |
| run of two phases | two TransformationEvents with one transformationID: the first has the inputs, the second the outputs |
| run whose outputs are its inputs | ObjectEvent OBSERVE: worked on, with the same number |
| assay | ObjectEvent OBSERVE with a sensor element |
| shipment | ObjectEvent OBSERVE, shipping and receiving, with sources and destinations |
| packed, unpacked | AggregationEvent ADD, DELETE |
| installed, removed | AssociationEvent ADD, DELETE |
| correction | each event of the record again, with an error declaration |

The bizStep of a run is its phase, ` + "`" + supply.PhasePrefix + "`" + ` and the word. On events, ` + "`urn:lodestone:voc:start`" + ` is when a run
began, ` + "`urn:lodestone:voc:precision`" + ` is day when the time is known to the day only, ` + "`urn:lodestone:voc:elements`" + ` the elements a
step works on.
`
