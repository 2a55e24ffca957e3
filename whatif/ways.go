package whatif

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"lodestone/rules"
)

// Ways is what would settle a question.
type Ways struct {
	Verdict rules.Verdict `json:"verdict"` // as it is
	Ways    []Way         `json:"ways"`    // the smallest first; none where nothing that is not known would make it clean
	Whole   bool          `json:"whole"`   // every way was found; false: the search stopped before, and there may be others, and smaller ones
	Bad     []Need        `json:"bad"`     // single facts that would make it NONCOMPLIANT, with the values that would
	Tried   int           `json:"tried"`
}

// Way is a set of facts of which none can be left out: with these values the answer is clean, whatever else is not known.
type Way struct {
	Verdict rules.Verdict `json:"verdict"` // then
	Facts   []Need        `json:"facts"`
}

// Need is a fact and the values that would do.
type Need struct {
	Fact   string   `json:"fact"`
	Ask    string   `json:"ask"`
	Values []string `json:"values"` // of those that were tried
	Says   string   `json:"says"`   // in words
	Assume string   `json:"assume"` // as an assumption; "" where it cannot be written as one
}

// Budget is how many times the books are asked before a search stops, over the number of materials.
const Budget = 60_000

// Find searches the sets of facts and readings that would make an answer clean which is UNDETERMINED. budget is how many
// times the books may be asked; 0 is Budget over the number of materials.
//
// What would do is asked of the values that differ for the law (rules.Trial.Samples), each fact at its most favourable.
// More known favourable facts never make a verdict worse, so the sets that suffice are an upper set, and its minimal members
// are found by hitting them: from each way found, one fact after the other is kept unknown and another way is looked for
// without it, until none is left (R. Reiter, "A theory of diagnosis from first principles", Artificial Intelligence 32,
// 1987). TestWays holds the result against every assignment of small questions.
func Find(lib rules.Library, f *rules.Facts, budget int) (*Ways, error) {
	trial, err := lib.Trial(f)
	if err != nil {
		return nil, err
	}
	if budget == 0 {
		budget = max(Budget/(len(f.Materials)+1), 500)
	}
	s := &search{trial: trial, facts: f, left: budget, good: map[string][]string{}}
	out, err := s.try(nil)
	if err != nil {
		return nil, err
	}
	w := &Ways{Verdict: out.Verdict, Ways: []Way{}, Bad: []Need{}, Whole: true}
	if out.Verdict == rules.Undetermined {
		if err := s.explore(out.Open); err != nil {
			return nil, err
		}
		if w.Bad, err = s.bad(); err != nil {
			return nil, err
		}
		if err := s.all(w); err != nil {
			return nil, err
		}
	}
	w.Tried = budget - s.left
	return w, nil
}

type search struct {
	trial *rules.Trial
	facts *rules.Facts
	left  int                 // of the budget
	names []string            // facts and readings found so far
	good  map[string][]string // the most favourable values, the first for profile 0, the last for the others
	found [][]string
}

func (s *search) try(set map[string]string) (rules.Outcome, error) {
	s.left--
	return s.trial.Try(set)
}

// profiles is how many ways of being favourable are tried: places of steps at home or abroad, and so those of assemblies.
const profiles = 4

// value is the favourable value of a fact in a profile.
func (s *search) value(name string, profile int) string {
	values := s.good[name]
	bit := profile & 1
	if strings.HasSuffix(name, ".manufactured_in") {
		bit = profile >> 1
	}
	if bit == 1 {
		return values[len(values)-1]
	}
	return values[0]
}

// favourable is the values of a fact from which a clean answer is the likeliest, for the least and the greatest.
func (s *search) favourable(name string) []string {
	values := s.trial.Samples(name)
	field := name[strings.LastIndex(name, ".")+1:]
	one := func(v string) []string {
		if slices.Contains(values, v) {
			return []string{v}
		}
		return values[len(values)-1:]
	}
	switch field {
	case "cots", "electronic_device", "materials_complete", "complete":
		return one("true")
	case "modified":
		return one("false")
	case "incorporated":
		return one("true")
	case "value_usd":
		return one("low")
	case "country", "manufactured_in", "produced_in":
		good := slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "CN" })
		if i := slices.Index(good, "US"); i > 0 {
			good[0], good[i] = good[i], good[0]
		}
		return good
	case "bought_in", "used_in":
		return one("JP")
	case "milled_in", "sintered_in":
		return one("US")
	}
	if strings.HasSuffix(field, "_share") {
		return one("low")
	}
	return values[len(values)-1:]
}

// add takes names into the universe, and tells whether any is new.
func (s *search) add(names []string) (fresh bool) {
	for _, n := range names {
		if s.good[n] == nil {
			s.names, fresh = append(s.names, n), true
			s.good[n] = s.favourable(n)
		}
	}
	return fresh
}

// explore finds the facts and readings that matter: those the answer hangs on, and those it hangs on once some are known.
func (s *search) explore(open []string) error {
	s.add(open)
	for i := 0; i < len(s.names) && s.left > 0; i++ {
		for _, v := range s.good[s.names[i]] {
			out, err := s.try(map[string]string{s.names[i]: v})
			if err != nil {
				return err
			}
			s.add(out.Open)
		}
	}
	for _, n := range s.names {
		if strings.HasPrefix(n, "reading.") {
			if err := s.read(n); err != nil {
				return err
			}
		}
	}
	sort.SliceStable(s.names, func(i, j int) bool { return order(s.names[i]) < order(s.names[j]) })
	return nil
}

// read finds the favourable reading of a doubt: the one that does best alone, with what is not known of the materials at its
// best, and with everything at its best. An exception would hide the difference where it lifts the question anyway: so each
// fact of the exception for what is recycled is also left unknown once.
func (s *search) read(name string) error {
	var materials []string
	for _, n := range s.names {
		if order(n) == 3 {
			materials = append(materials, n)
		}
	}
	sets := [][]string{nil, materials, s.names}
	for i, n := range materials {
		if strings.Contains(n, "].recycled.") {
			sets = append(sets, slices.Delete(slices.Clone(materials), i, i+1))
		}
	}
	least := -1
	for _, v := range s.trial.Samples(name) {
		sum := 0
		for _, with := range sets {
			set := s.set(with, 0)
			set[name] = v
			out, err := s.try(set)
			if err != nil {
				return err
			}
			sum += slices.Index([]rules.Verdict{rules.OutOfScope, rules.Exempt, rules.Compliant, rules.Undetermined, rules.Conflicting, rules.Noncompliant}, out.Verdict)
		}
		if least < 0 || sum < least {
			least, s.good[name] = sum, []string{v}
		}
	}
	return nil
}

// order is the order in which facts are given up when a way is made smaller: readings first, then the record's, so that
// what one party can answer stays together.
func order(name string) int {
	switch {
	case strings.HasPrefix(name, "reading."):
		return 0
	case strings.HasPrefix(name, "contract."), strings.HasPrefix(name, "end_item."):
		return 1
	case strings.HasPrefix(name, "components["):
		return 2
	}
	return 3
}

func (s *search) set(names []string, profile int) map[string]string {
	set := make(map[string]string, len(names))
	for _, n := range names {
		set[n] = s.value(n, profile)
	}
	return set
}

// enough tells whether the facts suffice, and in which profile. What it then hangs on and nobody has thought of is taken
// into the universe.
func (s *search) enough(names []string) (int, rules.Verdict, error) {
	for p := range profiles {
		if p > 0 && !s.differs(names, p) {
			continue
		}
		out, err := s.try(s.set(names, p))
		if err != nil {
			return -1, "", err
		}
		if out.Verdict.Clean() {
			return p, out.Verdict, nil
		}
		s.add(out.Open)
	}
	return -1, "", nil
}

// differs tells whether a profile gives any of the facts another value than the ones before it.
func (s *search) differs(names []string, p int) bool {
	var step, made bool
	for _, n := range names {
		if len(s.good[n]) > 1 {
			if strings.HasSuffix(n, ".manufactured_in") {
				made = true
			} else {
				step = true
			}
		}
	}
	return (p&1 == 0 || step) && (p>>1 == 0 || made)
}

// all finds every minimal way.
func (s *search) all(w *Ways) error {
	queue := [][]string{nil} // sets of facts that stay unknown
	seen := map[string]bool{}
	for len(queue) > 0 {
		if s.left <= 0 {
			w.Whole = false
			break
		}
		without := queue[0]
		queue = queue[1:]
		way := s.avoiding(without)
		if way == nil {
			rest := slices.DeleteFunc(slices.Clone(s.names), func(n string) bool { return slices.Contains(without, n) })
			p, _, err := s.enough(rest)
			if err != nil {
				return err
			}
			if p < 0 {
				// A fact that only now came up may be what is lacking.
				if more := slices.DeleteFunc(slices.Clone(s.names), func(n string) bool { return slices.Contains(without, n) }); len(more) > len(rest) {
					queue = append(queue, without)
				}
				continue
			}
			var whole bool
			if way, whole, err = s.shrink(rest); err != nil {
				return err
			}
			if !whole {
				w.Whole = false
				break
			}
			s.found = append(s.found, way)
		}
		for _, n := range way {
			next := append(slices.Clone(without), n)
			slices.Sort(next)
			if key := strings.Join(next, "\x00"); !seen[key] {
				seen[key] = true
				queue = append(queue, next)
			}
		}
	}
	slices.SortStableFunc(s.found, func(a, b []string) int { return cmp.Compare(len(a), len(b)) })
	for _, names := range s.found {
		way, err := s.say(names)
		if err != nil {
			return err
		}
		w.Ways = append(w.Ways, way)
	}
	return nil
}

// avoiding is a way found already that holds none of the facts, nil for none.
func (s *search) avoiding(without []string) []string {
	for _, way := range s.found {
		if !slices.ContainsFunc(way, func(n string) bool { return slices.Contains(without, n) }) {
			return way
		}
	}
	return nil
}

// shrink leaves out of what suffices all that can be left out, in halves first. It is false when the budget ends before.
func (s *search) shrink(names []string) ([]string, bool, error) {
	kept := slices.Clone(names)
	for size := (len(kept) + 1) / 2; size >= 1; {
		for at := 0; at < len(kept); {
			if s.left <= 0 {
				return nil, false, nil
			}
			less := slices.Concat(kept[:at], kept[min(at+size, len(kept)):])
			p, _, err := s.enough(less)
			if err != nil {
				return nil, false, err
			}
			if p >= 0 {
				kept = less
			} else {
				at += size
			}
		}
		if size == 1 {
			break
		}
		size = (size + 1) / 2
	}
	return kept, true, nil
}

// bad finds the single facts that would make the answer NONCOMPLIANT.
func (s *search) bad() ([]Need, error) {
	list := []Need{}
	for _, n := range s.names {
		if strings.HasPrefix(n, "reading.") {
			continue
		}
		var values []string
		for _, v := range s.trial.Samples(n) {
			out, err := s.try(map[string]string{n: v})
			if err != nil {
				return nil, err
			}
			if out.Verdict == rules.Noncompliant {
				values = append(values, v)
			}
		}
		if len(values) > 0 {
			list = append(list, s.need(n, values))
		}
	}
	return list, nil
}
