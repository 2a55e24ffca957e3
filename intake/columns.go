package intake

import "strings"

// Sheet describes one file of a folder.
type Sheet struct {
	File      string // "runs.csv"
	What      string // one or two sentences: what a row is
	Columns   []Column
	Fractions string // "" when the sheet has no columns such as "Nd %"; else what they say
}

// Column describes one column of a sheet. Names compare without case; an underscore is a space.
type Column struct {
	Name     string
	Also     []string // other names it may have
	Required bool
	Help     string // what a cell holds
	Example  string // a cell; "" leaves it empty in the template
}

const (
	asID    = "Your short id. Not changed once imported."
	uriHelp = "The URI the same thing is known by elsewhere, when it has one: a GS1 Digital Link, an EPC URN, a web address. Empty: made from your id."
)

func idColumn(name, help, example string) Column {
	return Column{Name: name, Also: []string{name + " id", "id"}, Required: true, Help: help, Example: example}
}

// dated are the columns of a row that becomes a statement.
func dated() []Column {
	return []Column{
		{Name: "valid from", Help: "First day it holds, YYYY-MM-DD. Empty: open."},
		{Name: "valid until", Help: "Last day it holds, YYYY-MM-DD. Empty: open."},
		{Name: "issued", Help: "When you say so: a date, or a time with offset. To correct a row that was imported, change it and give a later issued: the later statement replaces the earlier, where both have one."},
	}
}

// Sheets describes every file a folder may hold, in the order they are read. All are optional.
func Sheets() []Sheet {
	return []Sheet{
		{File: "parties.csv", What: "A company, agency or laboratory. You yourself are self; a row of that id says your name.", Columns: append([]Column{
			idColumn("party", asID, "sask-lab"),
			{Name: "uri", Help: uriHelp},
			{Name: "name", Help: "Its name. A row with id and uri alone only gives a short name to somebody described elsewhere.", Example: "Example Assay Laboratory"},
			{Name: "country", Help: "Where it is incorporated: ISO code or English name.", Example: "CA"},
		}, dated()...)},
		{File: "facilities.csv", What: "A place where something happens to material: a mine, a plant, a line. The law asks for its country. An id may stand in several rows whose valid days do not overlap.", Columns: append([]Column{
			idColumn("facility", asID, "pilot"),
			{Name: "uri", Help: uriHelp},
			{Name: "name", Help: "Its name. A row with id and uri alone (and a time zone, if any) only gives a short name to a place described elsewhere.", Example: "Pilot plant"},
			{Name: "country", Help: "ISO code or English name of the country it stands in.", Example: "US"},
			{Name: "region", Help: "State, province.", Example: "Wyoming"},
			{Name: "operator", Help: "Party that runs it: an id of parties.csv, a URI, or self for the author of the sheets.", Example: "self"},
			{Name: "lat", Also: []string{"latitude"}, Help: "Decimal degrees, north positive."},
			{Name: "lon", Also: []string{"longitude"}, Help: "Decimal degrees, east positive."},
			{Name: "within", Help: "The facility it stands in, when it is a line or a tank."},
			{Name: "planned", Help: "yes when it does not run yet."},
			{Name: "time zone", Also: []string{"timezone", "zone"}, Help: "Zone of times written without offset: an IANA name such as America/Denver, or an offset such as -07:00.", Example: "America/Denver"},
			{Name: "note", Help: "Free text."},
		}, dated()...)},
		{File: "materials.csv", What: "A kind of stuff or item that lots are of.", Fractions: "Typical composition, if you wish to give one.", Columns: append([]Column{
			idColumn("material", asID, "mrec"),
			{Name: "uri", Help: uriHelp},
			{Name: "name", Help: "Its name. A row with id and uri alone only gives a short name to a material described elsewhere.", Example: "Mixed rare earth carbonate"},
			{Name: "kind", Help: "One of the kinds in the list below.", Example: "mixed rare earth carbonate"},
			{Name: "form", Help: "One of the forms in the list below.", Example: ""},
			{Name: "constituents", Help: "Symbols of the elements it is made of, separated by ; or spaces. Leave none out: an element that is neither here nor assayed is taken not to be in it.", Example: "La; Ce; Pr; Nd; Sm; Gd; Tb; Dy; Y"},
			{Name: "piece mass", Also: []string{"piece mass kg"}, Help: "Kilograms a piece, for things you count."},
			{Name: "grade", Help: "Trade grade, such as N48SH."},
			{Name: "cots", Help: "yes or no: a commercially available off-the-shelf item. Empty: not said."},
		}, dated()...)},
		{File: "lots.csv", What: "A lot, a numbered item, or a container. Every lot the other sheets name stands here, your suppliers' too (with their URI), unless the other sheets name it by a URI whose form tells a lot from a single item.", Columns: append([]Column{
			idColumn("lot", "The lot or serial number on the label. Not changed once imported.", "C-2601"),
			{Name: "uri", Help: uriHelp},
			{Name: "material", Help: "An id of materials.csv, or a URI. Empty: not said here.", Example: "mrec"},
			{Name: "tracked as", Also: []string{"tracked"}, Help: "lot: an amount of stuff or many like pieces (the default). serial: one item with its own number. container: a drum, bag, pallet or box that holds others.", Example: "lot"},
			{Name: "note", Help: "Free text."},
		}, dated()...)},
		{File: "runs.csv", What: "A process run: something made from something, or something done to a lot. What went in stands in run_inputs.csv, what came out in run_outputs.csv. A lot that is input and output of a run and its only one is taken as worked on, not as made anew.", Columns: []Column{
			idColumn("run", "Your batch or run number. Not changed once imported.", "R-118"),
			{Name: "phase", Also: []string{"stage", "step"}, Required: true, Help: "What was done: one of the phases or stage codes in the list below. Two, separated by ;, when the lot between them has no number.", Example: "leached; precipitated"},
			{Name: "facility", Help: "Where: an id of facilities.csv, or a URI. Empty: not known, and so never clean.", Example: "pilot"},
			{Name: "start", Help: "When it began. A date alone is the first moment of that day.", Example: "2026-03-02 06:00"},
			{Name: "end", Required: true, Help: "When it ended. A date alone is the last second of that day.", Example: "2026-03-04 18:30"},
			{Name: "campaign", Help: "Runs that share vessels, so that any input may be in any output, share a campaign. Empty: the run stands for itself."},
			{Name: "elements", Help: "Symbols of the elements the step works on, when it is not the whole material (grain boundary diffusion of Dy)."},
			{Name: "certificates", Also: []string{"certificate"}, Help: "Documents that go with it: ids of documents.csv or URIs, separated by ;."},
		}},
		{File: "run_inputs.csv", What: "One lot that went into a run.", Columns: lineColumns("run", "A run of runs.csv.", "R-118", "urn:lodestone:lot:brook:ROM-2601", "620", "t")},
		{File: "run_outputs.csv", What: "One lot that came out of a run, by-products and scrap too.", Columns: lineColumns("run", "A run of runs.csv.", "R-118", "C-2601", "310.5", "kg")},
		{File: "assays.csv", What: "One analysis of one lot, as a laboratory reports it.", Fractions: "Mass fraction of the element or oxide, and beside it its standard uncertainty.", Columns: []Column{
			idColumn("assay", "The report's number, once a lot. Not changed once imported.", "LAB-771-C2601"),
			{Name: "lot", Required: true, Help: "A lot of lots.csv, or a URI.", Example: "C-2601"},
			{Name: "time", Also: []string{"date", "analysed"}, Required: true, Help: "When it was analysed. A date alone is the last second of that day.", Example: "2026-03-06T16:00-06:00"},
			{Name: "facility", Help: "Where it was analysed.", Example: ""},
			{Name: "basis", Help: "The fractions are of the lot's mass as its amount is stated, always. Write as received when the sample was not dried. Figures of a dried sample are refused: recalculate them first, dry figure times (1 - moisture).", Example: ""},
			{Name: "method", Help: "A URI for the method, if it has one."},
			{Name: "certificates", Also: []string{"certificate"}, Help: "Documents that go with it: ids of documents.csv or URIs, separated by ;."},
		}},
		{File: "shipments.csv", What: "One lot, numbered item or container in a shipment. A shipment of several has several rows; the later ones may leave empty what the first row says of the whole.", Columns: []Column{
			idColumn("shipment", "Your delivery note number. Not changed once imported.", "DN-0042"),
			{Name: "lot", Required: true, Help: "A lot of lots.csv, or a URI.", Example: "C-2601"},
			{Name: "amount", Help: "How much was sent. Empty for a serial or a container, or when not weighed.", Example: "310.5"},
			{Name: "unit", Help: "Unit of the amounts.", Example: "kg"},
			{Name: "received amount", Help: "How much was weighed on arrival. Empty: not weighed."},
			{Name: "from", Help: "Facility it left.", Example: "pilot"},
			{Name: "to", Help: "Facility it goes to.", Example: "urn:lodestone:facility:CA-SRC-SXU"},
			{Name: "from party", Help: "Party that owned it before: an id of parties.csv, a URI, or self."},
			{Name: "to party", Help: "Party that owns it after."},
			{Name: "shipped", Help: "When it left. A date alone is the last second of that day.", Example: "2026-03-09 10:15"},
			{Name: "received", Help: "When it arrived. A date alone is the last second of that day."},
			{Name: "waybill", Also: []string{"bill of lading"}, Help: "Number or URI of the bill of lading."},
		}},
		{File: "contents.csv", What: "One thing put into, or taken out of, a container or an assembly.", Columns: []Column{
			{Name: "packing", Also: []string{"packing id", "id"}, Required: true, Help: "Packing list or work order number; rows that share it are one act. Not changed once imported.", Example: "P-9"},
			{Name: "container", Also: []string{"assembly", "into"}, Required: true, Help: "The drum, pallet or assembly: a serial or container of lots.csv, or a URI.", Example: "urn:lodestone:container:pilot:DRUM-7"},
			{Name: "lot", Also: []string{"item", "content"}, Help: "What goes in or out. Empty only with unpacked or removed: everything.", Example: "C-2601"},
			{Name: "amount", Help: "How much of a lot. Empty for a serial or a container.", Example: "155.2"},
			{Name: "unit", Help: "Unit of the amount.", Example: "kg"},
			{Name: "act", Also: []string{"action"}, Required: true, Help: "packed or unpacked (a container, for a time); installed or removed (a part of an assembly).", Example: "packed"},
			{Name: "facility", Help: "Where.", Example: "pilot"},
			{Name: "time", Also: []string{"date"}, Required: true, Help: "When. A date alone is the last second of that day.", Example: "2026-03-05"},
		}},
		{File: "documents.csv", What: "A paper that speaks for lots or records: a certificate, a report. It is known by its digest; the paper itself stays with you.", Columns: append([]Column{
			idColumn("document", asID, "cert-7"),
			{Name: "file", Help: "Path of the file inside the folder; its digest is computed.", Example: ""},
			{Name: "digest", Also: []string{"sha256", "sha-256"}, Help: "SHA-256 of the file, 64 hexadecimal digits; needed when there is no file.", Example: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
			{Name: "uri", Help: "The URI by which others name it, if any."},
			{Name: "name", Help: "Its title.", Example: "Certificate of analysis 7"},
			{Name: "signer", Help: "Party that signed: an id of parties.csv, a URI, or self.", Example: "sask-lab"},
			{Name: "dated", Help: "Date on the paper, YYYY-MM-DD.", Example: "2026-03-07"},
			{Name: "grade", Required: true, Help: "What stands behind it: statement, certificate, audited or measured.", Example: "certificate"},
			{Name: "lots", Also: []string{"about lots"}, Help: "Lots it speaks for, separated by ;.", Example: "C-2601"},
			{Name: "runs", Also: []string{"about runs"}, Help: "Runs it speaks for, separated by ;."},
			{Name: "shipments", Also: []string{"about shipments"}, Help: "Shipments it speaks for, separated by ;."},
			{Name: "assays", Also: []string{"about assays"}, Help: "Assays it speaks for, separated by ;."},
		}, dated()...)},
		{File: "corrections.csv", What: "A record that was imported and is wrong. The record's rows stay in their sheets as they were; the right record is added there under a new id and named here.", Columns: []Column{
			{Name: "record", Also: []string{"sheet", "kind"}, Required: true, Help: "What kind of record: run, shipment, packing or assay.", Example: "packing"},
			{Name: "id", Required: true, Help: "Its id.", Example: "P-9"},
			{Name: "declared", Required: true, Help: "When you found it wrong: a time with offset.", Example: "2026-03-11T09:00-06:00"},
			{Name: "reason", Required: true, Help: "incorrect data: it happened otherwise. did not occur: it did not happen.", Example: "did not occur"},
			{Name: "replaced by", Help: "Ids of the right records of the same kind, separated by ;."},
		}},
	}
}

func lineColumns(key, help, id, lot, amount, unit string) []Column {
	return []Column{
		{Name: key, Also: []string{key + " id"}, Required: true, Help: help, Example: id},
		{Name: "lot", Also: []string{"lot id"}, Required: true, Help: "A lot of lots.csv, or a URI.", Example: lot},
		{Name: "amount", Also: []string{"quantity"}, Help: "How much, with a point as decimal mark. Empty: not known, or a serial.", Example: amount},
		{Name: "unit", Help: "Unit of the amount: kg, t, g, short ton, lb, pcs or a UN/ECE Rec 20 code.", Example: unit},
	}
}

// find is the name of the column that text heads, "" when none.
func (s *Sheet) find(text string) string {
	text = heading(text)
	for i := range s.Columns {
		if s.Columns[i].Name == text {
			return text
		}
	}
	for i := range s.Columns {
		for _, also := range s.Columns[i].Also {
			if also == text {
				return s.Columns[i].Name
			}
		}
	}
	return ""
}

func (s *Sheet) names() []string {
	names := make([]string, len(s.Columns))
	for i := range s.Columns {
		names[i] = s.Columns[i].Name
	}
	return names
}

// heading is a column's name without case, outer spaces, underscores and doubled spaces.
func heading(text string) string {
	return strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(text, "_", " "))), " ")
}
