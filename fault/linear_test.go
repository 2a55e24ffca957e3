package fault

import (
	"context"
	"math/rand/v2"
	"os"
	"testing"

	"lodestone/ledger"
	"lodestone/store"
	"lodestone/store/mem"
	"lodestone/store/sqlite"
	"lodestone/tlog"
)

const (
	clientDocuments = 60 // that clients capture, many of them twice
	clientRequests  = 60 // of each client
)

// scripts draws what each client asks.
func scripts(rng *rand.Rand, clients int) [][]request {
	out := make([][]request, clients)
	for n := range out {
		for range clientRequests {
			in := request{Kind: []string{"capture", "capture", "read", "size", "find"}[rng.IntN(5)], Doc: byte(rng.IntN(clientDocuments))}
			if in.Kind == "read" {
				in.From = rng.IntN(clientDocuments)
			}
			out[n] = append(out[n], in)
		}
	}
	return out
}

func readDocuments(t *testing.T, paths []string) [][]byte {
	t.Helper()
	var docs [][]byte
	for _, p := range paths {
		doc, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
	}
	return docs
}

func openLedger(t *testing.T, s store.Store) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(context.Background(), s, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func openStore(t *testing.T, path string) store.Store {
	t.Helper()
	s, err := sqlite.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestLinearizable lets clients capture, read, ask the size and look documents up, all at once, and checks by porcupine
// that all they were told fits one order of events: through one ledger, through several in one process, and from several
// processes on one file.
func TestLinearizable(t *testing.T) {
	const clients = 4
	docs := documents(t, clientDocuments, docSize)
	bodies := readDocuments(t, docs)
	cases := []struct {
		name string
		make func(t *testing.T) []client
	}{
		{"one ledger, in memory", func(t *testing.T) (list []client) {
			c := local{openLedger(t, mem.Open()), bodies}
			for range clients {
				list = append(list, c)
			}
			return list
		}},
		{"one ledger, one file", func(t *testing.T) (list []client) {
			c := local{openLedger(t, openStore(t, storePath(t.TempDir()))), bodies}
			for range clients {
				list = append(list, c)
			}
			return list
		}},
		{"ledgers on one file", func(t *testing.T) (list []client) {
			path := storePath(t.TempDir())
			for range clients {
				list = append(list, local{openLedger(t, openStore(t, path)), bodies})
			}
			return list
		}},
		{"processes on one file", func(t *testing.T) (list []client) {
			dir := t.TempDir()
			for range clients {
				r, err := newRemote(dir, docs)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() {
					if err := r.end(); err != nil {
						t.Error(err)
					}
				})
				list = append(list, r)
			}
			return list
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rng := random(t)
			ops := history(t, c.make(t), scripts(rng, clients))
			if len(ops) != clients*clientRequests {
				t.Fatalf("%d operations, want %d", len(ops), clients*clientRequests)
			}
			if !linearizable(t, ops) {
				t.Error("no order of the operations explains what the clients were told")
			}
		})
	}
}

// staleLog is a log whose head is at times the one that was true before.
type staleLog struct {
	store.Log
	last *store.Head
}

// Head implements store.Log, wrongly.
func (l staleLog) Head(ctx context.Context) (store.Head, error) {
	now, err := l.Log.Head(ctx)
	before := *l.last
	*l.last = now
	if before.Root == (tlog.Hash{}) {
		before = now
	}
	return before, err
}

type staleStore struct {
	store.Store
	log store.Log
}

func (s staleStore) Log() store.Log { return s.log }

// TestStaleReadIsSeen proves the check: a log that tells a reader where it stood a moment ago must be found out, and so
// must one that acknowledges what it does not keep.
func TestStaleReadIsSeen(t *testing.T) {
	bodies := readDocuments(t, documents(t, clientDocuments, docSize))
	script := [][]request{{{Kind: "size"}, {Kind: "capture", Doc: 1}, {Kind: "capture", Doc: 2}, {Kind: "read"}, {Kind: "size"}}}
	good := mem.Open()
	if !linearizable(t, history(t, []client{local{openLedger(t, good), bodies}}, script)) {
		t.Fatal("the honest log is not taken for one")
	}
	bad := mem.Open()
	stale := staleStore{bad, staleLog{bad.Log(), new(store.Head)}}
	if linearizable(t, history(t, []client{local{openLedger(t, stale), bodies}}, script)) {
		t.Error("a stale read passes for a true one")
	}
	t.Run("forgetful", func(t *testing.T) {
		c := local{openLedger(t, mem.Open()), bodies}
		if linearizable(t, history(t, []client{forgetful{c}}, script)) {
			t.Error("a capture that was acknowledged and not kept goes unseen")
		}
	})
}

// forgetful says that it captured document 2, and did not.
type forgetful struct{ client }

func (f forgetful) ask(in request) (answer, error) {
	if in.Kind == "capture" && in.Doc == 2 {
		return answer{Added: true, At: 1}, nil
	}
	return f.client.ask(in)
}
