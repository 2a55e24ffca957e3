package intake

import (
	"slices"

	"lodestone/epcis"
	"lodestone/supply"
)

// run is a row of runs.csv with its lines.
type run struct {
	*rec
	phases       []supply.Phase
	place        string
	start, end   when
	campaign     string
	elements     []string
	certificates []string
}

// readRuns makes the events of the runs. Lines of one campaign are looked at together.
func (r *reader) readRuns() {
	var runs []*run
	byID := map[string]*run{}
	for _, w := range r.rows("runs.csv") {
		c, again := r.record("run", w)
		if c == nil {
			continue
		}
		if again {
			r.faultAt(w, "run", "unique", "run "+quote(c.id)+" stands twice", "an id stands in one row; a campaign has its own column")
			continue
		}
		x := &run{rec: c, phases: r.phases(w), place: r.refer(w, "facility", r.facilities), campaign: w.get("campaign"), elements: r.symbols(w, "elements")}
		x.start = r.when(w, "start", "facility", false)
		x.end = r.when(w, "end", "facility", true)
		x.certificates = r.papers(w)
		if x.start.ok() && x.end.ok() && x.end.Before(x.start.Time) {
			r.faultAt(w, "end", "order", "the end "+x.end.text()+" is before the start "+x.start.text(), "")
		}
		if w.get("facility") == "" {
			r.note(w, "run "+quote(c.id)+" has no facility: its country is unknown")
		}
		x.at = x.end
		runs = append(runs, x)
		byID[c.id] = x
	}
	r.lines("run_inputs.csv", "the inputs of the run", byID, func(x *run) *[]line { return &x.ins })
	r.lines("run_outputs.csv", "the outputs of the run", byID, func(x *run) *[]line { return &x.outs })
	fed, drawn := map[string]bool{}, map[string]bool{}
	for _, x := range runs {
		if x.campaign != "" {
			fed[x.campaign] = fed[x.campaign] || len(x.ins) > 0
			drawn[x.campaign] = drawn[x.campaign] || len(x.outs) > 0
		}
	}
	for _, x := range runs {
		if len(x.phases) > 0 && x.end.ok() {
			r.makeRun(x, fed[x.campaign], drawn[x.campaign])
		}
	}
}

// lines reads the rows of run_inputs.csv or run_outputs.csv into their runs.
func (r *reader) lines(file, what string, byID map[string]*run, into func(*run) *[]line) {
	ids := r.ids("run")
	otherwise := "add a row to runs.csv"
	for _, w := range r.rows(file) {
		id := w.get("run")
		x := byID[id]
		if x == nil && id != "" {
			r.faultAt(w, "run", "reference", "unknown run "+quote(id), r.didYouMean(id, ids, otherwise))
		}
		l, ok := r.line(w, "amount", false)
		if x != nil {
			lines := into(x)
			if ok {
				*lines = r.addLine(x.rec, *lines, l, what)
			} else {
				x.broken = true
			}
		}
	}
}

// makeRun decides which kind of event a run is, and makes it.
func (r *reader) makeRun(x *run, fed, drawn bool) {
	begins := x.phases[0].Begins()
	switch {
	case x.broken: // a line of it has a fault already
	case len(x.ins) == 0 && len(x.outs) == 0:
		r.faultAt(x.row, "run", "making", "run "+quote(x.id)+" has neither inputs nor outputs", "add its lots to run_inputs.csv and run_outputs.csv")
	case len(x.ins) == 0 && (x.campaign == "" || !fed):
		if x.campaign != "" {
			r.faultAt(x.row, "campaign", "making", "campaign "+quote(x.campaign)+" has no inputs at all", "a run that begins lots has no campaign")
			return
		}
		if !begins {
			r.note(x.row, "run "+quote(x.id)+" has outputs and no inputs: all before "+x.phases[0].String()+" is unknown for its lots")
		}
		x.made = true
		r.object(x.rec, epcis.Add, x.part(0), x.phases[0].URI(), x.end, x.place, x.outs)
		for i := 1; i < len(x.phases); i++ {
			r.object(x.rec, epcis.Observe, x.part(i), x.phases[i].URI(), x.end, x.place, x.outs)
		}
		r.dress(x)
	case len(x.outs) == 0 && (x.campaign == "" || !drawn):
		r.faultAt(x.row, "run", "making", "run "+quote(x.id)+" has inputs and no outputs", "add what came out to run_outputs.csv, scrap too; runs that share vessels share a campaign")
	case x.campaign == "" && sameLots(x.ins, x.outs):
		r.workOn(x)
	default:
		r.transform(x)
	}
}

// workOn makes the events of a run that changes a lot and leaves it its number.
func (r *reader) workOn(x *run) {
	outs := byLot(x.outs)
	for i, in := range x.ins {
		out := outs[in.lot]
		if in.amount != "" && out.amount != "" && (in.amount != out.amount || in.unit != out.unit) {
			r.faultAt(out.row, "amount", "making", "lot "+quote(in.lot.id)+" keeps its number and changes its amount", "give what came out a lot number of its own, or leave the amount empty")
			return
		}
		if in.amount == "" {
			x.ins[i] = out
		}
	}
	for i := range x.phases {
		r.object(x.rec, epcis.Observe, x.part(i), x.phases[i].URI(), x.end, x.place, x.ins)
	}
	x.outs = nil
	x.ins = nil
	r.dress(x)
}

// transform makes a TransformationEvent, or for two phases two that share a transformationID: the first has the inputs,
// the second the outputs.
func (r *reader) transform(x *run) {
	id := ""
	if x.campaign != "" {
		id = r.mint("campaign", x.campaign)
	}
	x.made = true
	if len(x.phases) == 1 {
		e := r.event(x.rec, epcis.TransformationEvent, "TransformationEvent", "", x.end, x.place)
		e.BizStep, e.TransformationID = x.phases[0].URI(), id
		e.InputEPCs, e.InputQuantities = split(x.ins)
		e.OutputEPCs, e.OutputQuantities = split(x.outs)
		r.dress(x)
		return
	}
	if len(x.phases) > 2 || len(x.ins) == 0 || len(x.outs) == 0 {
		r.faultAt(x.row, "phase", "making", "run "+quote(x.id)+" has more phases than its lots can tell apart",
			"a run of two phases has inputs and outputs; make of three phases two runs with a lot between them")
		return
	}
	if id == "" {
		id = r.mint("transformation", x.id)
	}
	first := r.event(x.rec, epcis.TransformationEvent, "TransformationEvent", x.part(0), x.end, x.place)
	first.BizStep, first.TransformationID = x.phases[0].URI(), id
	first.InputEPCs, first.InputQuantities = split(x.ins)
	second := r.event(x.rec, epcis.TransformationEvent, "TransformationEvent", x.part(1), x.end, x.place)
	second.BizStep, second.TransformationID = x.phases[1].URI(), id
	second.OutputEPCs, second.OutputQuantities = split(x.outs)
	r.dress(x)
}

// part is the last part of the eventID of the i-th phase: none for the last phase, for it stands for the run.
func (x *run) part(i int) string {
	if i == len(x.phases)-1 {
		return ""
	}
	return x.phases[i].String()
}

// dress gives the events of a run what they have in common.
func (r *reader) dress(x *run) {
	for _, e := range x.events {
		e.Certification, e.CertificationIsList = x.certificates, len(x.certificates) > 1
		if len(x.elements) > 0 {
			e.Extra = append(e.Extra, symbolList("elements", x.elements))
		}
		if x.start.ok() {
			e.Extra = append(e.Extra, extension("start", x.start.text()))
		}
	}
}

// phases reads one or more phases by word or by stage code.
func (r *reader) phases(w row) []supply.Phase {
	var phases []supply.Phase
	for _, text := range list(w.get("phase")) {
		found := phasesOf(text)
		if found == nil {
			r.faultAt(w, "phase", "word", "unknown phase "+quote(text), phaseHint(text))
			return nil
		}
		for _, p := range found {
			if slices.Contains(phases, p) {
				r.faultAt(w, "phase", "unique", "phase "+p.String()+" stands twice", "")
				return nil
			}
			phases = append(phases, p)
		}
	}
	return phases
}
