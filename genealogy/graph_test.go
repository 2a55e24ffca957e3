package genealogy_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"lodestone/genealogy"
	"lodestone/record"
	"lodestone/supply"
)

func TestApplyRefuses(t *testing.T) {
	g := genealogy.New()
	for _, e := range []record.Entry{{}, {Kind: record.Event}, {Kind: record.Statement}} {
		if err := g.Apply(e); err == nil || !strings.Contains(err.Error(), "no content") {
			t.Errorf("%+v: %v", e, err)
		}
	}
	if g.Position() != 0 || len(g.Lots("")) != 0 {
		t.Error("a refused entry changed something")
	}
}

func TestPositionIsTheHighest(t *testing.T) {
	h := parseHistory(t, "by a\nadd at=2025-01-01 phase=mined : o 1kg\nadd at=2025-01-02 phase=mined : p 1kg")
	g := genealogy.New()
	for _, seq := range []int64{7, 3, 9} {
		e := h.entries[seq%2]
		e.Seq = seq
		if err := g.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	if g.Position() != 9 {
		t.Errorf("position %d, want 9", g.Position())
	}
}

func TestTraceUnknownAndDepth(t *testing.T) {
	h := parseHistory(t, "by a\nadd at=2025-01-01 phase=mined : o 9kg\nx at=2025-01-02 phase=melted : o 9kg -> m 9kg\nx at=2025-01-03 phase=sintered : m 9kg -> s 9kg")
	g := build(t, h.entries, false)
	if _, err := g.Trace("urn:t:nowhere", genealogy.TraceOptions{}); err == nil {
		t.Error("a lot that no entry names is traced")
	}
	tr, err := g.Trace("urn:t:s", genealogy.TraceOptions{Depth: 1})
	if err != nil || len(tr.Nodes) != 2 || !tr.Truncated {
		t.Errorf("depth 1: %+v %v", tr, err)
	}
	tr, err = g.Trace("urn:t:s", genealogy.TraceOptions{Depth: 2})
	if err != nil || len(tr.Nodes) != 3 || tr.Truncated {
		t.Errorf("depth 2: %+v %v", tr, err)
	}
}

// TestExamples: a lot made of very many lots without origin names the first of them and says that there are more.
func TestExamples(t *testing.T) {
	var b strings.Builder
	b.WriteString("by a\nx at=2025-01-02 phase=melted : ")
	for i := range 3 * genealogy.Examples {
		if i > 0 {
			b.WriteString(" + ")
		}
		fmt.Fprintf(&b, "l%03d 1kg", i)
	}
	b.WriteString(" -> m 1kg\nx at=2025-01-03 phase=sintered : m 1kg -> s 1kg")
	h := parseHistory(t, b.String())
	p, _ := build(t, h.entries, false).Profile("urn:t:s", time.Time{})
	if len(p.Holes) != genealogy.Examples || !p.More || p.Holes[0].Lot != "urn:t:l000" || p.Complete() {
		t.Errorf("%d holes, more %v: %v", len(p.Holes), p.More, p)
	}
	permute(t, h.entries, text(t, build(t, h.entries, false)))
}

// TestReadersWhileApplying: readers see the graph as after some whole entry.
func TestReadersWhileApplying(t *testing.T) {
	var b strings.Builder
	b.WriteString("by a\nadd at=2025-01-01 phase=mined : l0 100kg\n")
	const n = 60
	for i := range n {
		fmt.Fprintf(&b, "x at=2025-02-%02d phase=melted : l%d 1kg -> l%d 1kg\n", i%28+1, i, i+1)
	}
	h := parseHistory(t, b.String())
	g := genealogy.New()
	var wg sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				before := g.Position()
				lots := g.Lots("")
				if int64(len(lots)) < before {
					t.Errorf("%d lots after %d entries", len(lots), before)
					return
				}
				for _, s := range lots {
					if p, ok := g.Profile(s.ID, time.Time{}); !ok || len(p.Holes) > 0 {
						t.Errorf("%s: half a graph: %v", s.ID, p)
						return
					}
					g.Lineage(s.ID, false)
				}
				g.Flags()
				g.Register().Clashes()
			}
		})
	}
	for i, e := range h.entries {
		e.Seq = int64(i + 1)
		if err := g.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	wg.Wait()
	if got := len(g.Lineage(supply.LotID(fmt.Sprintf("urn:t:l%d", n)), false)); got != n {
		t.Errorf("%d ancestors, want %d", got, n)
	}
}
