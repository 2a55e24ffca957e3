package rules

import (
	"slices"

	"lodestone/supply"
)

// issue is the rules of one version of a book by what they do, each list in the order of the text.
type issue struct {
	contract, exempt, prohibits, steps, needs []*Rule
	counts                                    [supply.PhaseCount][]*Rule

	asserts, lifts, discloses []*Rule // of the kinds that are no prohibition
}

// restricting are the rules of the restriction itself, in the order of the text.
func (is *issue) restricting() []*Rule {
	out := slices.Concat(is.prohibits, is.steps)
	for _, rs := range is.counts {
		for _, r := range rs {
			if !slices.Contains(out, r) {
				out = append(out, r)
			}
		}
	}
	slices.SortFunc(out, func(a, b *Rule) int { return a.no - b.no })
	return out
}

// sort files the rules by version and effect.
func (b *Book) sort() {
	b.issues = map[string]*issue{}
	versions := b.versionIDs()
	if len(versions) == 0 {
		versions = []string{""}
	}
	for _, v := range versions {
		is := &issue{}
		b.issues[v] = is
		for _, r := range b.rules {
			if len(r.Versions) > 0 && !slices.Contains(r.Versions, v) {
				continue
			}
			switch {
			case r.Level == "contract" && b.Kind == Prohibition, r.Level == "item" && (r.Effect == OutOfScopeWhen || r.Effect == ExemptWhen) && b.Kind == Prohibition:
				is.contract = append(is.contract, r)
			case r.Effect == ExemptWhen:
				is.exempt = append(is.exempt, r)
			case r.Effect == ProhibitsItem && r.Level == "step":
				is.steps = append(is.steps, r)
			case r.Effect == RequiresWhen, r.Effect == QualifiesWhen:
				is.asserts = append(is.asserts, r)
			case r.Effect == LiftsWhen, r.Effect == DisqualifiesWhen, r.Effect == OutOfScopeWhen && b.Kind != Prohibition:
				is.lifts = append(is.lifts, r)
			case r.Effect == DisclosesFacts:
				is.discloses = append(is.discloses, r)
			case r.Effect == ProhibitsItem:
				is.prohibits = append(is.prohibits, r)
			case r.Effect == NeedsStep:
				is.needs = append(is.needs, r)
			case r.Effect == CountsStep:
				r.Phases.each(func(p supply.Phase) { is.counts[p] = append(is.counts[p], r) })
			}
		}
	}
}
