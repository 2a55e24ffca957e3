package whatif

import (
	"slices"
	"strings"

	"lodestone/rules"
)

// say puts a way into words: which values of each fact would do while the others have theirs.
func (s *search) say(names []string) (Way, error) {
	p, verdict, err := s.enough(names)
	if err != nil {
		return Way{}, err
	}
	way := Way{Verdict: verdict, Facts: []Need{}}
	for _, n := range names {
		set := s.set(names, max(p, 0))
		values := []string{set[n]}
		for _, v := range s.trial.Samples(n) {
			if v == values[0] {
				continue
			}
			set[n] = v
			out, err := s.try(set)
			if err != nil {
				return Way{}, err
			}
			if out.Verdict.Clean() {
				values = append(values, v)
			}
		}
		way.Facts = append(way.Facts, s.need(n, values))
	}
	slices.SortStableFunc(way.Facts, func(a, b Need) int { return strings.Compare(a.Ask, b.Ask) })
	return way, nil
}

// need is a fact with the values that would do, the first of them as the assumption.
func (s *search) need(name string, values []string) Need {
	n := Need{Fact: name, Ask: rules.Whom(name), Values: values}
	n.Says, n.Assume = s.words(name, values)
	return n
}

// words says values as a person would, and the first as an assumption is written.
func (s *search) words(name string, values []string) (says, assume string) {
	field := name[strings.LastIndex(name, ".")+1:]
	as := func(v string) string { return name + " = " + v }
	switch v := values[0]; {
	case strings.HasPrefix(name, "reading."):
		return "read as " + strings.Join(values, " or "), as(v)
	case strings.Contains(name, "].findings["):
		return map[string]string{"resolved": "settled, so that it speaks for nothing worse", "contrary": "as bad as it may be"}[v], when(v == "resolved", as(v))
	case strings.HasSuffix(field, "country"), field == "manufactured_in", field == "produced_in":
		all := s.trial.Samples(name)
		switch {
		case slices.Contains(values, "CN"):
			return "a covered country, such as CN", as("CN")
		case len(values) == len(all)-1:
			return "any country that is not covered", as(v)
		}
		return strings.Join(values, " or a like country, or "), as(v)
	case field == "bought_in", field == "used_in":
		return map[string]string{"US": "the United States", "JP": "outside the United States"}[v], as(v)
	case field == "value_usd":
		return map[string]string{"low": "at or below the acquisition threshold", "high": "above the acquisition threshold"}[v], as(map[string]string{"low": "0", "high": "1000000000"}[v])
	case strings.HasSuffix(field, "_share"):
		return map[string]string{"low": "below the limit", "high": "at or above the limit"}[v], as(map[string]string{"low": "0", "high": "1"}[v])
	case field == "evidence":
		return map[string]string{"enough": s.facts.MinimumEvidence.String() + " or better", "contrary": "a paper that speaks against it"}[v], when(v == "enough", as(s.facts.MinimumEvidence.String()))
	case field == "kind":
		return map[string]string{"clean": "no covered material", "covered": "covered material"}[v], as(map[string]string{"clean": "none", "covered": "NdFeB magnet"}[v])
	case field == "elements":
		return map[string]string{"none": "no rare earth but those that are named", "others": "other rare earths besides"}[v], when(v == "none", s.elements(name))
	case field == "number":
		for _, d := range s.facts.Determinations {
			if d.Contract != "" {
				return "the number that a determination names", as(d.Contract)
			}
		}
		return v, ""
	case field == "phase":
		return map[string]string{"resolved": "a phase that does not count, or one that did not happen in a covered country", "contrary": "a phase that counts"}[v], ""
	}
	return strings.Join(values, " or "), as(values[0])
}

func when(ok bool, s string) string {
	if ok {
		return s
	}
	return ""
}

// elements is the assumption that there is nothing in a material but what its kind and its record name.
func (s *search) elements(name string) string {
	i := slices.IndexFunc(s.facts.Materials, func(m rules.Material) bool { return name == "materials["+m.Name+"].elements" })
	if i < 0 {
		return ""
	}
	es, _ := s.facts.Materials[i].Traced()
	if es.Empty() {
		return ""
	}
	return name + " = " + symbols(es)
}
