package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"lodestone/demo"
	"lodestone/epcis"
	"lodestone/ledger"
	"lodestone/record"
	"lodestone/sim"
	"lodestone/store/mem"
	"lodestone/store/sqlite"
	"lodestone/supply"
)

// ask runs a command line in this process: what it prints, beside that its notes, and its error if it does not answer. An exit
// status with an answer is no error.
func ask(t *testing.T, args ...string) (out, notes string, err error) {
	t.Helper()
	root := rootCommand()
	var o, n bytes.Buffer
	root.SetOut(&o)
	root.SetErr(&n)
	root.SetArgs(args)
	err = root.ExecuteContext(context.Background())
	if exit := (exitError{}); errors.As(err, &exit) && exit.err == nil {
		fmt.Fprintln(&n, "exit", exit.code)
		err = nil
	}
	return o.String(), n.String(), err
}

// told is all that a command says, with the moment of printing left out.
func told(t *testing.T, args ...string) string {
	t.Helper()
	out, notes, err := ask(t, args...)
	if err != nil {
		notes += err.Error()
	}
	return regexp.MustCompile(`"creationDate":"[^"]*"`).ReplaceAllString(out, "") + notes
}

// world is a record as it came, entry by entry, a second apart, and lots of it.
type world struct {
	name    string
	entries []record.Entry
	lots    []supply.LotID
}

var firstEntry = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

// simulated is a world with late, wrong, voided and repeated events.
func simulated(t *testing.T, seed uint64) *world {
	t.Helper()
	w, err := sim.New(sim.Config{Lots: 110, Theft: 0.1, Wrong: 0.3, Late: 0.3, Double: 0.1}, rand.New(rand.NewPCG(seed, 0)))
	if err != nil {
		t.Fatal(err)
	}
	x := &world{name: fmt.Sprintf("seed %d", seed)}
	for _, s := range sim.Statements() {
		x.add(t, sim.Sender, nil, &s)
	}
	for o := range w.Run() {
		if o.Event != nil {
			x.add(t, o.By, o.Event, nil)
		}
		for _, m := range o.Made {
			x.lots = append(x.lots, m.Lot)
		}
	}
	return x
}

// demonstrated is the demonstration's record, whose magnets get every kind of verdict and so every kind of paper.
func demonstrated(t *testing.T) *world {
	t.Helper()
	x := &world{name: "demo"}
	for _, s := range demo.MasterData() {
		x.add(t, demo.Author, nil, &s)
	}
	docs, err := demo.Documents()
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(context.Background(), mem.Open(), ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if _, err := l.Capture(context.Background(), bytes.NewReader(d.Data), ledger.CaptureOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	for e, err := range l.Entries(context.Background(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		x.add(t, e.Author, e.Event, e.Claim)
	}
	for _, q := range demo.Questions() {
		x.lots = append(x.lots, q.Lot)
	}
	return x
}

// add puts one entry to the world; one that is told twice is one.
func (x *world) add(t *testing.T, by supply.PartyID, ev *epcis.Event, s *supply.Statement) {
	t.Helper()
	at := firstEntry.Add(time.Duration(len(x.entries)) * time.Second)
	e, err := record.NewStatement(by, at, s)
	if ev != nil {
		e, err = record.NewEvent(by, at, ev)
	}
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(x.entries, func(o record.Entry) bool { return o.ID == e.ID }) {
		x.entries = append(x.entries, e)
	}
}

// store is a store of the world's first n entries. All of one world have one key, and salts alike, so that their trees are
// alike too.
func (x *world) store(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.db")
	s, err := sqlite.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(context.Background(), s, ledger.Options{KeyPath: ledger.KeyPath(path), Lots: ledger.LotsPath(path), Rand: rand.NewChaCha8([32]byte{})})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Key(); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(context.Background(), x.entries[:n]); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

// TestAsOfIsThatDay: what any question is told as of a position, or of a time of receipt, is what a store that held only the
// entries up to there tells, to the root of its tree: with a snapshot of the later log lying there and without.
func TestAsOfIsThatDay(t *testing.T) {
	for _, x := range []*world{simulated(t, 0), demonstrated(t)} {
		whole := x.store(t, len(x.entries))
		rng := rand.New(rand.NewPCG(0, 2))
		from := len(x.entries) / 4
		for round := range 2 {
			n, lots := len(x.entries)-1-round, x.lots
			if x.name != "demo" {
				n = from + rng.IntN(len(x.entries)-from-1)
				lots = lots[:n/4]
			}
			if round == 1 { // from here on a snapshot of all of it lies there
				if out := told(t, "rebuild", "--store", whole); !strings.HasPrefix(out, "rebuilt") {
					t.Fatal(out)
				}
			}
			part := x.store(t, n)
			i := rng.IntN(len(lots))
			for k, q := range askedOf(t, lots[i], lots[(i+1+rng.IntN(len(lots)-1))%len(lots)]) {
				if x.name != "demo" && (k/2+round)%2 == 0 { // half of them a round
					continue
				}
				want := told(t, append(q, "--store", part)...)
				seen := strconv.Itoa(n)
				if (k+round)%2 == 0 {
					seen = firstEntry.Add(time.Duration(n-1) * time.Second).Format(time.RFC3339)
				}
				if got := told(t, append(q, "--store", whole, "--as-of", seen)...); got != want {
					t.Errorf("%s, %s as of %s:\n%.1500s\na store of %d entries tells:\n%.1500s", x.name, strings.Join(q, " "), seen, got, n, want)
				}
			}
		}
	}
}
