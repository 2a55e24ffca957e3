package intake_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	randv2 "math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lodestone/disclosure"
	"lodestone/epcis"
	"lodestone/genealogy"
	"lodestone/intake"
	"lodestone/law"
	"lodestone/ledger"
	"lodestone/paper"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/rules"
	"lodestone/store/mem"
	"lodestone/supply"
)

// asking is a record whose lot M is asked about until it can be judged.
type asking struct {
	t       *testing.T
	lib     rules.Library
	ledger  *ledger.Ledger
	graph   *genealogy.Graph
	entries map[record.ID]record.Entry
}

const (
	clause = "us/dfars-252.225-7052"
	maker  = supply.PartyID("urn:lodestone:party:maker")
	lotM   = supply.LotID("urn:lodestone:lot:buyer:M")
)

// askingOf is the record of some lines, all stated by the buyer, each on a later day:
//
//	lot AL = alloy: Nd Fe B          what a lot is of
//	melted US: a b -> AL             a step; without lots before the arrow the lot begins with it; US#7 is of campaign 7, and
//	                                 of the facility "somewhere" nobody says where it is
func askingOf(t *testing.T, lines string) *asking {
	t.Helper()
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	l, err := ledger.Open(context.Background(), mem.Open(), ledger.Options{Clock: func() time.Time { return now }, Rand: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	a := &asking{t: t, lib: lib, ledger: l}
	var events []*epcis.Event
	var claims []supply.Statement
	for i, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		head, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		w := strings.Fields(head)
		if w[0] == "lot" {
			kind := strings.TrimSpace(strings.SplitN(head, "=", 2)[1])
			mat := supply.MaterialID("urn:lodestone:material:buyer:" + w[1])
			claims = append(claims, supply.Statement{Material: &supply.Material{ID: mat, Name: w[1], Kind: kind, Form: "finished", Constituents: strings.Fields(rest)}},
				supply.Statement{Lot: &supply.Lot{ID: supply.LotID("urn:lodestone:lot:buyer:" + w[1]), Material: mat}})
			continue
		}
		place, campaign, _ := strings.Cut(w[1], "#")
		facility := "urn:lodestone:facility:buyer:" + place
		site := &supply.Facility{ID: supply.FacilityID(facility), Name: place, Country: supply.Country(place)}
		if place == "somewhere" {
			site.Country = ""
		}
		claims = append(claims, supply.Statement{Facility: site})
		from, to, _ := strings.Cut(rest, "->")
		list := func(names string) string {
			var out []string
			for _, n := range strings.Fields(names) {
				out = append(out, fmt.Sprintf(`{"epcClass":"urn:lodestone:lot:buyer:%s"}`, n))
			}
			return "[" + strings.Join(out, ",") + "]"
		}
		kind := fmt.Sprintf(`"type":"TransformationEvent","inputQuantityList":%s,"outputQuantityList":%s`, list(from), list(to))
		if campaign != "" {
			kind += fmt.Sprintf(`,"transformationID":"urn:c:%s"`, campaign)
		}
		if strings.TrimSpace(from) == "" {
			kind = fmt.Sprintf(`"type":"ObjectEvent","action":"ADD","quantityList":%s`, list(to))
		}
		text := fmt.Sprintf(`{"@context":"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld","eventID":"urn:e:%d","eventTime":"2026-03-%02dT12:00:00Z","eventTimeZoneOffset":"+00:00","bizStep":"%s%s","readPoint":{"id":"%s"},%s}`,
			i, i+1, supply.PhasePrefix, w[0], facility, kind)
		ev, faults := epcis.DecodeEvent([]byte(text), nil)
		if len(faults) > 0 {
			t.Fatalf("%s: %v", line, faults)
		}
		events = append(events, ev)
	}
	a.capture(events, claims, "urn:lodestone:party:buyer")
	return a
}

func (a *asking) capture(events []*epcis.Event, claims []supply.Statement, by supply.PartyID) ledger.CaptureResult {
	a.t.Helper()
	done, err := a.ledger.CaptureEvents(context.Background(), events, claims, ledger.CaptureOptions{Author: by})
	if err != nil {
		a.t.Fatal(err)
	}
	a.graph, a.entries = genealogy.New(), map[record.ID]record.Entry{}
	for e, err := range a.ledger.Entries(context.Background(), 1) {
		if err != nil {
			a.t.Fatal(err)
		}
		a.entries[e.ID] = e
		if err := a.graph.Apply(e); err != nil {
			a.t.Fatal(err)
		}
	}
	return done
}

func (a *asking) judge() (*rules.Answer, *rules.Facts) {
	a.t.Helper()
	f, err := rules.FromRecord(a.graph, lotM, nil, quantity.MustDate("2027-01-01"))
	if err != nil {
		a.t.Fatal(err)
	}
	f.Books = []string{clause}
	f.Answers = map[string]string{"traced_elements": "all_rare_earths"}
	answer, err := a.lib.Judge(f)
	if err != nil {
		a.t.Fatal(err)
	}
	return answer, f
}

// questionnaire is the one workbook that M's verdict asks for.
func (a *asking) questionnaire() ([]byte, *disclosure.Questionnaire) {
	a.t.Helper()
	answer, f := a.judge()
	find := func(id record.ID) (record.Entry, bool) { e, ok := a.entries[id]; return e, ok }
	qs, elsewhere := disclosure.Questionnaires(answer, f, &disclosure.Record{Graph: a.graph, Entries: find, Lot: lotM}, "", disclosure.Stand(f.Delivery, "", a.graph.Position(), ""))
	if len(qs) != 1 || len(elsewhere) > 0 {
		a.t.Fatalf("%s: %d questionnaires and %v: %s", answer.Verdict, len(qs), elsewhere, answer.Books[0].Because)
	}
	var b bytes.Buffer
	if err := paper.Questionnaire(&b, &qs[0]); err != nil {
		a.t.Fatal(err)
	}
	return b.Bytes(), &qs[0]
}

// fill writes a country beside each question for which there is one, and reads the copy as the maker's answers.
func (a *asking) fill(book []byte, countries []string) *intake.Import {
	a.t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		a.t.Fatal(err)
	}
	for i, c := range countries {
		if c != "" {
			if err := f.SetCellStr(disclosure.SheetAsks, fmt.Sprintf("H%d", disclosure.HeadRow+1+i), c); err != nil {
				a.t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		a.t.Fatal(err)
	}
	im, _, faults := intake.ReadQuestionnaire("q.xlsx", b.Bytes(), maker)
	if len(faults) > 0 {
		a.t.Fatal(faults)
	}
	return im
}

// unrecorded are records in which the way to M, or to part of it, is not known.
var unrecorded = map[string]string{
	"a magnet of which nothing is known": `
		lot M = NdFeB magnet: Nd Fe B
		assembled US: M -> MOTOR`,
	"a magnet that begins with being coated": `
		lot M = NdFeB magnet: Nd Fe B
		coated US: -> M`,
	"an alloy from nowhere": `
		lot M = NdFeB magnet: Nd Fe B
		lot AL = alloy: Nd Fe B
		milled US: AL -> P
		sintered US: P -> S
		magnetized US: S -> M`,
	"a plant that nobody says where it stands": `
		lot M = NdFeB magnet: Nd Fe B
		mined US: -> O
		separated somewhere: O -> OX
		melted US: OX -> AL
		milled US: AL -> P1
		sintered US: P1 -> S
		magnetized US: S -> M`,
	"a ferroboron from nowhere, and no word of milling and magnetizing": `
		lot M = NdFeB magnet: Nd Fe B
		lot O = ore: Nd
		lot OX = oxide: Nd
		lot FB = alloy: Fe B
		lot AL = alloy: Nd Fe B
		mined US: -> O
		separated CA: O -> OX
		melted US: OX FB -> AL
		sintered US: AL -> S
		machined US: S -> M`,
	"a campaign that lacks its boron": `
		lot M = NdFeB magnet: Nd Fe B
		lot O = ore: Nd Fe
		lot OX = oxide: Nd Fe
		lot AL = alloy: Nd Fe B
		mined US: -> O
		separated CA: O -> OX
		melted US#7: OX -> AL
		milled US: AL -> P1
		sintered US: P1 -> S
		magnetized US: S -> M`,
	"a known alloy and a powder from nowhere": `
		lot M = NdFeB magnet: Nd Fe B
		lot O = ore: Nd Fe B
		lot OX = oxide: Nd Fe B
		lot AL = alloy: Nd Fe B
		lot P2 = powder: Nd Fe B
		mined US: -> O
		separated CA: O -> OX
		melted US: OX -> AL
		milled US: AL -> P1
		sintered US: P1 P2 -> S
		magnetized US: S -> M`,
}

// However little or much is answered: all of it clean is COMPLIANT, one covered country is NONCOMPLIANT, and while anything
// that was asked is not answered, nothing is clean. Answers that come one after another come to the same as all at once.
func TestAnswersSettle(t *testing.T) {
	for name, lines := range unrecorded {
		t.Run(name, func(t *testing.T) {
			first := askingOf(t, lines)
			if a, _ := first.judge(); a.Verdict != rules.Undetermined {
				t.Fatalf("it is %s to begin with", a.Verdict)
			}
			_, q := first.questionnaire()
			n := len(q.Asks)
			r := randv2.New(randv2.NewPCG(1, uint64(n)))
			for trial := range 3*n + 4 {
				countries := make([]string, n)
				for i := range countries {
					countries[i] = "Canada (CA)"
				}
				want := rules.Compliant
				switch {
				case trial < n: // all but one
					countries[trial], want = "", rules.Undetermined
				case trial < 2*n: // one alone, in a covered country
					countries, want = make([]string, n), rules.Noncompliant
					countries[trial-n] = "China (CN)"
				case trial < 3*n: // one in a covered country among clean ones
					countries[trial-2*n], want = "China (CN)", rules.Noncompliant
				case trial > 3*n:
					for i := range countries {
						if r.IntN(2) == 0 {
							countries[i], want = "", rules.Undetermined
						}
					}
				}
				a := askingOf(t, lines)
				book, _ := a.questionnaire()
				im := a.fill(book, countries)
				a.capture(im.Events, im.Statements, maker)
				got, _ := a.judge()
				if got.Verdict != want {
					t.Errorf("answered %q: %s, want %s: %s", countries, got.Verdict, want, got.Books[0].Because)
				}
				if want == rules.Compliant && got.Books[0].WeakestEvidence != "statement" {
					t.Errorf("it rests on %q", got.Books[0].WeakestEvidence)
				}
				if want != rules.Undetermined {
					continue
				}
				for i, c := range countries { // the rest comes later, on the same copy
					if c == "" {
						countries[i] = "Canada (CA)"
					}
				}
				im = a.fill(book, countries)
				a.capture(im.Events, im.Statements, maker)
				if got, _ := a.judge(); got.Verdict != rules.Compliant {
					t.Errorf("answered in two parts: %s: %s", got.Verdict, got.Books[0].Because)
				}
				if again := a.capture(im.Events, im.Statements, maker); again.Added != 0 {
					t.Errorf("the same copy again adds %d entries", again.Added)
				}
				for _, f := range a.graph.Flags() {
					t.Errorf("an answer shows a finding: %v", f)
				}
			}
		})
	}
}
