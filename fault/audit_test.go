package fault

import (
	"context"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lodestone/ledger"
	"lodestone/store/sqlite"
)

// told is what runs have said of documents, by their numbers.
type told struct {
	kept    map[int]bool    // acknowledged: durable, whatever comes
	refused map[int]bool    // named in an error that says that nothing was kept
	unsure  map[int]bool    // named in an error that says that only a look can tell
	heads   map[string]bool // signatures of heads given out; a log that has not grown gives the same one again
}

func newTold() told { return told{map[int]bool{}, map[int]bool{}, map[int]bool{}, map[string]bool{}} }

var (
	keptLine  = regexp.MustCompile(`(?m)^\S*d(\d{3})\.json: .* there already$`)
	signature = regexp.MustCompile(`(?m)^— .*$`)
	errorLine = regexp.MustCompile(`(?m)^\S*d(\d{3})\.json: (.*)$`)
)

// hear adds what a run said. A document that one run refused may be kept by a later one.
func (s *told) hear(o outcome) {
	for _, m := range keptLine.FindAllStringSubmatch(o.out, -1) {
		s.kept[number(m[1])] = true
	}
	for _, line := range signature.FindAllString(o.out, -1) {
		s.heads[line] = true
	}
	for _, m := range errorLine.FindAllStringSubmatch(o.err, -1) {
		switch {
		case strings.HasPrefix(m[2], "note: "):
		case strings.Contains(m[2], "may or may not have been kept"):
			s.unsure[number(m[1])] = true
		default:
			s.refused[number(m[1])] = true
		}
	}
}

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		panic(err) // the expressions give digits only
	}
	return n
}

// audit holds a store against what was told: documents of size events each. It gives what is wrong; nothing is well.
func audit(t *testing.T, program, dir string, s told, size int) []string {
	t.Helper()
	var wrong []string
	if _, err := os.Stat(storePath(dir)); err != nil {
		if len(s.kept) > 0 {
			wrong = append(wrong, fmt.Sprintf("documents %v were acknowledged, and there is no store: %v", list(s.kept), err))
		}
		return wrong
	}
	c, o, ok := fsck(t, program, dir)
	if !ok {
		return append(wrong, fmt.Sprintf("fsck cannot be made (exit code %d): %s", o.code, o.err))
	}
	for _, f := range c.Faults {
		wrong = append(wrong, fmt.Sprintf("fsck, entry %d: %s", f.Entry, f.What))
	}
	if !c.Sound && len(c.Faults) == 0 {
		wrong = append(wrong, "fsck says it is not sound, and not why")
	}
	if c.Checkpoints < len(s.heads) {
		wrong = append(wrong, fmt.Sprintf("%d signed heads were given out, %d are kept", len(s.heads), c.Checkpoints))
	}
	wrong = append(wrong, snapshot(t, program, dir)...)
	held, err := holds(dir)
	if err != nil {
		return append(wrong, err.Error())
	}
	for d := range s.kept {
		if held[d] != size {
			wrong = append(wrong, fmt.Sprintf("document %d was acknowledged, %d of its %d events are there", d, held[d], size))
		}
	}
	for d := range held {
		switch {
		case s.kept[d]:
		case size > ledger.BatchSize && held[d]%ledger.BatchSize == 0: // a large document is kept batch by batch, as it says
		case s.refused[d]:
			wrong = append(wrong, fmt.Sprintf("document %d was refused, %d of its events are there", d, held[d]))
		case held[d] != size:
			wrong = append(wrong, fmt.Sprintf("document %d is there in part: %d of %d events", d, held[d], size))
		}
	}
	slices.Sort(wrong)
	return wrong
}

// snapshot asks a question twice, where a snapshot of the lots was left: from it, and from the log alone.
func snapshot(t *testing.T, program, dir string) (wrong []string) {
	t.Helper()
	path := ledger.LotsPath(storePath(dir))
	if _, err := os.Stat(path); err != nil {
		return nil
	}
	ask := func() string {
		o := plain(t, program, "lots", "--json", "--store", "sqlite:"+storePath(dir))
		if o.code != 0 {
			wrong = append(wrong, fmt.Sprintf("lots ends with %d beside a snapshot: %s", o.code, o.err))
		}
		return o.out
	}
	with := ask()
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) { // the program throws a bad one away
		return append(wrong, err.Error())
	}
	if without := ask(); with != without {
		wrong = append(wrong, "the lots from the snapshot differ from those of the log")
	}
	return wrong
}

func list(set map[int]bool) []int { return slices.Sorted(maps.Keys(set)) }

// holds counts the events of each document in the store.
func holds(dir string) (map[int]int, error) {
	ctx := context.Background()
	s, err := sqlite.Open(ctx, storePath(dir))
	if err != nil {
		return nil, err
	}
	defer s.Close()
	l, err := ledger.Open(ctx, s, ledger.Options{KeyPath: ledger.KeyPath(storePath(dir))})
	if err != nil {
		return nil, err
	}
	held := map[int]int{}
	seen := map[string]bool{}
	for e, err := range l.Entries(ctx, 1) {
		if err != nil {
			return nil, err
		}
		d, _, err := eventPlace(e.Event.ID)
		if err != nil || seen[e.Event.ID] {
			return nil, fmt.Errorf("entry %d is event %s, a stranger or there twice", e.Seq, e.Event.ID)
		}
		seen[e.Event.ID] = true
		held[d]++
	}
	return held, nil
}

// complete captures all documents again, without a fault, and gives what is wrong then.
func complete(t *testing.T, program, dir string, docs []string, s told, size int) []string {
	t.Helper()
	o := plain(t, captureArgs(program, dir, docs)...)
	if o.code != 0 {
		return []string{fmt.Sprintf("capturing again after the fault fails (%d): %s", o.code, o.err)}
	}
	again := newTold()
	again.hear(o)
	again.heads = s.heads
	var wrong []string
	if len(again.kept) != len(docs) {
		wrong = append(wrong, fmt.Sprintf("capturing again acknowledged %d of %d documents", len(again.kept), len(docs)))
	}
	return append(wrong, audit(t, program, dir, again, size)...)
}
