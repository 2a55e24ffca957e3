package genealogy_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"

	"lodestone/genealogy"
	"lodestone/record"
	"lodestone/sim"
)

// saved is a graph's snapshot.
func saved(t testing.TB, g *genealogy.Graph) []byte {
	t.Helper()
	var b bytes.Buffer
	m, err := g.Save(&b, genealogy.Mark{Latest: 7, Program: [32]byte{8}}, func(at int64) ([32]byte, error) { return [32]byte{byte(at)}, nil })
	if err != nil {
		t.Fatal(err)
	}
	if m.Position != g.Position() || m.Root != ([32]byte{byte(m.Position)}) {
		t.Fatalf("saved at %+v, the graph stands at %d", m, g.Position())
	}
	return b.Bytes()
}

// reloaded is the graph of a snapshot of g.
func reloaded(t testing.TB, g *genealogy.Graph) *genealogy.Graph {
	t.Helper()
	b := saved(t, g)
	h, m, err := genealogy.Load(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if m.Position != g.Position() || h.Position() != g.Position() || m.Latest != 7 || m.Program != ([32]byte{8}) {
		t.Fatalf("loaded at %+v, position %d, want %d", m, h.Position(), g.Position())
	}
	return h
}

// worldEntries is everything that is told of a world, as entries.
func worldEntries(t testing.TB, cfg sim.Config, seed uint64) []record.Entry {
	t.Helper()
	w, err := sim.New(cfg, rand.New(rand.NewPCG(seed, 0)))
	if err != nil {
		t.Fatal(err)
	}
	var list []record.Entry
	add := func(e record.Entry, err error) {
		if err != nil {
			t.Fatal(err)
		}
		e.Seq = int64(len(list) + 1)
		list = append(list, e)
	}
	for _, s := range sim.Statements() {
		add(record.NewStatement(sim.Sender, at(when), &s))
	}
	for o := range w.Run() {
		if o.Event != nil {
			add(record.NewEvent(o.By, at(when), o.Event))
		}
	}
	return list
}

// TestSnapshotIsTheGraph: a graph that was saved and loaded, at any place and more than once, and then applied the rest of
// a world with trouble to, is the graph of the whole world: with events that come late, twice, wrong and corrected.
func TestSnapshotIsTheGraph(t *testing.T) {
	for seed := range uint64(6) {
		all := worldEntries(t, sim.Config{Lots: 400, Theft: 0.1, Wrong: 0.2, Late: 0.3, Double: 0.1, Missing: 0.05}, seed)
		rng := rand.New(rand.NewPCG(seed, 1))
		if seed%2 == 1 {
			rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		}
		want := build(t, all, false).Fingerprint()
		for range 4 {
			g := genealogy.New()
			for i, e := range all {
				if rng.IntN(len(all)/3) == 0 {
					before := g.Fingerprint()
					if g = reloaded(t, g); g.Fingerprint() != before {
						t.Fatalf("seed %d: loaded after %d entries it is another graph", seed, i)
					}
				}
				e.Seq = int64(i + 1)
				if err := g.Apply(e); err != nil {
					t.Fatal(err)
				}
			}
			if g.Fingerprint() != want {
				t.Fatalf("seed %d: it came to another graph", seed)
			}
		}
	}
}

// TestSnapshotOfNothing: an empty graph, and one of which nothing stands.
func TestSnapshotOfNothing(t *testing.T) {
	g := reloaded(t, genealogy.New())
	if len(g.Lots("")) != 0 {
		t.Error("an empty graph comes back with lots")
	}
	h := parseHistory(t, "by a\n@e add id=e at=2025-01-01 phase=mined : o 1kg\nvoid @e")
	for i, e := range h.entries {
		e.Seq = int64(i + 1)
		if err := g.Apply(e); err != nil {
			t.Fatal(err)
		}
		g = reloaded(t, g)
	}
	if got, want := text(t, g), text(t, build(t, h.entries, false)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSnapshotBytes: equal graphs are saved in equal bytes, and saving changes nothing.
func TestSnapshotBytes(t *testing.T) {
	all := worldEntries(t, sim.Config{Lots: 300, Wrong: 0.2, Late: 0.2, Double: 0.1}, 3)
	g := build(t, all, false)
	first := saved(t, g)
	if !bytes.Equal(first, saved(t, g)) {
		t.Error("saved twice it is two snapshots")
	}
	if h := reloaded(t, g); !bytes.Equal(first, saved(t, h)) {
		t.Error("what was loaded is saved as another snapshot")
	}
}

// TestSnapshotDamaged: one bit flipped anywhere, cut anywhere, or longer: it is refused.
func TestSnapshotDamaged(t *testing.T) {
	all := worldEntries(t, sim.Config{Lots: 60, Wrong: 0.2}, 5)
	good := saved(t, build(t, all, false))
	refused := func(what string, at int, b []byte) {
		t.Helper()
		if _, _, err := genealogy.Load(bytes.NewReader(b), int64(len(b))); !errors.Is(err, genealogy.ErrSnapshot) {
			t.Errorf("%s at %d of %d: %v", what, at, len(good), err)
		}
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for i := range 600 {
		at := i // the whole head, then anywhere
		if i >= 340 {
			at = rng.IntN(len(good))
		}
		b := bytes.Clone(good)
		b[at] ^= 1 << rng.IntN(8)
		refused("a bit flipped", at, b)
		refused("cut", at, good[:at])
	}
	refused("a byte more", len(good), append(bytes.Clone(good), 0))
	refused("twice", len(good), append(bytes.Clone(good), good...))
	refused("nothing", 0, nil)
}

// FuzzLoad: whatever is loaded, the loader does not panic, and what it takes is the graph that was saved.
func FuzzLoad(f *testing.F) {
	var want []string
	for seed := range uint64(2) {
		g := build(f, worldEntries(f, sim.Config{Lots: 20, Wrong: 0.3, Double: 0.2}, seed), false)
		want = append(want, g.Fingerprint())
		f.Add(saved(f, g))
	}
	f.Add([]byte("lodestone lots\x00\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		g, _, err := genealogy.Load(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			if !errors.Is(err, genealogy.ErrSnapshot) {
				t.Fatalf("refused with %v", err)
			}
			return
		}
		if got := g.Fingerprint(); got != want[0] && got != want[1] {
			t.Fatal("a graph that nobody saved")
		}
	})
}
