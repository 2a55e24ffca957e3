package genealogy_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lodestone/genealogy"
	"lodestone/record"
	"lodestone/supply"
)

// drawHistory writes a random history: late, corrected, void, clashing, cyclic, contained and over-issued entries over
// few lots, places, parties and eventIDs, so that they meet.
func drawHistory(t *rapid.T) string {
	one := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	lot := func() string { return one("lot", "a", "b", "c", "d", "e", "!s", "!k", "box", "!van") }
	amount := func(l string) string {
		if strings.HasPrefix(l, "!") {
			return l
		}
		return l + one("amount", "", " 1kg", " 5kg", " 5.004kg", " 9kg", " 2", " 3l")
	}
	lots := func(least int) string {
		n := rapid.IntRange(least, 3).Draw(t, "n")
		var list []string
		for range n {
			list = append(list, amount(lot()))
		}
		return strings.Join(list, " + ")
	}
	day := func() string {
		return fmt.Sprintf("2025-01-%02dT%02d:00", rapid.IntRange(1, 6).Draw(t, "day"), rapid.IntRange(8, 10).Draw(t, "hour"))
	}
	place := func() string { return one("place", "", " place=f", " place=g", " place=line", " place=x site=f") }
	phase := func() string {
		return one("phase", "", " phase=mined", " phase=separated", " phase=melted", " phase=sintered", " phase=recycled", " phase=assembled", " step=shipping")
	}
	id := func() string { return one("id", "", "", "", " id=E1", " id=E2", " id=E3") }
	validity := func() string {
		return one("from", "", " from=2025-01-03") + one("until", "", " until=2025-01-04") +
			one("issued", "", " issued=2025-01-01T00:00:00Z", " issued=2025-02-01T00:00:00Z")
	}
	var lines []string
	labels := 0
	n := rapid.IntRange(1, 24).Draw(t, "lines")
	var events, claims []string
	for range n {
		lines = append(lines, "by "+one("author", "-", "p", "q", "r"))
		label := fmt.Sprintf("@%d", labels)
		labels++
		kind := rapid.IntRange(0, 20).Draw(t, "kind")
		if kind < 13 {
			events = append(events, label)
		} else if kind < 18 || kind == 20 {
			claims = append(claims, label)
		}
		switch {
		case kind < 5:
			lines = append(lines, label+" x at="+day()+id()+phase()+place()+one("txn", "", "", " txn=T1", " txn=T2")+
				one("elements", "", "", " elements=Dy", " elements=Nd,Dy")+one("loss", "", "", " loss=Nd:1kg", " loss=2kg,Dy:0.5kg")+" : "+lots(0)+" -> "+lots(0))
		case kind < 9:
			l := strings.TrimPrefix(lot(), "!")
			assay := one("assay", "", "", " assay="+l+"/Nd:0.2~0.001", " assay="+l+"/Nd:0.3~0.001,Dy:0.02")
			lines = append(lines, label+" "+one("action", "add", "add", "observe")+" at="+day()+id()+phase()+place()+assay+one("of", "", " of=m1", " of=m2")+" : "+amount(l))
		case kind < 13:
			lines = append(lines, label+" "+one("packing", "pack", "pack", "unpack", "see", "attach")+" at="+day()+id()+" in="+one("parent", "box", "van", "a")+
				one("how", "", " phase=assembled")+" : "+lots(0))
		case kind == 13:
			lines = append(lines, label+" facility "+one("facility", "f US", "f CN", "g CA", "line within=f", "line US", "g within=f")+validity())
		case kind == 14:
			lines = append(lines, label+" material "+one("material", "m1 of=Nd,Pr kind=oxide", "m1 of=Nd,Dy kind=oxide", "m2 of=Dy piece=0.5", "m2 kind=NdFeB_magnet", "m2 kind=assembly piece=0.6")+validity())
		case kind < 17:
			lines = append(lines, label+" lot "+strings.TrimPrefix(lot(), "!")+" is "+one("material", "m1", "m2")+validity())
		case kind == 17 || kind == 20:
			lines = append(lines, label+" doc "+one("doc", "d1", "d2")+" grade="+one("grade", "certificate", "audited")+" signer=s about="+one("about", "a", "E1", "b,E2", "c")+validity())
		case kind == 18 && len(events) > 0:
			lines = append(lines, label+" void "+one("target", events...)+one("keep", "", "", " id=-"))
		case kind == 19 && len(claims) > 0:
			lines = append(lines, label+" retract "+one("target", claims...))
			claims = append(claims, label)
		}
	}
	return strings.Join(lines, "\n")
}

// answers is everything a graph says: snapshot, flags, traces, parts and grounds of every lot.
func answers(t testing.TB, g *genealogy.Graph) string {
	var b strings.Builder
	b.WriteString(text(t, g))
	for _, f := range g.Flags() {
		fmt.Fprintf(&b, "%+v\n", f)
	}
	for _, s := range g.Lots("") {
		for _, down := range []bool{false, true} {
			for _, depth := range []int{0, 1} {
				tr, err := g.Trace(s.ID, genealogy.TraceOptions{Down: down, Depth: depth})
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(&b, "%+v\n", *tr)
			}
			fmt.Fprintln(&b, g.Lineage(s.ID, down))
		}
		at := time.Date(2025, 1, 3, 9, 0, 0, 0, time.UTC)
		fmt.Fprintf(&b, "%+v %+v %v %v\n", g.Covered(s.ID, time.Time{}), g.Covered(s.ID, at), g.Contents(s.ID, at), g.EntriesOf(s.ID))
		l, _ := g.Lot(s.ID)
		fmt.Fprintf(&b, "%+v\n", l)
		p, _ := g.Profile(s.ID, at)
		b.WriteString(p.String())
		for _, step := range p.Steps {
			fmt.Fprintln(&b, g.Ground(s.ID, step, at))
		}
	}
	return b.String()
}

// TestAnyOrderSameAnswer: any order of the entries, with repeats, worked out at any moments, comes to the same answers.
func TestAnyOrderSameAnswer(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		story := drawHistory(rt)
		var h *history
		func() {
			defer func() {
				if r := recover(); r != nil {
					panic(fmt.Sprintf("%v in\n%s", r, story))
				}
			}()
			h = parseHistory(t, story)
		}()
		want := answers(t, build(t, h.entries, false))
		for range 3 {
			list := rapid.Permutation(append(append([]record.Entry(nil), h.entries...), h.entries...)).Draw(rt, "order")
			g := genealogy.New()
			for i, e := range list {
				e.Seq = int64(i + 1)
				if err := g.Apply(e); err != nil {
					rt.Fatal(err)
				}
				if rapid.IntRange(0, 3).Draw(rt, "settle") == 0 {
					g.Settle()
				}
			}
			if got := answers(t, g); got != want {
				rt.Fatalf("another order gives another answer for\n%s\n%s", story, firstDifference(want, got))
			}
		}
	})
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	lot := ""
	for i := range a {
		if strings.HasPrefix(a[i], "lot ") {
			lot = a[i]
		}
		if i >= len(b) || a[i] != b[i] {
			other := "nothing"
			if i < len(b) {
				other = b[i]
			}
			return fmt.Sprintf("at %s\nwant %s\ngot  %s", lot, a[i], other)
		}
	}
	return "the second says more"
}

// TestGroundOfEveryStep: every step of every profile has a way down to entries.
func TestGroundOfEveryStep(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		story := drawHistory(rt)
		h := parseHistory(t, story)
		g := build(t, h.entries, false)
		for _, s := range g.Lots("") {
			p, _ := g.Profile(s.ID, time.Time{})
			for _, step := range p.Steps {
				if len(g.Ground(s.ID, step, time.Time{})) == 0 {
					rt.Fatalf("no ground for %+v of %s in\n%s%s", step, s.ID, p, story)
				}
			}
			for _, hole := range p.Holes {
				if hole.Lot != s.ID && g.Way(s.ID, hole.Lot, time.Time{}) == nil && !contains(g, s.ID, hole.Lot) {
					rt.Fatalf("no way from %s to the hole %+v", s.ID, hole)
				}
			}
		}
	})
}

func contains(g *genealogy.Graph, parent, child supply.LotID) bool {
	for _, c := range g.Contents(parent, time.Time{}) {
		if c == child {
			return true
		}
	}
	return false
}
