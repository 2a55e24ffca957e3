package rules

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"lodestone/quantity"
)

// missing keeps of the facts a verdict hangs on those of which some value would change it, the others left free.
// Where no fact alone changes it, because two ways out hang on two facts each, it keeps those of which some value would
// change it for some values of the others.
func (q *question) missing(h *hearing) ([]Missing, error) {
	small, err := q.fewer()
	if err != nil {
		return nil, err
	}
	var facts, tried []string // tried: those of the smaller question
	for _, fact := range h.why.list {
		if !strings.HasPrefix(fact, "reading.") && !strings.HasPrefix(fact, "law.") {
			facts = append(facts, fact)
			if small.of(fact) == fact {
				tried = append(tried, fact)
			}
		}
	}
	out := []Missing{}
	none := &ground{set: map[string]string{}}
	ends := small.ends(tried)
	for _, matters := range []func(fact string) (bool, error){
		func(fact string) (bool, error) { return small.matters(none, fact) },
		func(fact string) (bool, error) { return small.together(ends, fact, tried) },
	} {
		does := map[string]bool{}
		for _, fact := range tried {
			if does[fact], err = matters(fact); err != nil {
				return nil, err
			}
		}
		for _, fact := range facts {
			if does[small.of(fact)] {
				out = append(out, Missing{Fact: fact, Ask: q.whom(fact)})
			}
		}
		if len(out) > 0 {
			break
		}
	}
	return out, nil
}

// ends are the grounds on which every fact is at its first sample, and at its last.
func (s *fewer) ends(facts []string) [2]*ground {
	first, last := &ground{set: map[string]string{}}, &ground{set: map[string]string{}}
	for _, f := range facts {
		list := s.samples(f)
		first.set[f], last.set[f] = list[0], list[len(list)-1]
	}
	return [2]*ground{first, last}
}

// together tells whether a fact changes the verdict when at most one other fact stands apart from all the rest: the rest at
// its first sample and that one at its last, or the other way about.
func (s *fewer) together(ends [2]*ground, fact string, facts []string) (bool, error) {
	for i := range ends {
		if matters, err := s.matters(ends[i], fact); matters || err != nil {
			return matters, err // as with the fact itself apart
		}
	}
	for _, apart := range facts {
		if apart == fact {
			continue
		}
		for i, rest := range ends {
			if matters, err := s.matters(rest, fact, setting{apart, ends[1-i].set[apart]}); matters || err != nil {
				return matters, err
			}
		}
	}
	return false, nil
}

// matters tells whether some value of a fact changes the verdict on a ground, with what is set on top of it.
func (s *fewer) matters(g *ground, fact string, also ...setting) (bool, error) {
	var first Verdict
	for i, value := range s.samples(fact) {
		verdict, err := s.try(g, append(also[:len(also):len(also)], setting{fact, value})...)
		if err != nil {
			return false, err
		}
		if i == 0 {
			first = verdict
		} else if verdict != first && !(verdict.Clean() && first.Clean()) {
			return true, nil
		}
	}
	return false, nil
}

// namedContract stands, while it is tried, for the number that a determination names.
const namedContract = "the contract named in the determination"

// samples are values of a fact that differ for the law: covered and clean places, yes and no, each side of a threshold.
func samples(fact string) []string {
	field := fact[strings.LastIndex(fact, ".")+1:]
	switch {
	case strings.HasSuffix(fact, "]") && strings.Contains(fact, ".elements["):
		return []string{"present", "absent"}
	case strings.HasSuffix(fact, "]") && strings.Contains(fact, "lists["), field == "complete", field == "military", field == "forced_labour",
		field == "cn_technology", field == "related_buyer", field == "credit_48c", field == "prohibited_foreign_entity", field == "sec_issuer",
		field == "manufactures", field == "inquiry":
		return []string{"true", "false"}
	case field == "share", field == "purity", field == "mass", field == "magnet_mass", field == "material_assistance", field == "date", field == "awarded":
		return []string{"low", "high"}
	case field == "region":
		return []string{"CN-XJ", "CN-JX"}
	case field == "owner":
		return []string{"CN", "US"}
	case fact == "materials_complete", field == "cots", field == "modified", field == "electronic_device", field == "incorporated":
		return []string{"true", "false"}
	case field == "value_usd", strings.HasSuffix(field, "_share"):
		return []string{"low", "high"}
	case field == "country", field == "manufactured_in", field == "produced_in":
		return []string{"CN", "US", "DE"}
	case field == "bought_in", field == "used_in":
		return []string{"US", "JP"}
	case field == "milled_in", field == "sintered_in":
		return []string{"CN", "JP", "US"}
	case field == "evidence":
		return []string{"contrary", "enough"}
	case field == "kind":
		return []string{"covered", "clean"}
	case field == "elements":
		return []string{"others", "none"}
	case field == "form":
		return []string{"block", "finished"}
	case field == "route":
		return []string{"chemical", "powder"}
	case field == "feed":
		return []string{"swarf", "magnet scrap"}
	case fact == "contract.number":
		return []string{"another contract", namedContract}
	}
	return []string{"contrary", "resolved"}
}

// samples are values of a fact that may differ for the book: where its conditions compare the fact with words, these and
// another one.
func (q *question) samples(fact string) []string {
	name := fact
	switch {
	case strings.HasPrefix(fact, "materials[") && strings.HasSuffix(fact, "].form") && q.book.Kind != Prohibition:
		name = "material.form"
	case strings.HasPrefix(fact, "materials[") && strings.Contains(fact, ".steps[") && strings.HasSuffix(fact, ".country"):
		name = "step.country"
	case fact == "end_item.manufactured_in":
		name = "item.made_in"
	}
	words := q.book.samples[name]
	if len(words) == 0 {
		return samples(fact)
	}
	if name != "material.form" && !slices.Contains(unbounded, name) {
		words = slices.Concat(words, samples(fact))
	}
	return append(slices.Clone(words), "another")
}

// unbounded are the facts whose samples are what the book compares them with and nothing else.
var unbounded = []string{"shipment.from", "shipment.to", "shipment.end_use", "shipment.end_user.country", "product.class", "claim.produced_in"}

// whom says who could give a fact. Where a place was said to be planned, what is wanted is evidence that it ran.
func (q *question) whom(fact string) string {
	w := newWorld(q.f, 0, nil)
	for i := range q.f.Materials {
		w.mat = &q.f.Materials[i]
		for j := range w.mat.Steps {
			s := &w.mat.Steps[j]
			if !s.Planned || w.givenStepFact(j, "country") != fact {
				continue
			}
			days := []quantity.Date{s.Date}
			if s.days != nil {
				days = s.days()
			}
			on := "the day of the step"
			if len(days) == 1 && days[0] != 0 {
				on = days[0].String()
			}
			return fmt.Sprintf("whoever says that %s was planned, and its operator: evidence that it ran on %s", cmp.Or(s.Facility, "the place"), on)
		}
	}
	return whom(fact)
}

// whom says who could give a fact.
func whom(fact string) string {
	switch {
	case strings.HasPrefix(fact, "law."):
		return "nobody: the book holds no such value for the day"
	case strings.HasPrefix(fact, "shipment.end_user"):
		return "the end user, through the buyer"
	case strings.HasPrefix(fact, "shipment."):
		return "the exporter"
	case strings.HasPrefix(fact, "product."):
		return "the product's manufacturer"
	case strings.HasPrefix(fact, "claim."):
		return "the producer who claims the credit"
	case strings.HasPrefix(fact, "company."):
		return "the company whose duty it is"
	case strings.HasPrefix(fact, "contract."), strings.Contains(fact, ".bought_in"):
		return "the contracting officer"
	case fact == "materials_complete":
		return "the end item's manufacturer: a list of every magnet, tantalum and tungsten part in it"
	case strings.HasPrefix(fact, "end_item."):
		return "the end item's manufacturer"
	case strings.HasPrefix(fact, "components["):
		return "the component's manufacturer"
	case strings.Contains(fact, "findings["):
		return "the parties whose records disagree"
	case strings.Contains(fact, ".recycled."):
		return "the recycler, through the magnet's maker"
	case !strings.Contains(fact, ".steps["):
		return "the magnet's maker"
	}
	phase := fact[strings.Index(fact, ".steps[")+len(".steps["):]
	if iron := phase[:strings.IndexByte(phase, ']')]; strings.HasSuffix(iron, " Fe") || strings.HasSuffix(iron, " B") || strings.HasSuffix(iron, " Co") {
		return "the supplier of the iron, ferroboron or cobalt, through the alloy's maker"
	}
	phase = phase[:strings.IndexAny(phase, " ]")]
	switch phase {
	case "unknown":
		return "the party that recorded the step: which phase it was"
	case "mined":
		return "the metal's maker, through the magnet maker, for the mine behind the oxide"
	case "beneficiated", "cracked", "leached", "precipitated", "separated", "calcined", "refined":
		return "the metal's maker, through the magnet maker, for the separation plant's record"
	case "reduced":
		return "the metal's maker, through the magnet maker"
	case "melted", "atomized", "decrepitated", "milled":
		return "the alloy's maker, through the magnet maker"
	case "recycled":
		return "the recycler, through the magnet's maker"
	}
	return "the magnet's maker"
}

// unnamed sees to it that an open answer names what keeps it open. Where no fact and no doubt decides alone, nor with one
// other, it names all that the answer hangs on.
func (q *question) unnamed(h *hearing, a *BookAnswer) error {
	if len(a.Missing) > 0 || slices.ContainsFunc(a.Doubts, func(d Shown) bool { return d.Class == Open && d.Chosen == "" }) {
		return nil
	}
	for _, name := range h.why.list {
		key, reading := strings.CutPrefix(name, "reading.")
		d := q.doubt(key)
		switch {
		case !reading:
			a.Missing = append(a.Missing, Missing{Fact: name, Ask: q.whom(name)})
		case d != nil:
			sh, _, err := q.shown(h, d)
			if err != nil {
				return err
			}
			a.Doubts = append(a.Doubts, sh)
		}
	}
	return nil
}

// doubts shows each doubt whose other reading would give another verdict, also where the chosen reading decides.
func (q *question) doubts(h *hearing) ([]Shown, error) {
	out := []Shown{}
	var keys []string
	for k := range h.asked {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, key := range keys {
		d := q.doubt(key)
		if d == nil {
			continue
		}
		sh, differs, err := q.shown(h, d)
		if err != nil {
			return nil, err
		}
		if differs {
			out = append(out, sh)
		}
	}
	return out, nil
}

// shown is a doubt with what each of its readings gives, and whether they differ.
func (q *question) shown(h *hearing, d *Doubt) (Shown, bool, error) {
	sh := Shown{ID: d.ID, Key: d.Key, Class: d.Class, Question: d.Question, Source: d.Source, Chosen: d.Chosen}
	if len(d.Also) > 0 {
		sh.ID += ", " + strings.Join(d.Also, ", ")
	}
	if sh.Chosen == "" {
		sh.Chosen = q.f.Answers[d.Key]
	}
	small, err := q.fewer()
	if err != nil {
		return sh, false, err
	}
	differs := false
	for _, r := range d.Readings {
		verdict := h.verdict
		if r.Value != sh.Chosen {
			tried, err := small.hear(map[string]string{"reading." + d.Key: r.Value})
			if err != nil {
				return sh, false, err
			}
			verdict = tried.verdict
		}
		sh.Readings = append(sh.Readings, ReadingVerdict{Value: r.Value, Says: r.Says, Verdict: verdict})
		differs = differs || verdict != sh.Readings[0].Verdict
	}
	return sh, differs, nil
}

// doubt is the doubt behind a key, of the book or of the statute it hears.
func (q *question) doubt(key string) *Doubt {
	if d := q.book.doubts[key]; d != nil {
		return d
	}
	if q.statute != nil {
		return q.statute.doubts[key]
	}
	return nil
}
