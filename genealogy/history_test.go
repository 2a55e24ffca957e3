package genealogy_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"lodestone/epcis"
	"lodestone/quantity"
	"lodestone/record"
	"lodestone/supply"
)

// A history is written in lines, so that a case needs no Go. Names stand for URIs: x is urn:t:x. A line is words, then
// " : " and lots for an event. @label before a line names its entry.
//
//	by acme                                    the author of what follows; "by -" is unattributed
//	facility F US within=S from=2025-01-01 until=2026-01-01 issued=2025-01-01T00:00:00Z planned=true
//	material ore kind=ore of=Nd,Pr piece=0.5
//	lot L is ore
//	doc D grade=certificate about=L,E from= until= uri= signer=
//	retract @label
//	melt id=E at=2025-01-05T10:00 phase=melted place=F txn=T elements=Dy loss=2kg,Nd:1kg : a 10kg + b 5kg -> c 15kg
//	add|observe|delete ... : a 10kg + !serial
//	pack|unpack|see in=P ... : a 10kg + !serial       aggregation; attach, detach: association
//	void @label                                       an error declaration by the author
//
// An event's first word is free for a transformation. "!x" names a thing in an EPC list, other lots are classes.
type history struct {
	t       testing.TB
	author  string
	entries []record.Entry
	labels  map[string]int
}

const when = "2026-06-01T00:00:00Z"

func uri(name string) string {
	if name == "" || strings.Contains(name, ":") {
		return name
	}
	return "urn:t:" + name
}

func parseHistory(t testing.TB, text string) *history {
	t.Helper()
	h := &history{t: t, labels: map[string]int{}}
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := h.line(line); err != nil {
			t.Fatalf("history line %d %q: %v", n+1, line, err)
		}
	}
	return h
}

func (h *history) line(line string) error {
	head, lots, _ := strings.Cut(line, " : ")
	words := strings.Fields(head)
	label := ""
	if strings.HasPrefix(words[0], "@") {
		label, words = words[0], words[1:]
	}
	opt := map[string]string{}
	var plain []string
	for _, w := range words[1:] {
		if k, v, ok := strings.Cut(w, "="); ok {
			opt[k] = v
		} else {
			plain = append(plain, w)
		}
	}
	if words[0] == "by" {
		h.author = ""
		if plain[0] != "-" {
			h.author = uri(plain[0])
		}
		return nil
	}
	if label != "" {
		h.labels[label] = len(h.entries)
	}
	st := supply.Statement{Issued: opt["issued"]}
	for k, d := range map[string]*quantity.Date{"from": &st.Valid.From, "until": &st.Valid.Until} {
		if opt[k] != "" {
			*d = quantity.MustDate(opt[k])
		}
	}
	switch words[0] {
	case "facility":
		f := &supply.Facility{ID: supply.FacilityID(uri(plain[0])), Name: "plant " + plain[0], Within: supply.FacilityID(uri(opt["within"])), Planned: opt["planned"] == "true"}
		if len(plain) > 1 {
			f.Country = supply.Country(plain[1])
		}
		st.Facility = f
	case "material":
		m := &supply.Material{ID: supply.MaterialID(uri(plain[0])), Name: plain[0], Kind: strings.ReplaceAll(opt["kind"], "_", " "), PieceMass: opt["piece"]}
		if opt["of"] != "" {
			m.Constituents = strings.Split(opt["of"], ",")
		}
		if m.Kind == "" {
			m.Kind = "other"
		}
		st.Material = m
	case "lot":
		st.Lot = &supply.Lot{ID: supply.LotID(uri(plain[0])), Material: supply.MaterialID(uri(plain[2]))}
	case "doc":
		d := &supply.Document{ID: supply.DocumentID(uri(plain[0])), Grade: opt["grade"], URI: uri(opt["uri"]), Signer: opt["signer"]}
		for _, a := range strings.Split(opt["about"], ",") {
			if a != "" {
				d.About = append(d.About, uri(a))
			}
		}
		st.Document = d
	case "retract":
		st.Retract = h.entries[h.labels[plain[0]]].ID.String()
	case "void":
		target := h.entries[h.labels[plain[0]]]
		ev := *target.Event
		ev.Error = &epcis.ErrorDeclaration{Time: instant("2026-05-01T00:00"), Reason: "incorrect_data"}
		if opt["by"] != "" {
			ev.Error.Corrective = []string{uri(opt["by"])}
		}
		if opt["id"] == "-" {
			ev.ID = ""
		}
		return h.event(&ev)
	default:
		return h.happening(words[0], plain, opt, lots)
	}
	return h.state(&st)
}

func (h *history) state(st *supply.Statement) error {
	e, err := record.NewStatement(supply.PartyID(h.author), at(when), st)
	if err != nil {
		return err
	}
	h.entries = append(h.entries, e)
	return nil
}

func (h *history) event(ev *epcis.Event) error {
	e, err := record.NewEvent(supply.PartyID(h.author), at(when), ev)
	if err != nil {
		return err
	}
	h.entries = append(h.entries, e)
	return nil
}

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func instant(text string) epcis.Time {
	if !strings.Contains(text, "T") {
		text += "T12:00"
	}
	text += ":00Z"
	return epcis.Time{Time: at(text), Text: text}
}

func (h *history) happening(word string, _ []string, opt map[string]string, lots string) error {
	ev := &epcis.Event{
		Context: json.RawMessage(`["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"lode":"urn:lodestone:voc:"}]`),
		ID:      uri(opt["id"]), Time: instant(opt["at"]), TimeZoneOffset: "+00:00", TransformationID: uri(opt["txn"]), ParentID: uri(opt["in"]),
	}
	if opt["at"] == "" {
		return fmt.Errorf("an event wants at=")
	}
	switch p := opt["phase"]; {
	case strings.Contains(p, ":") || p == "":
		ev.BizStep = p
	default:
		ev.BizStep = supply.PhasePrefix + p
	}
	if opt["step"] != "" {
		ev.BizStep = opt["step"]
	}
	if opt["place"] != "" {
		ev.ReadPoint = &epcis.Location{ID: uri(opt["place"])}
	}
	if opt["site"] != "" {
		ev.BizLocation = &epcis.Location{ID: uri(opt["site"])}
	}
	if opt["cert"] != "" {
		ev.Certification = []string{uri(opt["cert"])}
	}
	if opt["elements"] != "" {
		raw, _ := json.Marshal(strings.Split(opt["elements"], ","))
		ev.Extra = append(ev.Extra, epcis.Field{Name: "lode:elements", Value: raw})
	}
	if opt["of"] != "" {
		raw, _ := json.Marshal(uri(opt["of"]))
		ev.Extra = append(ev.Extra, epcis.Field{Name: "lode:material", Value: raw})
	}
	// loss=2kg,Nd:1.5kg
	var losses []map[string]any
	for _, l := range strings.Split(opt["loss"], ",") {
		if l == "" {
			continue
		}
		loss := map[string]any{"uom": "KGM"}
		symbol, figure, ok := strings.Cut(l, ":")
		if ok {
			loss["element"] = symbol
		} else {
			figure = l
		}
		loss["value"] = json.RawMessage(strings.TrimSuffix(figure, "kg"))
		losses = append(losses, loss)
	}
	if losses != nil {
		raw, _ := json.Marshal(losses)
		ev.Extra = append(ev.Extra, epcis.Field{Name: "lode:loss", Value: raw})
	}
	// assay=lot/Nd:0.2~0.001,Pr:0.1;lot2/…
	for _, a := range strings.Split(opt["assay"], ";") {
		lot, lines, ok := strings.Cut(a, "/")
		if !ok {
			continue
		}
		as := quantity.Assay{Basis: quantity.BasisElement}
		for _, l := range strings.Split(lines, ",") {
			symbol, figure, _ := strings.Cut(l, ":")
			value, sd, known := strings.Cut(figure, "~")
			line := quantity.Assayed{Element: el(symbol), Measured: quantity.Measured{Value: quantity.MustDecimal(value), Known: known}}
			if known {
				line.SD = quantity.MustDecimal(sd)
			}
			as.Lines = append(as.Lines, line)
		}
		ev.Sensors = append(ev.Sensors, supply.AssaySensor(supply.LotID(uri(lot)), as))
	}
	switch word {
	case "add", "observe", "delete":
		ev.Type, ev.TypeName = epcis.ObjectEvent, "ObjectEvent"
		ev.Action = map[string]epcis.Action{"add": epcis.Add, "observe": epcis.Observe, "delete": epcis.Delete}[word]
		ev.EPCs, ev.Quantities = items(lots)
	case "pack", "unpack", "see", "attach", "detach":
		ev.Type, ev.TypeName = epcis.AggregationEvent, "AggregationEvent"
		if word == "attach" || word == "detach" {
			ev.Type, ev.TypeName = epcis.AssociationEvent, "AssociationEvent"
		}
		ev.Action = map[string]epcis.Action{"pack": epcis.Add, "attach": epcis.Add, "see": epcis.Observe, "unpack": epcis.Delete, "detach": epcis.Delete}[word]
		ev.EPCs, ev.Quantities = items(lots)
	default:
		ev.Type, ev.TypeName = epcis.TransformationEvent, "TransformationEvent"
		in, out, _ := strings.Cut(lots, "->")
		ev.InputEPCs, ev.InputQuantities = items(in)
		ev.OutputEPCs, ev.OutputQuantities = items(out)
	}
	return h.event(ev)
}

func items(text string) (epcs []string, quantities []epcis.Quantity) {
	for _, it := range strings.Split(text, "+") {
		f := strings.Fields(it)
		if len(f) == 0 {
			continue
		}
		if name, ok := strings.CutPrefix(f[0], "!"); ok {
			epcs = append(epcs, uri(name))
			continue
		}
		q := epcis.Quantity{Class: uri(f[0])}
		if len(f) > 1 {
			switch {
			case strings.HasSuffix(f[1], "kg"):
				q.Value, q.Unit = epcis.Number(strings.TrimSuffix(f[1], "kg")), "KGM"
			case strings.HasSuffix(f[1], "l"):
				q.Value, q.Unit = epcis.Number(strings.TrimSuffix(f[1], "l")), "LTR"
			default:
				q.Value = epcis.Number(f[1])
			}
		}
		quantities = append(quantities, q)
	}
	return epcs, quantities
}
