package genealogy_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"lodestone/genealogy"
	"lodestone/record"
	"lodestone/supply"
)

// chain is a lot l0 that is mined, and n lots each made of the one before.
func chain(t testing.TB, n int) []record.Entry {
	t.Helper()
	var b strings.Builder
	b.WriteString("by a\nadd at=2025-01-01 phase=mined : l0 100kg\n")
	for i := range n {
		fmt.Fprintf(&b, "x at=2025-02-%02d phase=melted : l%d 1kg -> l%d 1kg\n", i%28+1, i, i+1)
	}
	entries := parseHistory(t, b.String()).entries
	for i := range entries {
		entries[i].Seq = int64(i + 1)
	}
	return entries
}

// TestHold: while a graph is held it stays where it is, in every answer, and Apply does not wait for whoever holds it.
func TestHold(t *testing.T) {
	entries := chain(t, 40)
	g := build(t, entries[:21], false)
	before := g.Fingerprint()
	at, release := g.Hold()
	_, releaseToo := g.Hold()
	for _, e := range entries[21:] { // would hang, did it wait
		if err := g.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	if at != 21 || g.Position() != 21 || len(g.Lots("")) != 21 || g.Fingerprint() != before {
		t.Errorf("held at %d, it stands at %d with %d lots", at, g.Position(), len(g.Lots("")))
	}
	release()
	release() // once is enough, whoever else holds it
	if g.Position() != 21 {
		t.Error("released by one, while another still holds it")
	}
	releaseToo()
	if g.Position() != 41 || g.Fingerprint() != build(t, entries, false).Fingerprint() {
		t.Errorf("released, it stands at %d", g.Position())
	}
}

// TestReadersNeverStopTheWriter: while readers read without a pause, what is applied is taken in, and each answer is of one
// position: so many lots as entries.
func TestReadersNeverStopTheWriter(t *testing.T) {
	const n = 300
	entries := chain(t, n)
	g := genealogy.New()
	if err := g.Apply(entries[0]); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for last := int64(0); ; {
				select {
				case <-done:
					return
				default:
				}
				at, release := g.Hold()
				lots := g.Lots("")
				tr, err := g.Trace("urn:t:l0", genealogy.TraceOptions{Down: true})
				if err != nil || int64(len(lots)) != at || int64(len(tr.Nodes)) != at || g.Position() != at || at < last {
					t.Errorf("held at %d after %d: %d lots, %d in the trace, %v", at, last, len(lots), len(tr.Nodes), err)
				}
				last = at
				release()
				g.Lineage("urn:t:l0", true)
			}
		})
	}
	for _, e := range entries[1:] {
		if err := g.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	wg.Wait()
	if got := len(g.Lineage(supply.LotID("urn:t:l0"), true)); got != n {
		t.Errorf("%d lots made of it, want %d", got, n)
	}
}

// TestHoldLetsEntriesIn: where very much waits, a new Hold lets it in first, so that holds that overlap without end do not
// keep the graph behind.
func TestHoldLetsEntriesIn(t *testing.T) {
	entries := chain(t, 5000)
	g := build(t, entries[:1], false)
	_, release := g.Hold()
	for _, e := range entries[1:] {
		if err := g.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	got := make(chan int64)
	go func() {
		at, release := g.Hold()
		release()
		got <- at
	}()
	if at := g.Position(); at != 1 {
		t.Errorf("held, it stands at %d", at)
	}
	release()
	if at := <-got; at != 5001 {
		t.Errorf("the next hold is at %d", at)
	}
}
