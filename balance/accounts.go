package balance

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"

	"lodestone/quantity"
	"lodestone/supply"
)

// Told is another statement of a making, which the books leave aside, so that the making counts once.
type Told struct {
	ID      string // eventID, or the entry
	Authors []supply.PartyID
	Differs []string // what it says otherwise, in words: where it was, lots it adds or leaves out, masses beyond Sigmas
}

// accounts lets every making count once. What one author tells twice, the same amounts of the same lots at the same instant,
// is one making, as it is where not even the place differs and the log holds one event. Of accounts by different authors
// (see sameMaking) the fullest stands, an author's account being all that the author tells of it, in one statement or in
// parts. The statements set aside stay beside those that stand.
func (r *reader) accounts() {
	pairs := func(f func(i, j int)) {
		byLot := map[supply.LotID][]int{}
		for i := range r.raw {
			for _, x := range r.raw[i].Out {
				if list := byLot[x.Lot]; len(list) == 0 || list[len(list)-1] != i {
					byLot[x.Lot] = append(list, i)
				}
			}
		}
		for _, id := range r.order {
			list := byLot[id]
			for x, i := range list {
				for _, j := range list[x+1:] {
					f(i, j)
				}
			}
		}
	}
	pairs(func(i, j int) {
		a, b := &r.raw[i], &r.raw[j]
		if a.gone || b.gone || !repeats(a, b) {
			return
		}
		if fuller(b, a) < 0 {
			a, b = b, a
		}
		r.setAside([]*rawMaking{a}, []*rawMaking{b})
	})
	one := newGroups(len(r.raw))
	pairs(func(i, j int) {
		if a, b := &r.raw[i], &r.raw[j]; !a.gone && !b.gone && sameMaking(a, b) {
			one.join(i, j)
		}
	})
	members := map[int][]*rawMaking{}
	for i := range r.raw {
		if k := one.of(i); k != i {
			if members[k] == nil {
				members[k] = []*rawMaking{&r.raw[k]}
			}
			members[k] = append(members[k], &r.raw[i])
		}
	}
	for _, all := range members {
		r.choose(all)
	}
	r.raw = slices.DeleteFunc(r.raw, func(m rawMaking) bool { return m.gone })
}

// choose lets one author's account of a making stand: that in the most statements, of those the one that names the most lots.
func (r *reader) choose(all []*rawMaking) {
	var best []*rawMaking
	byAuthor := map[supply.PartyID][]*rawMaking{}
	for _, m := range all {
		for _, p := range m.authors {
			byAuthor[p] = append(byAuthor[p], m)
		}
	}
	for _, list := range byAuthor {
		slices.SortFunc(list, fuller)
		if best == nil || compareAccounts(list, best) < 0 {
			best = list
		}
	}
	var others []*rawMaking
	for _, m := range all {
		if !slices.Contains(best, m) {
			others = append(others, m)
		}
	}
	slices.SortFunc(others, fuller)
	r.setAside(best, others)
}

func compareAccounts(a, b []*rawMaking) int {
	flows := func(list []*rawMaking) (n int) {
		for _, m := range list {
			n += len(m.In) + len(m.Out)
		}
		return n
	}
	return cmp.Or(len(b)-len(a), flows(b)-flows(a), slices.CompareFunc(a, b, fuller))
}

// fuller puts the statement that names more first, then one that declares losses, then the least by its entry.
func fuller(a, b *rawMaking) int {
	return cmp.Or(len(b.In)+len(b.Out)-len(a.In)-len(a.Out), len(b.Losses)-len(a.Losses), bytes.Compare(a.Entries[0][:], b.Entries[0][:]))
}

// setAside sets statements aside for those that stand, each beside the first of them that makes a lot of its.
func (r *reader) setAside(stand, others []*rawMaking) {
	for _, m := range others {
		m.gone = true
		keep := stand[0]
		if i := slices.IndexFunc(stand, func(s *rawMaking) bool { return shared(s.Out, m.Out) }); i >= 0 {
			keep = stand[i]
		}
		theirs := slices.DeleteFunc(slices.Clone(others), func(o *rawMaking) bool { return !slices.Equal(o.authors, m.authors) })
		keep.Told = append(append(keep.Told, Told{m.ID, m.authors, r.differ(stand, theirs)}), m.Told...)
	}
}

// repeats tells whether two statements of one author are of one making.
func repeats(a, b *rawMaking) bool {
	return a.Phase == b.Phase && a.Time.Equal(b.Time) && (a.campaign == b.campaign || a.campaign == "" || b.campaign == "") &&
		share(a.authors, b.authors) && alike(a.In, b.In) && alike(a.Out, b.Out)
}

// alike tells whether two lists of flows are of the same amounts of the same lots.
func alike(a, b []Flow) bool { return flowsKey(a, true) == flowsKey(b, true) }

// flowsKey is the lots of some flows, with their amounts or without, in order, as one text.
func flowsKey(flows []Flow, amounts bool) string {
	list := make([]string, len(flows))
	for i, f := range flows {
		if list[i] = string(f.Lot); amounts {
			list[i] = fmt.Sprint(f.Lot, f.Known, f.Mass, f.Pieces)
		}
	}
	slices.Sort(list)
	return fmt.Sprintf("%q", list)
}

func share[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

func shared(a, b []Flow) bool {
	return slices.ContainsFunc(a, func(f Flow) bool { return slices.ContainsFunc(b, func(g Flow) bool { return f.Lot == g.Lot }) })
}

// sameMaking tells whether two statements that make a lot in common are of one making by different authors: of one phase,
// with no author in common, and drawing from a lot in common, or one of them naming no inputs.
func sameMaking(a, b *rawMaking) bool {
	return a.Phase == b.Phase && (a.campaign == "" || a.campaign != b.campaign) && !share(a.authors, b.authors) &&
		(len(a.In) == 0 || len(b.In) == 0 || shared(a.In, b.In))
}

// differ is what others say otherwise than those that stand.
func (r *reader) differ(stand, others []*rawMaking) []string {
	var why []string
	a, b := stand[0], others[0]
	r.place(a.Facility)
	r.place(b.Facility)
	if a.Facility != "" && b.Facility != "" && !r.b.In(a.Facility, b.Facility) && !r.b.In(b.Facility, a.Facility) {
		why = append(why, fmt.Sprintf("at %s, here at %s", cmp.Or(b.Place, string(b.Facility)), cmp.Or(a.Place, string(a.Facility))))
	}
	for _, side := range []struct {
		word  string
		flows func(m *rawMaking) []Flow
	}{{"in", func(m *rawMaking) []Flow { return m.In }}, {"out", func(m *rawMaking) []Flow { return m.Out }}} {
		here, there := sumFlows(stand, side.flows), sumFlows(others, side.flows)
		if len(there) == 0 {
			why = append(why, "names nothing that went "+side.word)
			continue
		}
		for _, l := range lotsOf(here, there) {
			x, y := here[l], there[l]
			switch {
			case x.n == 0:
				why = append(why, fmt.Sprintf("%s %s, not here", l, side.word))
			case y.n == 0:
				why = append(why, fmt.Sprintf("without %s", l))
			case x.n == x.known && y.n == y.known && math.Abs((x.mass-y.mass).Float()) > Sigmas*math.Sqrt(x.variance+y.variance):
				why = append(why, fmt.Sprintf("%s of %s %s, here %s", y.mass, l, side.word, x.mass))
			}
		}
	}
	return why
}

// total is the flows of one lot in some statements together.
type total struct {
	n, known int
	mass     quantity.Mass
	variance float64 // kg²
}

func sumFlows(list []*rawMaking, flows func(m *rawMaking) []Flow) map[supply.LotID]total {
	sums := map[supply.LotID]total{}
	for _, m := range list {
		for _, f := range flows(m) {
			t := sums[f.Lot]
			if t.n++; f.Known {
				t.known++
				t.mass += f.Mass
				t.variance += f.SD * f.SD
			}
			sums[f.Lot] = t
		}
	}
	return sums
}

// lotsOf is the lots of sums, in order.
func lotsOf(sums ...map[supply.LotID]total) []supply.LotID {
	var list []supply.LotID
	for _, m := range sums {
		for l := range m {
			list = append(list, l)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Alike is pairs of makings that draw from a lot and may be one told twice, though both count: by one author, of one phase,
// of the same lots, and of the same amounts or at the same instant.
func (b *Books) Alike(id supply.LotID) [][2]*Making {
	var pairs [][2]*Making
	met := map[string]*Making{}
	for _, i := range b.draws[id] {
		m := &b.Makings[i]
		for _, key := range []string{
			fmt.Sprint(m.Phase, m.Time.UnixNano(), flowsKey(m.In, false), flowsKey(m.Out, false)),
			fmt.Sprint(m.Phase, flowsKey(m.In, true), flowsKey(m.Out, true)),
		} {
			if first := met[key]; first == nil {
				met[key] = m
			} else if share(first.authors, m.authors) && first != m {
				pairs = append(pairs, [2]*Making{first, m})
				break
			}
		}
	}
	return pairs
}
