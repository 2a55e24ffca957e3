package supply

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lodestone/element"
	"lodestone/epcis"
	"lodestone/quantity"
)

const lode = `[{"lode":"urn:lodestone:voc:","x":{"@id":"urn:lodestone:voc:"}}]`

func ext(name, value string) epcis.Field {
	return epcis.Field{Name: name, Value: json.RawMessage(value)}
}

// twoLots is a transformation with two output lots and one input.
func twoLots() *epcis.Event {
	return &epcis.Event{Type: epcis.TransformationEvent, Context: json.RawMessage(lode), InputEPCs: []string{"urn:x:in"},
		OutputEPCs: []string{"urn:x:1"}, OutputQuantities: []epcis.Quantity{{Class: "urn:x:2"}}}
}

func oneLot() *epcis.Event {
	return &epcis.Event{Type: epcis.ObjectEvent, Context: json.RawMessage(lode), EPCs: []string{"urn:x:1"}}
}

func report(substance, value, sd, unit string) epcis.SensorReport {
	return epcis.SensorReport{ChemicalSubstance: substance, Value: epcis.Number(value), SDev: epcis.Number(sd), Unit: unit}
}

const nd, pr, nd2o3, pr6o11 = "urn:lodestone:element:Nd", "urn:lodestone:element:Pr", "urn:lodestone:oxide:Nd2O3", "urn:lodestone:oxide:Pr6O11"

func TestAssaysOf(t *testing.T) {
	for name, w := range map[string]struct {
		ev      *epcis.Event
		extra   []epcis.Field
		reports []epcis.SensorReport
		want    string // "lot stated: El value±sd …" or, when it begins with "!", part of the error
	}{
		"percent":             {oneLot(), nil, []epcis.SensorReport{report(nd, "29.4", "0.2", "P1")}, "urn:x:1 element: Nd 0.294±0.002"},
		"grams a kilogram":    {oneLot(), nil, []epcis.SensorReport{report(nd, "294", "", "GK")}, "urn:x:1 element: Nd 0.294"},
		"parts per million":   {oneLot(), nil, []epcis.SensorReport{report(nd, "680", "5", "59"), report(pr, "0", "", "59")}, "urn:x:1 element: Nd 0.00068±0.000005 Pr 0"},
		"fraction of one":     {oneLot(), nil, []epcis.SensorReport{report(nd, "2.94e-1", "", "C62")}, "urn:x:1 element: Nd 0.294"},
		"oxides":              {oneLot(), nil, []epcis.SensorReport{report(nd2o3, "50", "", "P1")}, "urn:x:1 oxide: Nd 0.428677993705439534"},
		"oxide basis":         {oneLot(), []epcis.Field{ext("lode:basis", `"oxide"`)}, []epcis.SensorReport{report(nd, "50", "", "P1")}, "urn:x:1 oxide: Nd 0.428677993705439534"},
		"side by side":        {oneLot(), nil, []epcis.SensorReport{report(nd2o3, "50", "", "P1"), report(pr, "1", "", "P1")}, "urn:x:1 : Nd 0.428677993705439534 Pr 0.01"},
		"as received":         {oneLot(), []epcis.Field{ext("x:basis", `"as_received"`)}, []epcis.SensorReport{report(nd, "1", "", "P1")}, "urn:x:1 as_received: Nd 0.01"},
		"mean":                {oneLot(), nil, []epcis.SensorReport{{ChemicalSubstance: nd, MeanValue: "2", SDev: "1", Unit: "P1"}}, "urn:x:1 element: Nd 0.02±0.01"},
		"others passed over":  {oneLot(), nil, []epcis.SensorReport{report(nd, "1", "", "P1"), report("https://identifiers.org/inchikey:X", "1", "", "C35"), {Type: "Mass", Value: "1", Unit: "KGM"}}, "urn:x:1 element: Nd 0.01"},
		"named lot":           {twoLots(), []epcis.Field{ext("urn:lodestone:voc:lot", `"urn:x:2"`)}, []epcis.SensorReport{report(nd, "1", "", "P1")}, "urn:x:2 element: Nd 0.01"},
		"named input":         {twoLots(), []epcis.Field{ext("lode:lot", `{"@id":"urn:x:in"}`)}, []epcis.SensorReport{report(nd, "1", "", "P1")}, "urn:x:in element: Nd 0.01"},
		"other prefix's lot":  {oneLot(), []epcis.Field{ext("other:lot", `"urn:x:9"`)}, []epcis.SensorReport{report(nd, "1", "", "P1")}, "urn:x:1 element: Nd 0.01"},
		"no lot":              {twoLots(), nil, []epcis.SensorReport{report(nd, "1", "", "P1")}, "!with 2 lots"},
		"a stranger's lot":    {twoLots(), []epcis.Field{ext("lode:lot", `"urn:x:3"`)}, []epcis.SensorReport{report(nd, "1", "", "P1")}, "!does not name that lot"},
		"lot as number":       {oneLot(), []epcis.Field{ext("lode:lot", `7`)}, []epcis.SensorReport{report(nd, "1", "", "P1")}, "!id as text"},
		"no unit":             {oneLot(), nil, []epcis.SensorReport{report(nd, "29", "", "")}, "!no uom"},
		"mass unit":           {oneLot(), nil, []epcis.SensorReport{report(nd, "0.29", "", "KGM")}, "!unit of mass"},
		"unknown unit":        {oneLot(), nil, []epcis.SensorReport{report(nd, "29", "", "%")}, "!use P1"},
		"no value":            {oneLot(), nil, []epcis.SensorReport{report(nd, "", "", "P1")}, "!no value"},
		"beyond the whole":    {oneLot(), nil, []epcis.SensorReport{report(nd, "129", "", "P1")}, "!outside 0 to 1"},
		"sum beyond":          {oneLot(), nil, []epcis.SensorReport{report(nd, "60", "", "P1"), report(pr, "60", "", "P1")}, "!more than the whole"},
		"twice":               {oneLot(), nil, []epcis.SensorReport{report(nd, "1", "", "P1"), report(nd2o3, "1", "", "P1")}, "!twice"},
		"no such element":     {oneLot(), nil, []epcis.SensorReport{report("urn:lodestone:element:NdPr", "1", "", "P1")}, "!Nd and Pr"},
		"no such oxide":       {oneLot(), nil, []epcis.SensorReport{report("urn:lodestone:oxide:NdO", "1", "", "P1")}, "!Nd2O3"},
		"basis against URI":   {oneLot(), []epcis.Field{ext("lode:basis", `"element"`)}, []epcis.SensorReport{report(nd2o3, "1", "", "P1")}, "!state one of them"},
		"unknown basis":       {oneLot(), []epcis.Field{ext("lode:basis", `"dry"`)}, []epcis.SensorReport{report(nd, "1", "", "P1")}, "!unknown basis"},
		"an exception":        {oneLot(), nil, []epcis.SensorReport{{ChemicalSubstance: nd, Value: "1", Unit: "P1", Exception: "ERROR_CONDITION"}}, "!no measurement"},
		"negative deviation":  {oneLot(), nil, []epcis.SensorReport{report(nd, "1", "-1", "P1")}, "!standard deviation"},
		"not an assay at all": {oneLot(), nil, []epcis.SensorReport{{Type: "Temperature", Value: "20", Unit: "CEL"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w.ev.Sensors = []epcis.SensorElement{{Extra: w.extra, Reports: w.reports}}
			as, errs := AssaysOf(w.ev)
			var got strings.Builder
			for _, a := range as {
				got.WriteString(string(a.Lot) + " " + a.Stated.String() + ":")
				for _, l := range a.Assay.Lines {
					got.WriteString(" " + l.Element.Symbol() + " " + l.Value.String())
					if l.Known {
						got.WriteString("±" + l.SD.String())
					}
				}
			}
			if part, ok := strings.CutPrefix(w.want, "!"); ok {
				if len(as) != 0 || len(errs) == 0 || !strings.Contains(errs[0].Error(), part) {
					t.Errorf("%q, %v; want an error of %q", got.String(), errs, part)
				}
				if fs := CheckExtensions(w.ev); len(fs) != len(errs) || fs[0].Rule != RuleAssay || !strings.HasPrefix(fs[0].Pointer, "/sensorElementList/0") {
					t.Errorf("faults: %v", fs)
				}
				return
			}
			if got.String() != w.want || len(errs) != 0 {
				t.Errorf("%q, %v; want %q", got.String(), errs, w.want)
			}
		})
	}
}

// What AssaySensor writes, AssaysOf reads, also after a way through JSON.
func TestAssaySensorComesBack(t *testing.T) {
	a := quantity.Assay{Basis: quantity.BasisElement, Lines: []quantity.Assayed{
		{Element: element.Nd, Measured: quantity.Measured{Value: quantity.MustDecimal("0.294"), SD: quantity.MustDecimal("0.002"), Known: true}},
		{Element: element.B, Measured: quantity.Measured{Value: quantity.MustDecimal("0.0098")}},
	}}
	for _, basis := range []quantity.Basis{quantity.BasisElement, quantity.BasisAsReceived, quantity.BasisOxide} {
		ev := twoLots()
		a.Basis = basis
		ev.Sensors = []epcis.SensorElement{AssaySensor("urn:x:2", a)}
		got, errs := AssaysOf(ev)
		want, err := a.Elements()
		if err != nil || len(errs) != 0 || len(got) != 1 || got[0].Lot != "urn:x:2" || got[0].Stated != basis || !reflect.DeepEqual(got[0].Assay, want) {
			t.Errorf("%s: %+v, %v; want %+v, %v", basis, got, errs, want, err)
		}
	}
}

func TestMaterialsOf(t *testing.T) {
	for name, w := range map[string]struct {
		ev   *epcis.Event
		ilmd bool
		v    string
		want map[LotID]MaterialID
		bad  string
	}{
		"one lot":      {oneLot(), false, `"urn:x:oxide"`, map[LotID]MaterialID{"urn:x:1": "urn:x:oxide"}, ""},
		"in the ilmd":  {oneLot(), true, `"urn:x:oxide"`, map[LotID]MaterialID{"urn:x:1": "urn:x:oxide"}, ""},
		"by lot":       {twoLots(), false, `{"urn:x:1":"urn:x:a","urn:x:2":"urn:x:b"}`, map[LotID]MaterialID{"urn:x:1": "urn:x:a", "urn:x:2": "urn:x:b"}, ""},
		"one for two":  {twoLots(), false, `"urn:x:oxide"`, nil, "for 2 lots"},
		"a stranger":   {twoLots(), false, `{"urn:x:9":"urn:x:a","urn:x:2":"urn:x:b"}`, map[LotID]MaterialID{"urn:x:2": "urn:x:b"}, "does not name"},
		"no URI":       {oneLot(), false, `"oxide"`, nil, "not a URI"},
		"not readable": {oneLot(), false, `[1]`, nil, "want a material"},
	} {
		t.Run(name, func(t *testing.T) {
			if w.ilmd {
				w.ev.ILMD = []epcis.Field{ext("lode:material", w.v)}
			} else {
				w.ev.Extra = []epcis.Field{ext("lode:material", w.v)}
			}
			if got := MaterialsOf(w.ev); !maps.Equal(got, w.want) {
				t.Errorf("%v, want %v", got, w.want)
			}
			fs := CheckExtensions(w.ev)
			if (len(fs) == 0) != (w.bad == "") || w.bad != "" && (!strings.Contains(fs[0].Message, w.bad) || fs[0].Rule != RuleMaterial) {
				t.Errorf("faults %v, want %q", fs, w.bad)
			}
		})
	}
	ev := oneLot()
	ev.Extra, ev.ILMD = []epcis.Field{ext("lode:material", `"urn:x:a"`)}, []epcis.Field{ext("lode:material", `"urn:x:b"`)}
	if got := MaterialsOf(ev); len(got) != 0 || len(CheckExtensions(ev)) != 1 {
		t.Errorf("two materials for one lot: %v", got)
	}
	if got := MaterialsOf(twoLots()); len(got) != 0 {
		t.Errorf("nothing stated: %v", got)
	}
}

func TestElementsOf(t *testing.T) {
	for v, want := range map[string]string{`["Dy","Tb"]`: "Tb, Dy", `"Dy Tb"`: "Tb, Dy", `"Dy"`: "Dy", `{"@value":"Dy,Tb"}`: "Tb, Dy", `[]`: "!", `""`: "!", `7`: "!", `["Xx"]`: "!"} {
		ev := oneLot()
		ev.Extra = []epcis.Field{ext("lode:elements", v)}
		set, stated, err := ElementsOf(ev)
		if want == "!" {
			if err == nil || stated || len(CheckExtensions(ev)) != 1 {
				t.Errorf("%s: %s", v, set)
			}
			continue
		}
		if err != nil || !stated || set.String() != want {
			t.Errorf("%s: %s, %v, %v; want %s", v, set, stated, err, want)
		}
	}
	if _, stated, err := ElementsOf(oneLot()); stated || err != nil {
		t.Error("nothing is stated")
	}
}

func TestLossesOf(t *testing.T) {
	ev := oneLot()
	ev.Extra = []epcis.Field{ext("lode:loss", `[{"value":1.5,"uom":"KGM","element":"Nd","reason":"dross"},{"value":"2","uom":"LBR"},{"value":1,"uom":"P1"},{"value":1,"uom":"KGM","element":"Xx"}]`)}
	got, errs := LossesOf(ev)
	want := []Loss{{element.Nd, 1_500_000, "dross"}, {element.None, 907_185, ""}}
	if !slices.Equal(got, want) || len(errs) != 2 {
		t.Errorf("%v, %v; want %v", got, errs, want)
	}
	ev.Extra = []epcis.Field{ext("lode:loss", `{"value":1,"uom":"GRM"}`)}
	if got, errs := LossesOf(ev); len(got) != 1 || got[0].Mass != quantity.Gram || len(errs) != 0 {
		t.Errorf("a single loss: %v, %v", got, errs)
	}
	for _, bad := range []string{`7`, `[{"value":1,"uom":"KGM","colour":"red"}]`, `{"value":-1,"uom":"KGM"}`, `{"value":1}`, `{"uom":"KGM"}`} {
		ev.Extra = []epcis.Field{ext("lode:loss", bad)}
		if got, errs := LossesOf(ev); len(got) != 0 || len(errs) != 1 {
			t.Errorf("%s: %v, %v", bad, got, errs)
		}
	}
}

func BenchmarkAssaysOf(b *testing.B) {
	ev := oneLot()
	ev.Sensors = []epcis.SensorElement{{Extra: []epcis.Field{ext("lode:lot", `"urn:x:1"`)},
		Reports: []epcis.SensorReport{report(nd2o3, "50", "0.2", "P1"), report(pr6o11, "20", "0.1", "P1")}}}
	for b.Loop() {
		if as, _ := AssaysOf(ev); len(as) != 1 {
			b.Fatal("no assay")
		}
	}
}

// An event with an assay passes through its JSON form and the checks of EPCIS.
func TestAssayThroughEPCIS(t *testing.T) {
	text := `{"@context":["` + epcis.StandardContext + `",{"lode":"urn:lodestone:voc:"}],"type":"ObjectEvent","action":"OBSERVE",
		"eventTime":"2026-03-02T16:00:00.000-07:00","eventTimeZoneOffset":"-07:00","quantityList":[{"epcClass":"urn:x:1","quantity":620,"uom":"TNE"}],
		"bizStep":"urn:lodestone:phase:mined","lode:material":"urn:x:ore","lode:elements":["Nd","Pr"],"lode:loss":{"value":1.50,"uom":"TNE"}}`
	ev, faults := epcis.DecodeEvent([]byte(text), nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	a := quantity.Assay{Basis: quantity.BasisOxide, Lines: []quantity.Assayed{
		{Element: element.Nd, Measured: quantity.Measured{Value: quantity.MustDecimal("0.00031"), SD: quantity.MustDecimal("0.000005"), Known: true}}}}
	ev.Sensors = append(ev.Sensors, AssaySensor("urn:x:1", a))
	ev, faults = epcis.DecodeEvent(ev.AppendJSON(nil), nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if faults := CheckExtensions(ev); len(faults) > 0 {
		t.Fatal(faults)
	}
	want, _ := a.Elements()
	got, _ := AssaysOf(ev)
	if len(got) != 1 || !reflect.DeepEqual(got[0].Assay, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if m := MaterialsOf(ev); m["urn:x:1"] != "urn:x:ore" {
		t.Errorf("materials %v", m)
	}
	if set, _, _ := ElementsOf(ev); set != element.SetOf(element.Nd, element.Pr) {
		t.Errorf("elements %s", set)
	}
	if losses, _ := LossesOf(ev); len(losses) != 1 || losses[0].Mass != 1500*quantity.Kilogram {
		t.Errorf("losses %v", losses)
	}
	if p, ok := PhaseOf(ev.BizStepURI()); !ok || p != Mined {
		t.Errorf("phase %s", p)
	}
}
