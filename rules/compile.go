package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"go.yaml.in/yaml/v4"

	"lodestone/element"
)

// implicit tells whether the answer to a doubt enters conditions unseen, through the places and classes they speak of.
func implicit(key string) bool {
	return key == "hong_kong_macau" || key == "outlying_areas" || key == "covered_material" || key == "delivery_is"
}

// effects are what a rule may do in a book of each kind.
var effects = map[Kind][]Effect{
	Prohibition: {OutOfScopeWhen, ExemptWhen, ProhibitsItem, CountsStep, NeedsStep},
	Licence:     {OutOfScopeWhen, RequiresWhen, LiftsWhen, DisclosesFacts},
	DutyBook:    {OutOfScopeWhen, RequiresWhen, LiftsWhen, DisclosesFacts},
	Credit:      {OutOfScopeWhen, QualifiesWhen, DisqualifiesWhen, DisclosesFacts},
	Disclosure:  {OutOfScopeWhen, RequiresWhen, LiftsWhen, DisclosesFacts},
}

// compile turns every CEL text into a program and checks that what the rules name exists. It gives the faults of all the
// book's files.
func (l *loader) compile(root *yaml.Node) Faults {
	env, err := environment(l.b)
	if err != nil {
		l.Wrong(root, "book", err.Error(), "")
		return l.Faults
	}
	ids := map[string][]*Rule{}
	for _, ra := range l.rules {
		l.reader = ra.r
		l.fitting(ra)
		for _, other := range ids[ra.rule.ID] {
			if other.Valid.Overlaps(ra.rule.Valid) {
				l.Wrong(ra.node, ra.at+".id", fmt.Sprintf("%q is used twice for the same days", ra.rule.ID), "")
			}
		}
		ids[ra.rule.ID] = append(ids[ra.rule.ID], ra.rule)
		if ra.rule.When != "" {
			if ra.rule.when, err = program(env, ra.rule.When); err != nil {
				l.Wrong(ra.node, ra.at+".when", err.Error(), "")
			}
		}
		l.b.sample(ra.rule.When)
		ra.rule.vars = variable.FindAllString(ra.rule.When, -1)
		ra.rule.Status = ra.rule.Status.under(ra.rule.part.Status).under(l.b.Status)
		text := ra.rule.When + l.conditions(env, ra.node, ra.at, &ra.rule.Status)
		for key := range l.b.doubts {
			if strings.Contains(text, "reading."+key) || implicit(key) {
				ra.rule.readings = append(ra.rule.readings, key)
			}
		}
	}
	for _, ra := range l.rules {
		l.reader = ra.r
		for _, id := range ra.rule.Of {
			if ids[id] == nil {
				l.Wrong(ra.node, ra.at+".of", fmt.Sprintf("no rule is called %q", id), "the ids of rules of this book")
			}
		}
	}
	for i := range l.b.Notes {
		if n := &l.b.Notes[i]; n.When != "" {
			if n.when, err = program(env, n.When); err != nil {
				l.Wrong(root, fmt.Sprintf("notes[%d].when", i), err.Error(), "")
			}
		}
	}
	for i, v := range l.b.Values {
		for j := 1; j < len(v.Entries); j++ {
			if v.Entries[j-1].Valid.Overlaps(v.Entries[j].Valid) {
				l.Wrong(root, fmt.Sprintf("values[%d]", i), "two entries of "+v.Name+" are in force on one day", "")
			}
		}
	}
	var faults Faults
	seen := map[*reader]bool{}
	for _, ra := range append(l.rules, ruleAt{r: l.reader}) {
		if !seen[ra.r] {
			seen[ra.r] = true
			faults = append(faults, ra.r.Faults...)
		}
	}
	return faults
}

// ofMaterial are variables that only a rule on a material or a step may speak of, ofStep those of a step.
var (
	ofMaterial = regexp.MustCompile(`\b(material|has|share|holds|recycled|chain|determined)\.`)
	ofStep     = regexp.MustCompile(`\b(step|operator)\.`)
)

// fitting checks that a rule's effect, level and fields go with one another and with the book's kind.
func (l *loader) fitting(ra ruleAt) {
	r := ra.rule
	wrong := func(field, problem, hint string) { l.Wrong(ra.node, ra.at+field, problem, hint) }
	if !slices.Contains(effects[l.b.Kind], r.Effect) {
		var words []string
		for _, e := range effects[l.b.Kind] {
			words = append(words, string(e))
		}
		wrong(".effect", fmt.Sprintf("%s is not for a book of kind %s", r.Effect, l.b.Kind), "one of "+strings.Join(words, ", "))
	}
	above := r.Level == "contract" || r.Level == "item"
	switch {
	case r.Level == "contract" && r.Effect != OutOfScopeWhen && r.Effect != ExemptWhen:
		wrong(".level", "only out_of_scope and exempt are of the contract", "write level: item for what is asked once of the whole question")
	case !above && r.Effect == OutOfScopeWhen:
		wrong(".level", "out_of_scope is of the contract", "write level: contract")
	case r.Level == "step" && !slices.Contains([]Effect{ProhibitsItem, RequiresWhen, QualifiesWhen, DisqualifiesWhen, CountsStep, NeedsStep}, r.Effect):
		wrong(".level", fmt.Sprintf("%s is not of a step", r.Effect), "write level: item or material")
	case r.Effect == DisclosesFacts && len(r.Facts) > 0 && ofMaterial.MatchString(r.When):
		wrong(".when", "speaks of a material, and the facts it names are not of one", "")
	case above && ofMaterial.MatchString(r.When):
		wrong(".when", "speaks of a material, and the rule is of the whole "+r.Level, "write level: material")
	case r.Level != "step" && r.Effect != CountsStep && r.Effect != NeedsStep && ofStep.MatchString(r.When):
		wrong(".when", "speaks of a step, and the rule is not of one", "write level: step")
	}
	for _, name := range r.Gives {
		if l.b.values[name] == nil {
			wrong(".gives", fmt.Sprintf("no value is called %q", name), "the name of a value of this book")
		}
	}
	for _, fact := range r.Facts {
		symbol, post := strings.CutPrefix(fact, "product.post_consumer.")
		_, err := element.Parse(symbol)
		if post && err != nil || !post && !slices.Contains(tellable, fact) {
			wrong(".facts", fmt.Sprintf("%q is no fact that can be told", fact), "one of product.post_consumer.SYMBOL, "+strings.Join(tellable, ", "))
		}
	}
	if place, list, ok := strings.Cut(r.Place, ":"); ok && place == "listed" && !slices.Contains(partyLists, list) {
		wrong(".place", fmt.Sprintf("no list is called %q", list), "one of "+strings.Join(partyLists, ", "))
	}
}

// conditions compiles the conditions of a status and gives their text.
func (l *loader) conditions(env *cel.Env, n *yaml.Node, at string, s *Status) string {
	text := ""
	compiled := func(when string) cel.Program {
		if when == "" {
			return nil
		}
		text += " " + when
		if ofMaterial.MatchString(when) || ofStep.MatchString(when) {
			l.Wrong(n, at, "the condition of a status speaks of a material or a step", "ask a reading: reading.KEY == \"VALUE\"")
		}
		p, err := program(env, when)
		if err != nil {
			l.Wrong(n, at, "status: "+err.Error(), "")
		}
		return p
	}
	if s.Waits != nil {
		w := *s.Waits
		w.when = compiled(w.When)
		s.Waits = &w
	}
	s.Suspended = slices.Clone(s.Suspended)
	for i := range s.Suspended {
		s.Suspended[i].when = compiled(s.Suspended[i].When)
	}
	return text
}

var (
	compares = regexp.MustCompile(`([a-z_]+(?:\.[a-z_]+)+) *(?:==|!=) *"([^"]*)"`)
	isIn     = regexp.MustCompile(`([a-z_]+(?:\.[a-z_]+)+) in \[([^\]]*)\]`)
	isOf     = regexp.MustCompile(`([a-z_]+(?:\.[a-z_]+)+) in law\.([a-z_0-9]+)`)
	quoted   = regexp.MustCompile(`"([^"]*)"`)
)

// sample keeps, for each variable of text that a condition compares, the words it is compared with: values of the fact
// that may differ for the law.
func (b *Book) sample(when string) {
	add := func(name, word string) {
		if !slices.Contains(b.samples[name], word) {
			b.samples[name] = append(b.samples[name], word)
		}
	}
	for _, m := range compares.FindAllStringSubmatch(when, -1) {
		add(m[1], m[2])
	}
	for _, m := range isIn.FindAllStringSubmatch(when, -1) {
		for _, q := range quoted.FindAllStringSubmatch(m[2], -1) {
			add(m[1], q[1])
		}
	}
	for _, m := range isOf.FindAllStringSubmatch(when, -1) {
		if v := b.values[m[2]]; v != nil {
			for _, e := range v.Entries {
				if len(e.List) > 0 {
					add(m[1], e.List[0])
				}
			}
		}
	}
}
