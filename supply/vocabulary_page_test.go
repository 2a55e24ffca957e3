package supply

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lodestone/element"
)

var update = flag.Bool("update", false, "write doc/vocabulary.md anew")

// The page doc/vocabulary.md is made of the code, so that it cannot say something else. After a change:
//
//	go test ./supply -run VocabularyPage -update
func TestVocabularyPage(t *testing.T) {
	path := filepath.Join("..", "doc", "vocabulary.md")
	want := vocabularyPage()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is stale: run go test ./supply -run VocabularyPage -update", path)
	}
}

// page gathers lines of Markdown.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// row is one row of a table; a bar inside a cell would end it.
func (p *page) row(cells ...string) {
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(c, "|", "\\|")
	}
	p.line("| %s |", strings.Join(cells, " | "))
}

func (p *page) table(head ...string) {
	p.line("")
	p.row(head...)
	p.line("|%s", strings.Repeat("---|", len(head)))
}

func vocabularyPage() string {
	p := &page{}
	p.line("# Vocabulary")
	p.line("")
	p.line("<!-- Made by go test ./supply -run VocabularyPage -update; do not edit. -->")
	p.line("")
	p.line("EPCIS 2.0 and the Core Business Vocabulary have no words for mining, separating, melting and the other steps of a")
	p.line("magnet's making, nor for an assay's basis or a lot's material. These are ours. They all begin with `urn:lodestone:`,")
	p.line("which is this project's own prefix and **is not registered with IANA**: outside of this program it means nothing until")
	p.line("two parties agree on this page. A term is never given another meaning; a new meaning gets a new term.")
	p.phases()
	p.stages()
	p.extensions()
	p.substances()
	p.masterData()
	p.sets()
	return p.String()
}

func (p *page) phases() {
	p.line("\n## Phases: an event's bizStep")
	p.line("\nA `bizStep` with one of these URIs says that the event's outputs (or its objects) went through the phase at its read")
	p.line("point or business location. Only *mined* and *recycled* can begin a lot's life; a lot made by any other step without")
	p.line("input lots has no known origin.")
	p.table("phase", "URI", "segment", "definition")
	for _, x := range Phases() {
		p.row(x.String(), "`"+x.URI()+"`", x.Segment().String(), x.Definition())
	}
	p.line("\nSegments: *upstream* from the ground to a mineral concentrate, *midstream* from there to metal, *downstream* from metal")
	p.line("to a magnetized magnet, *end use* what it is built into, *loop* back from scrap.")
}

func (p *page) stages() {
	p.line("\n## Stage codes of the atlas")
	p.line("\nThe tables of facilities and stages use these codes. A code stands for what such a plant typically does, and is no")
	p.line("evidence that a lot went through a phase.")
	p.table("code", "phases, first to last")
	for _, code := range StageCodes() {
		ps, _ := PhasesOfStage(code)
		var words []string
		for _, x := range ps {
			words = append(words, x.String())
		}
		p.row("`"+code+"`", strings.Join(words, ", "))
	}
	p.line("\nINSITU takes rare earths out of clay in the ground, so it mines and leaches in one. RECYCLE_SHORT is hydrogen")
	p.line("processing of magnet scrap; RECYCLE_LONG dissolves scrap or swarf and parts it into oxides again.")
}

func (p *page) extensions() {
	p.line("\n## Extensions of events")
	p.line("\nNames are written in full, or as a CURIE of a prefix in the event's `@context`, such as `{\"lode\": \"%s\"}`. What", VocPrefix)
	p.line("cannot be read counts as not stated.")
	p.table("name", "where", "value", "meaning")
	for _, x := range [][3]string{
		{TermMaterial, "event or its `ilmd`", "a material's URI; for several lots an object {lot: material}"},
		{TermElements, "event", "element symbols, a list or words"},
		{TermLoss, "event", "objects {value, uom, element, reason}, one or a list; element and reason may be left out"},
		{TermCustody, "event", "a model of ISO 22095: `identity preserved`, `segregated`, `controlled blending`, `mass balance` or `book and claim`"},
		{TermStart, "event", "RFC 3339 time"},
		{TermPrecision, "event", "`day`"},
		{TermInquiry, "event", "the id of a questionnaire"},
		{TermAsked, "event", "words, such as `mined Dy`"},
		{TermAnswer, "event", "words, such as `not known`"},
		{TermLot, "sensor element", "a lot's id"},
		{TermBasis, "sensor element", "`element`, `oxide` or `as_received`"},
	} {
		p.row("`"+Term(x[0])+"`", x[1], x[2], extensionMeaning[x[0]])
	}
	p.line("\nAn assay is a sensor element whose reports name an element or oxide as `chemicalSubstance`, with `value` (or")
	p.line("`meanValue`), `sDev` as the standard uncertainty, and `uom`: `P1` or `60` (percent), `GK` (g/kg), `59` (ppm), `C62`")
	p.line("(fraction of one) and the like; a report without `uom` is refused. Fractions are of the lot's mass as its quantity is")
	p.line("stated. An assay with any fault is left out whole; `capture` notes it with the reason, the import refuses it.")
	p.line("\n```json")
	p.line(`{"%s": "urn:example:lot:7", "%s": "oxide",`, Term(TermLot), Term(TermBasis))
	p.line(` "sensorReport": [`)
	p.line(`   {"type": "Dimensionless", "chemicalSubstance": "%s", "value": 74.8, "sDev": 0.2, "uom": "P1"},`, OxideURI(element.Nd))
	p.line(`   {"type": "Dimensionless", "chemicalSubstance": "%s", "value": 24.9, "sDev": 0.2, "uom": "P1"}]}`, OxideURI(element.Pr))
	p.line("```")
}

var extensionMeaning = map[string]string{
	TermMaterial:  "what the output lots are of; two materials for one lot cancel each other",
	TermElements:  "the elements that the step touches, where it is not the whole material: dysprosium alone when a magnet is diffused with it",
	TermLoss:      "mass that the step is declared to lose",
	TermCustody:   "the model of the chain of custody under which the event's word on its lots is claimed. Under mass balance or book and claim the claim is no word on the material itself: nothing is then known of where it is from",
	TermStart:     "when the run began whose end is the event's time",
	TermPrecision: "the event's time is known to the day only",
	TermInquiry:   "the inquiry that the event answers",
	TermAsked:     "what was asked of the lot",
	TermAnswer:    "the answer where it gives no place; the business step is then `" + AnsweredStep + "`, from which nothing follows",
	TermLot:       "the lot an assay is about; left out, it is the only lot the event makes. The event names the lot",
	TermBasis:     "what an assay's figures count: the element, its usual oxide, or the element in a sample that was not dried; left out, the substances' URIs say it",
}

func (p *page) substances() {
	p.line("\n## Elements and oxides")
	p.line("\n`%s` and a symbol counts the mass of the element, `%s` and a formula the mass of its usual oxide. Other oxides of", ElementPrefix, OxidePrefix)
	p.line("an element are refused, since their factor is another. The factor is the mass of the element in a unit mass of oxide.")
	p.table("element", "URI", "oxide URI", "factor")
	for i := 1; i < element.Count; i++ {
		e := element.Element(i)
		oxide, factor := "–", "–"
		if num, den, ok := e.OxideFactor(); ok {
			oxide, factor = "`"+OxideURI(e)+"`", fmt.Sprintf("%.6f", float64(num)/float64(den))
		}
		p.row(e.Name(), "`"+ElementURI(e)+"`", oxide, factor)
	}
	p.line("\nAtomic masses are IUPAC/CIAAW standard or abridged values as remembered, not looked up.")
}

func (p *page) masterData() {
	p.line("\n## Attributes of master data")
	p.line("\nMaster data in a document's header becomes statements: business locations, read points and locations become facilities,")
	p.line("parties become parties, and EPC classes with a kind become materials, or lots when they name their material. Sources and")
	p.line("destinations become what their GS1 key says they are. Anything else is left out with a note.")
	p.table("of", "attribute", "CBV attribute of the same meaning", "value")
	for _, x := range MasterDataTerms() {
		var also []string
		for _, a := range x.Also {
			also = append(also, "`urn:epcglobal:cbv:mda#"+a+"`")
		}
		p.row(x.Subject, "`"+VocPrefix+x.Name+"`", strings.Join(also, ", "), x.Gloss)
	}
}

func (p *page) sets() {
	p.line("\n## Kinds and forms of material")
	p.table("kind", "named by the law", "what it is")
	for _, k := range Kinds() {
		law := ""
		if k.Covered {
			law = "yes"
		}
		p.row(k.Name, law, k.Gloss)
	}
	p.line("\nForms: %s.", strings.Join(Forms(), ", "))
	p.line("\n## Grades of evidence")
	p.line("\nWeakest first: none (nobody stands behind it), statement (a party's own), certificate (signed), audited (a third party")
	p.line("looked), measured (an instrument says so).")
	p.line("\n## Identifiers")
	p.line("\nThings without an identifier of their own (GS1 key, web address, other URI) are named under this prefix:")
	p.table("prefix", "names")
	p.row("`"+FacilityPrefix+"`", "facilities of the atlas, such as `urn:lodestone:facility:US-BROOK`")
	p.row("`"+PartyPrefix+"`", "parties of the atlas")
	p.row("`urn:lodestone:agreement:`", "agreements of the atlas")
	p.row("`urn:lodestone:<noun>:<you>:<id>`", "what a producer's sheets name by plain words: lots, serials, containers, runs and the rest; see [import](import.md)")
}
