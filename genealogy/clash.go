package genealogy

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"lodestone/record"
	"lodestone/supply"
)

// claimed is the live events that claim to make a lot, to begin it, or to do a phase to it, in canonical order.
func (g *Graph) claimed(l int32) []int32 {
	list := append(g.makersOf(l), g.begins(l)...)
	return g.inOrder(append(list, g.treated(l)...))
}

// sameMaking tells whether two live events are two accounts of one making of a lot: of the same phase, by authors of
// whom none stated both, and not drawing from different lots: either one draws from nothing, or they have an input in
// common. Two such makings by one author are two makings, and so are two authors' that share no input.
func (g *Graph) sameMaking(a, b int32) bool {
	x, y := &g.events[a], &g.events[b]
	if x.phase != y.phase || !g.disjoint(a, b) {
		return false
	}
	if x.inputs == 0 || y.inputs == 0 {
		return true
	}
	return slices.ContainsFunc(g.inOf(x), func(i item) bool {
		return slices.ContainsFunc(g.inOf(y), func(j item) bool { return i.lot == j.lot })
	})
}

// contradictions finds the claims about the lot that contradict one another, flags them, and puts their steps into
// disputes.
func (x *local) contradictions() {
	g := x.g
	events := g.claimed(x.lot)
	x.dispute = map[int32]string{}
	x.twins(events)
	x.accounts(events)
	for _, n := range events {
		for _, d := range g.strangers(n) {
			v := &g.voids[d]
			x.flag(Clash, append(g.liveEntries(n), g.entries[v.entry].id),
				"%s declares an error in an event that it never stated", g.party(g.entries[v.entry].author))
		}
	}
	words := g.words(x.lot)
	if len(words) > 1 {
		var said []string
		var entries []record.ID
		for _, w := range words {
			said = append(said, g.names.text(w.material))
			entries = append(entries, w.entries...)
		}
		x.flag(Clash, entries, "the lot is said to be of %s", strings.Join(said, " and of "))
	}
	for _, w := range words {
		if m := g.materialOf(w.material); m.dispute != "" {
			x.flag(Clash, m.entries, "%s", m.dispute)
		}
	}
	x.serial()
	x.assemblies()
}

func (g *Graph) party(author int32) string {
	if author == 0 {
		return "an unattributed entry"
	}
	return g.names.text(author)
}

// twins flags the eventIDs that bind an event about the lot to another content. Of an aggregation the contents of the
// parent hang on it.
func (x *local) twins(events []int32) {
	g := x.g
	list := events
	g.each(g.lots.rows[x.lot].others, func(n int32, r role) {
		if ev := &g.events[n]; r == asParent && ev.live && ev.twin != 0 && ev.kind != observes {
			list = append(slices.Clone(list), n)
		}
	})
	var done []int32
	for _, n := range g.inOrder(slices.Clone(list)) {
		id := g.events[n].twin
		if id == 0 {
			continue
		}
		x.dispute[n] = "event " + g.names.text(id)
		if slices.Contains(done, id) {
			continue
		}
		done = append(done, id)
		all, idents := g.twins(n)
		var entries []record.ID
		for _, t := range all {
			entries = append(entries, g.liveEntries(t)...)
		}
		said := make([]string, len(idents))
		for i, id := range idents {
			said[i] = g.names.text(id)
		}
		x.flag(TwoContents, entries, "eventID %s stands for %d different contents", strings.Join(said, ", "), len(all))
	}
}

// accounts compares the accounts of different authors of one making, two by two.
func (x *local) accounts(events []int32) {
	g := x.g
	if len(events) < 2 {
		return
	}
	group := make([]int, len(events)) // the least index of the account's group
	clash := make([]bool, len(events))
	for i := range group {
		group[i] = i
	}
	join := func(i, j int) {
		a, b := min(group[i], group[j]), max(group[i], group[j])
		for k := range group {
			if group[k] == b {
				group[k] = a
			}
		}
		clash[a] = clash[a] || clash[b]
	}
	any := false
	for i, a := range events {
		for j := i + 1; j < len(events); j++ {
			b := events[j]
			if !g.sameMaking(a, b) {
				continue
			}
			join(i, j)
			where, why := x.differ(a, b)
			for _, w := range append(where, why...) {
				x.flag(Clash, append(g.liveEntries(a), g.liveEntries(b)...), "%s", w)
			}
			if len(where) > 0 { // else the accounts agree on the step itself
				any = true
				clash[group[i]] = true
			}
		}
	}
	if !any {
		return
	}
	for i := range events {
		if group[i] != i || !clash[i] {
			continue
		}
		h := sha256.New()
		name := ""
		for j, n := range events {
			if group[j] == i {
				h.Write(g.events[n].key[:])
				if d := x.dispute[n]; d != "" && (name == "" || d < name) {
					name = d // one of the accounts has a second content: all are alternatives
				}
			}
		}
		if name == "" {
			name = "claims " + hex.EncodeToString(h.Sum(nil)[:12])
		}
		for j, n := range events {
			if group[j] == i {
				x.dispute[n] = name
			}
		}
	}
}

// differ is what two accounts of one making contradict each other in, in words: where it was, and what else.
func (x *local) differ(a, b int32) (where, why []string) {
	g := x.g
	ea, eb := &g.events[a], &g.events[b]
	pa, pb := g.placeOf(ea), g.placeOf(eb)
	phase := ea.phase.String()
	if ea.phase == supply.NoPhase {
		phase = "made"
	}
	if pa.facility != 0 && pb.facility != 0 && !g.withinOther(pa.facility, pb.facility) {
		where = append(where, fmt.Sprintf("%s at %s by one account, at %s by another", phase, g.names.text(pa.facility), g.names.text(pb.facility)))
	} else if len(pa.countries) > 0 && len(pb.countries) > 0 && !slices.Equal(pa.countries, pb.countries) {
		where = append(where, fmt.Sprintf("%s in %s by one account, in %s by another", phase, pa.countries[0], pb.countries[0]))
	}
	if g.makesLot(ea, x.lot) && g.makesLot(eb, x.lot) {
		var wa, wb weighed
		g.madeBy(a, x.lot, ByMass, &wa)
		g.madeBy(b, x.lot, ByMass, &wb)
		if wa.apart(&wb) {
			why = append(why, fmt.Sprintf("%s of it %s by one account, %s by another: more than three combined standard uncertainties apart", wa.sum, phase, wb.sum))
		}
	}
	return where, append(why, x.assaysDiffer(a, b)...)
}

// makesLot tells whether an event brings some of a lot into being.
func (g *Graph) makesLot(ev *event, l int32) bool {
	if ev.kind == makes {
		return slices.ContainsFunc(g.outOf(ev), func(it item) bool { return it.lot == l })
	}
	return ev.kind == observes && ev.action == add
}

// serial flags a single thing that was made twice: named in an EPC list by more than one making. A making that also
// takes it in changes it and does not make it; a commissioning beside a making tells of the same birth; accounts of one
// making by different authors are one.
func (x *local) serial() {
	g := x.g
	one := func(list []item) bool {
		return slices.ContainsFunc(list, func(it item) bool { return it.lot == x.lot && it.serial })
	}
	var births []int32
	for _, n := range g.makersOf(x.lot) {
		ev := &g.events[n]
		if one(g.outOf(ev)) && !slices.ContainsFunc(g.inOf(ev), func(it item) bool { return it.lot == x.lot }) {
			births = append(births, n)
		}
	}
	begins := g.countedBegins(x.lot)
	for _, n := range begins {
		if one(g.thingsOf(&g.events[n])) {
			births = append(births, n)
		}
	}
	if len(births) < 2 {
		return
	}
	n := g.distinct(births)
	if n < 2 {
		return
	}
	var entries []record.ID
	for _, b := range births {
		entries = append(entries, g.liveEntries(b)...)
	}
	x.flag(DoubleSerial, entries, "one serial, %d makings", n)
}

// assemblies flags a single thing that is in two assemblies at once, of which neither is ever in the other while it is in
// both: one of the two serials is another thing's. Only what an event of the phase assembled put it into counts: who unpacks
// a box seldom says so.
func (x *local) assemblies() {
	g := x.g
	var added []int32
	var parents []int32
	g.each(g.lots.rows[x.lot].others, func(n int32, r role) {
		ev := &g.events[n]
		if r != asObject || !ev.live || ev.parent < 0 || ev.kind == observes || ev.action != add || ev.phase != supply.Assembled ||
			!slices.ContainsFunc(g.thingsOf(ev), func(it item) bool { return it.lot == x.lot && it.serial }) {
			return
		}
		added = append(added, n)
		if !slices.Contains(parents, ev.parent) {
			parents = append(parents, ev.parent)
		}
	})
	if len(parents) < 2 {
		return
	}
	slices.SortFunc(parents, func(a, b int32) int { return cmp.Compare(g.lots.id(a), g.lots.id(b)) })
	for i, a := range parents {
		for _, b := range parents[i+1:] {
			if !g.bothHold(a, b, x.lot) {
				continue
			}
			var entries []record.ID
			for _, n := range added {
				if p := g.events[n].parent; p == a || p == b {
					entries = append(entries, g.liveEntries(n)...)
				}
			}
			x.flag(DoubleSerial, entries, "one serial in two assemblies at once, %s and %s", g.lots.id(a), g.lots.id(b))
		}
	}
}

// distinct counts the makings among events that make one lot: those of one transformationID are one, contents of one
// eventID are one, and of the accounts of one making the author who counts most counts.
func (g *Graph) distinct(events []int32) int {
	total := 0
	for _, group := range g.accountGroups(events) {
		most := 0
		for _, author := range g.authorsOf(group) {
			var seen []int64
			for _, n := range group {
				ev := &g.events[n]
				if !g.statedBy(n, author) {
					continue
				}
				key := int64(n)<<2 | 1
				if ev.twin != 0 {
					key = int64(ev.twin)<<2 | 2
				} else if ev.txnNo >= 0 {
					key = int64(ev.txnNo)<<2 | 3
				}
				if !slices.Contains(seen, key) {
					seen = append(seen, key)
				}
			}
			most = max(most, len(seen))
		}
		total += most
	}
	return total
}
