package rules

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"lodestone/element"
	"lodestone/quantity"
	"lodestone/supply"
)

// The materials of a fact file, with what happened to them.

func (r *reader) material(n *yaml.Node, at string) Material {
	m := Material{In: "end_item"}
	r.Mapping(n, at, materialFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "name":
			m.Name = r.Text(n, at)
		case "in":
			m.In = r.Text(n, at)
		case "kind":
			m.Kind = r.OneOf(n, at, Kinds)
		case "form":
			m.Form = strings.ToLower(r.Text(n, at))
		case "incorporated":
			m.Incorporated = r.tri(n, at)
		case "cots":
			m.COTS = r.tri(n, at)
		case "elements":
			m.ElementsGiven = true
			m.Elements = r.elementShares(n, at)
		case "box":
			m.Box = r.Text(n, at)
		case "recycled":
			m.Recycled = r.recycled(n, at)
		case "steps":
			r.List(n, at, func(at string, n *yaml.Node) { m.Steps = append(m.Steps, r.step(n, at)) })
		case "complete":
			m.Complete = r.Flag(n, at)
		case "gaps":
			r.List(n, at, func(at string, n *yaml.Node) { m.Gaps = append(m.Gaps, r.gap(n, at)) })
		case "purity":
			m.Purity = r.share(n, at)
		case "mass":
			m.Mass = r.weight(n, at)
		case "findings":
			r.List(n, at, func(at string, n *yaml.Node) { m.Findings = append(m.Findings, r.Text(n, at)) })
		}
	})
	if m.Kind == "" && n.Kind == yaml.MappingNode && !r.Failed(at+".kind") {
		r.Wrong(n, at+".kind", "is missing", "one of "+strings.Join(Kinds, ", "))
	}
	if m.Name == "" {
		m.Name = "material " + strings.Trim(strings.TrimPrefix(at, "materials"), "[]")
	}
	return m
}

func (r *reader) recycled(n *yaml.Node, at string) *Recycled {
	rec := &Recycled{}
	r.Mapping(n, at, recycledFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "feed":
			rec.Feed = strings.ToLower(r.Text(n, at))
		case "route":
			rec.Route = r.OneOf(n, at, routes)
		case "milled_in":
			rec.MilledIn = r.Country(n, at)
		case "sintered_in":
			rec.SinteredIn = r.Country(n, at)
		case "produced_in":
			rec.ProducedIn = r.Country(n, at)
		case "blend":
			rec.Blend = r.Flag(n, at)
		}
	})
	return rec
}

func (r *reader) step(n *yaml.Node, at string) Step {
	s := Step{line: n.Line}
	r.Mapping(n, at, stepFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "phase":
			s.Phase = r.phase(n, at)
		case "elements":
			s.Elements = r.elements(n, at)
		case "country":
			s.Country = r.Country(n, at)
		case "claims":
			r.List(n, at, func(at string, n *yaml.Node) { s.Claims = append(s.Claims, r.Country(n, at)) })
		case "facility":
			s.Facility = r.Text(n, at)
		case "evidence":
			s.Evidence = r.evidence(n, at)
		case "sources":
			r.List(n, at, func(at string, n *yaml.Node) { s.Sources = append(s.Sources, r.Text(n, at)) })
		case "earlier_life":
			s.EarlierLife = r.tri(n, at)
		case "planned":
			s.Planned = r.Flag(n, at)
		case "region":
			s.Region = r.region(n, at)
		case "date":
			s.Date = r.Date(n, at)
		case "evidence_until":
			s.EvidenceUntil = r.Date(n, at)
		case "known_from":
			s.KnownFrom = r.Date(n, at)
		case "operator":
			s.Operator = r.party(n, at)
		}
	})
	r.placed(n, at, &s)
	if s.Phase == supply.NoPhase && n.Kind == yaml.MappingNode && !r.Failed(at+".phase") {
		r.Wrong(n, at+".phase", "is missing", "one of "+strings.Join(phaseWords(), ", "))
	}
	if s.Country != "" && len(s.Claims) > 0 {
		r.Wrong(n, at+".claims", "stands beside country", "rival claims leave the country open: give one or the other")
	}
	s.doubt()
	return s
}

func (r *reader) phase(n *yaml.Node, at string) supply.Phase {
	p, err := supply.ParsePhase(r.Text(n, at))
	if err != nil && !r.Failed(at) {
		r.Wrong(n, at, err.Error(), "")
	}
	return p
}

func (r *reader) gap(n *yaml.Node, at string) Gap {
	var g Gap
	r.Mapping(n, at, gapFields, func(key, at string, n *yaml.Node) {
		switch key {
		case "elements":
			g.Elements = r.elements(n, at)
		case "before":
			g.Before = r.phase(n, at)
		case "after":
			r.List(n, at, func(at string, n *yaml.Node) { g.After = append(g.After, r.phase(n, at)) })
		case "where":
			g.Where = r.Text(n, at)
		case "feed":
			g.Feed = r.Flag(n, at)
		}
	})
	return g
}

func phaseWords() []string {
	var ws []string
	for p := supply.Mined; p < supply.PhaseCount; p++ {
		ws = append(ws, p.String())
	}
	return ws
}

func (r *reader) elements(n *yaml.Node, at string) element.Set {
	var s element.Set
	r.List(n, at, func(at string, n *yaml.Node) {
		e, err := element.Parse(r.Text(n, at))
		if err != nil {
			r.Wrong(n, at, err.Error(), "a chemical symbol such as Nd")
			return
		}
		s = s.With(e)
	})
	return s
}

func (r *reader) elementShares(n *yaml.Node, at string) []ElementShare {
	var out []ElementShare
	sum := quantity.DecimalOf(0)
	r.Pairs(n, at, func(key, at string, n *yaml.Node) {
		e, err := element.Parse(key)
		if err != nil {
			r.Wrong(n, at, err.Error(), "a chemical symbol such as Nd")
			return
		}
		sh := r.share(n, at)
		if sh.Known {
			out = append(out, ElementShare{Element: e, Share: sh.Value})
			if s, err := sum.Add(sh.Value); err == nil {
				sum = s
			}
		}
	})
	if quantity.MustDecimal("1.005").Less(sum) {
		r.Wrong(n, at, "the mass fractions add up to "+sum.String(), "fractions of one, not per cent: 0.29 is 29 %")
	}
	return out
}
