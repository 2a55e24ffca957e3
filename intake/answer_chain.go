package intake

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"lodestone/disclosure"
	"lodestone/element"
	"lodestone/epcis"
	"lodestone/supply"
)

// link is one step of a chain: what was asked, the answer if it gives a place, and the lot after the step.
type link struct {
	ask   *disclosure.Ask
	reply *reply
	lot   string
	time  time.Time
}

// lot records the answers about one lot. Where the record goes on above it, a step is a step of the lot itself.
func (a *answering) lot(lot string, asks []*disclosure.Ask, answers map[string]*reply) {
	if !asks[0].Open {
		for _, x := range asks {
			if r := answers[x.Key]; r != nil && r.answer == disclosure.Known {
				a.observe(lot, link{ask: x, reply: r, time: a.moment(x.By, days(r))})
			}
		}
		return
	}
	slices.SortStableFunc(asks, func(x, y *disclosure.Ask) int { return cmp.Compare(rank(x), rank(y)) })
	var whole []link
	each := map[string][]link{}
	for _, x := range asks {
		k := link{ask: x, lot: a.stage(lot, x)}
		if r := answers[x.Key]; r != nil && r.answer == disclosure.Known {
			k.reply = r
		}
		if x.Element == "" {
			whole = append(whole, k)
		} else {
			each[x.Element] = append(each[x.Element], k)
		}
	}
	end := a.moment(asks[0].By, 0)
	when := a.date(whole, end)
	var last []string
	for _, el := range asks[0].Elements {
		chain := each[el]
		a.date(chain, when)
		first := ""
		if len(chain) == 0 {
			first = a.origin(lot, []string{el}, asks[0])
		}
		last = append(last, a.chain(lot, chain, first, []string{el}, gapIn(whole)))
	}
	tip := last
	for i, k := range whole {
		a.matter(k.lot, asks[0].Elements, k.ask)
		if k.reply != nil {
			a.transform(k, tip)
			if gapIn(whole[i+1:]) {
				a.lead(lot, k)
			}
		}
		tip = []string{k.lot}
	}
	a.base(lot, asks[0], tip, end)
}

// chain records one element's way and gives its last lot: first is the lot that has no origin, where nothing was asked of
// the element.
func (a *answering) chain(lot string, chain []link, first string, elements []string, cut bool) string {
	before := first
	for i, k := range chain {
		a.matter(k.lot, elements, k.ask)
		switch {
		case k.reply == nil:
		case k.reply.phase == supply.Mined:
			a.begin(k)
		default:
			if before == "" {
				before = a.origin(lot, elements, k.ask)
			}
			a.transform(k, []string{before})
		}
		if k.reply != nil && (cut || gapIn(chain[i+1:])) {
			a.lead(lot, k)
		}
		before = k.lot
	}
	return before
}

// gapIn tells whether a step of a chain is not known.
func gapIn(chain []link) bool {
	return slices.ContainsFunc(chain, func(k link) bool { return k.reply == nil })
}

// date gives every step of a chain its moment: the day of its answer, else no later than the step after it. It gives the
// moment of the first.
func (a *answering) date(chain []link, end time.Time) time.Time {
	for i := len(chain) - 1; i >= 0; i-- {
		k := &chain[i]
		if k.reply != nil && k.reply.date != 0 {
			k.time = a.moment(k.ask.By, days(k.reply))
		} else {
			k.time = end
		}
		if k.time.Before(end) {
			end = k.time
		}
	}
	return end
}

func days(r *reply) int64 {
	if r.date == 0 {
		return 0
	}
	return r.date.Time().Unix()
}

// rank orders the questions of a lot: those of an element first, then by phase.
func rank(x *disclosure.Ask) int {
	p, _ := supply.ParsePhase(x.Phase)
	if x.Element == "" {
		return 1000 + int(p)
	}
	return int(p)
}

// stage is the lot after a step.
func (a *answering) stage(lot string, x *disclosure.Ask) string {
	return a.made(lot, orElse(x.Element, "all"), x.Phase)
}

// made is the id of a lot of a chain.
func (a *answering) made(lot string, what ...string) string {
	return "urn:lodestone:lot:" + a.slug + ":answered." + digestOf(lot) + "." + strings.Join(what, ".")
}

// origin is a lot of which nothing is recorded.
func (a *answering) origin(lot string, elements []string, x *disclosure.Ask) string {
	id := a.made(lot, strings.Join(elements, "-"), "origin")
	a.matter(id, elements, x)
	return id
}

// matter states what a lot of a chain is of.
func (a *answering) matter(lot string, elements []string, x *disclosure.Ask) {
	id := supply.MaterialID("urn:lodestone:material:" + a.slug + ":answered." + strings.Join(elements, "-"))
	w := row{file: x.Lot}
	a.state(w, supply.Statement{Material: &supply.Material{ID: id, Name: strings.Join(elements, ", ") + ", as answered in a questionnaire", Kind: "chemical", Constituents: elements}})
	a.state(w, supply.Statement{Lot: &supply.Lot{ID: supply.LotID(lot), Material: id}})
}

// begin records that an element was mined.
func (a *answering) begin(k link) {
	e := a.event(k.reply.row, epcis.ObjectEvent, "ObjectEvent", k.ask.Key, k.time, a.facility(k.reply))
	e.Action, e.BizStep = epcis.Add, supply.Mined.URI()
	e.EPCs, e.Quantities = things(k.lot)
	a.words(e, asked(k.ask), k.reply.remark)
}

// observe records a step of a lot.
func (a *answering) observe(lot string, k link) {
	e := a.event(k.reply.row, epcis.ObjectEvent, "ObjectEvent", k.ask.Key, k.time, a.facility(k.reply))
	e.Action, e.BizStep = epcis.Observe, k.reply.phase.URI()
	e.EPCs, e.Quantities = things(lot)
	if _, err := element.Parse(k.ask.Element); err == nil {
		e.Extra = append(e.Extra, extension(supply.TermElements, k.ask.Element))
	}
	a.words(e, asked(k.ask), k.reply.remark)
}

// transform records that the lot after a step was made of those before it.
func (a *answering) transform(k link, from []string) {
	e := a.event(k.reply.row, epcis.TransformationEvent, "TransformationEvent", k.ask.Key, k.time, a.facility(k.reply))
	e.BizStep = k.reply.phase.URI()
	e.InputEPCs, e.InputQuantities = things(from...)
	e.OutputEPCs, e.OutputQuantities = things(k.lot)
	a.words(e, asked(k.ask), k.reply.remark)
}

// base records that the lot is what came out of the chain. In the making of a campaign it names one more input of it.
func (a *answering) base(lot string, x *disclosure.Ask, from []string, t time.Time) {
	a.into(lot, x, "base."+digestOf(lot), from, t)
}

// lead takes a lot of a chain to the lot asked about, past a step that is not known.
func (a *answering) lead(lot string, k link) {
	a.into(lot, k.ask, k.ask.Key+".known", []string{k.lot}, a.moment(k.ask.By, 0))
}

func (a *answering) into(lot string, x *disclosure.Ask, part string, from []string, t time.Time) {
	e := a.event(row{file: x.Lot}, epcis.TransformationEvent, "TransformationEvent", part, t, "")
	e.BizStep = supply.AnsweredStep
	e.TransformationID = orElse(x.Campaign, "urn:lodestone:transformation:"+a.slug+":answered."+digestOf(lot))
	e.InputEPCs, e.InputQuantities = things(from...)
	e.OutputEPCs, e.OutputQuantities = things(lot)
	a.words(e, "what the lot came of", "")
}
