package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"lodestone/record"
	"lodestone/store"
	"lodestone/supply"
	"lodestone/tlog"
)

// MaxProblems is how many problems a Report names; further ones are counted.
const MaxProblems = 1000

// Problem is one thing that is not as it must be.
type Problem struct {
	Seq  int64  // the entry where it shows; 0: the log as a whole, or its index
	What string // in words, with the remedy where there is one
}

// String is the problem with its place.
func (p Problem) String() string {
	if p.Seq == 0 {
		return p.What
	}
	return fmt.Sprintf("entry %d: %s", p.Seq, p.What)
}

// Report is what Fsck found.
type Report struct {
	Size, Events, Statements int64     // entries as the head says; events and statements as read
	Root                     tlog.Hash // recomputed
	Checkpoints              int       // signed checkpoints compared
	Indexed                  int64     // the index was compared up to this entry
	Problems                 []Problem
	More                     int // problems beyond those named
}

// Clean tells whether nothing was wrong.
func (r *Report) Clean() bool { return len(r.Problems) == 0 }

func (r *Report) problem(seq int64, format string, args ...any) {
	if len(r.Problems) == MaxProblems {
		r.More++
		return
	}
	r.Problems = append(r.Problems, Problem{seq, fmt.Sprintf(format, args...)})
}

// Fsck recomputes everything from the raw entries and compares: that positions have no hole and IDs no double, each
// entry's identity and ID, the commitment to it, every node of the Merkle tree, the head, every signed checkpoint and
// its signature, and the index as far as it has followed. It changes nothing. What is wrong stands in the report; the
// error is for a check that could not be made to its end because the context ended. progress may be nil; it is called
// with the entries done and to do.
func (l *Ledger) Fsck(ctx context.Context, progress func(done, of int64)) (Report, error) {
	c := &check{l: l, progress: progress, roots: map[int64]tlog.Hash{}}
	c.checkpoints(ctx)
	c.log(ctx)
	c.compare()
	c.index(ctx)
	if err := ctx.Err(); err != nil {
		return c.rep, fmt.Errorf("check the log: %w", err)
	}
	return c.rep, nil
}

// check is one run of Fsck.
type check struct {
	l        *Ledger
	progress func(done, of int64)
	rep      Report
	signed   []tlog.Checkpoint
	roots    map[int64]tlog.Hash // recomputed, at the sizes that were signed
	tree     tlog.Builder        // over the stored leaves, which are compared with the recomputed
	mark     store.Mark
	wanted   tally // what the index must hold
}

// checked is what the workers find in a page of rows.
type checked struct {
	leaves             []tlog.Hash // recomputed
	events, statements int64
	problems           []Problem
	tally              tally
}

// checkpoints opens the signed checkpoints.
func (c *check) checkpoints(ctx context.Context) {
	all, err := c.l.store.Log().Published(ctx)
	if err != nil {
		c.rep.problem(0, "the signed checkpoints cannot be read: %v", err)
		return
	}
	if len(all) == 0 {
		return
	}
	key, err := c.l.knownKey()
	switch {
	case err != nil:
		c.rep.problem(0, "there are %d signed checkpoints, and the log's key to check them with cannot be used: %v", len(all), err)
		return
	case key == nil:
		c.rep.problem(0, "there are %d signed checkpoints, and the log's key to check them with is missing: put it back at %q", len(all), c.l.path)
		return
	}
	for _, s := range all {
		o, err := tlog.OpenCheckpoint(s.Note, key.Verifier())
		if err == nil && o.Size != s.Size {
			err = fmt.Errorf("it is signed for %d entries", o.Size)
		}
		if err != nil {
			c.rep.problem(0, "the checkpoint kept for %d entries is not the log's: %v", s.Size, err)
			continue
		}
		c.signed = append(c.signed, o)
		c.roots[o.Size] = tlog.Hash{}
	}
	c.rep.Checkpoints = len(c.signed)
}

// log reads every row and compares it with the tree.
func (c *check) log(ctx context.Context) {
	// The mark is read before the head: an index that follows meanwhile is not ahead.
	mark, markErr := c.l.store.Index().Mark(ctx)
	head, err := c.l.store.Log().Head(ctx)
	if err != nil {
		c.rep.problem(0, "the head cannot be read: %v", err)
		return
	}
	c.rep.Size = head.Size
	if c.mark = mark; markErr != nil {
		c.rep.problem(0, "the index's mark cannot be read: %v: rebuild", markErr)
	}
	c.passed()
	for p := range c.l.pages(ctx, 1, head.Size, func(p page) page { return checkPage(p, c.mark.Seq) }) {
		if p.err != nil {
			c.rep.problem(c.tree.Size()+1, "the log cannot be read from here on: %v: restore it from a copy", p.err)
			break
		}
		c.page(ctx, p)
		if c.progress != nil {
			c.progress(c.tree.Size(), head.Size)
		}
	}
	c.rep.Root = c.tree.Root()
	if c.tree.Size() != head.Size {
		return
	}
	if c.rep.Root != head.Root {
		c.rep.problem(0, "the head's root at %d entries is %s, recomputed it is %s", head.Size, head.Root, c.rep.Root)
	}
	// Another process may have appended since: only rows that no head accounts for are wrong.
	if rest, err := c.l.store.Log().Read(ctx, head.Size+1, 1); err == nil && len(rest) > 0 {
		if now, err := c.l.store.Log().Head(ctx); err == nil && now.Size == head.Size {
			c.rep.problem(head.Size+1, "stands after the end that the head names")
		}
	}
}

// page compares what was recomputed with the tree and the look-up of IDs.
func (c *check) page(ctx context.Context, p page) {
	c.rep.Events += p.checked.events
	c.rep.Statements += p.checked.statements
	c.wanted.merge(p.checked.tally)
	for _, found := range p.checked.problems {
		c.rep.problem(found.Seq, "%s", found.What)
	}
	ids := make([]record.ID, len(p.rows))
	for i := range p.rows {
		ids[i] = p.rows[i].ID
	}
	if at, err := c.l.store.Log().Positions(ctx, ids); err != nil {
		c.rep.problem(p.rows[0].Seq, "the look-up of entries by ID does not work: %v", err)
	} else {
		for i := range at {
			if at[i] != p.rows[i].Seq {
				c.rep.problem(p.rows[i].Seq, "its ID is found at %d: an entry stands twice, or the look-up is damaged", at[i])
			}
		}
	}
	first := tlog.NodeCount(c.tree.Size())
	numbers := make([]int64, tlog.NodeCount(c.tree.Size()+int64(len(p.rows)))-first)
	for i := range numbers {
		numbers[i] = first + int64(i)
	}
	stored, err := c.l.store.Log().Nodes(ctx, numbers)
	if err != nil {
		c.rep.problem(p.rows[0].Seq, "the tree's nodes cannot be read: %v", err)
		stored = make([]tlog.Hash, len(numbers))
	}
	var nodes []tlog.Hash
	for i, leaf := range p.checked.leaves {
		if err == nil && leaf != stored[0] {
			c.rep.problem(p.rows[i].Seq, "is not what was committed to: its salt, kind, time of receipt, author or body was changed, or the leaf")
		}
		nodes = c.tree.Add(nodes[:0], stored[0])
		for level := 1; level < len(nodes); level++ {
			if err == nil && nodes[level] != stored[level] {
				c.rep.problem(p.rows[i].Seq, "the tree's node %d above it is %s, recomputed it is %s", numbers[level], stored[level], nodes[level])
			}
		}
		stored, numbers = stored[len(nodes):], numbers[len(nodes):]
		c.passed()
	}
}

// passed notes the root where something was signed.
func (c *check) passed() {
	if _, wanted := c.roots[c.tree.Size()]; wanted {
		c.roots[c.tree.Size()] = c.tree.Root()
	}
}

// compare compares the signed checkpoints with the recomputed roots.
func (c *check) compare() {
	for _, s := range c.signed {
		switch {
		case s.Size > c.rep.Size:
			c.rep.problem(0, "the log was signed at %d entries and has %d: entries were taken away", s.Size, c.rep.Size)
		case s.Size <= c.tree.Size() && c.roots[s.Size] != s.Root:
			c.rep.problem(0, "the log was signed at %d entries with the root %s, recomputed it is %s: history was changed", s.Size, s.Root, c.roots[s.Size])
		}
	}
}

// checkPage recomputes what belongs to each row. Of rows up to mark it tallies what the index must hold.
func checkPage(p page, mark int64) page {
	if p.err != nil {
		return p
	}
	var buf []byte
	k := &p.checked
	for i := range p.rows {
		r := &p.rows[i]
		e := closedEntry(r)
		buf = record.AppendCommitted(buf[:0], e)
		k.leaves = append(k.leaves, tlog.Leaf(r.Salt, buf))
		if err := e.Open(); err != nil {
			k.problems = append(k.problems, Problem{r.Seq, err.Error()})
			continue
		}
		if err := e.Identify(); err != nil {
			k.problems = append(k.problems, Problem{r.Seq, err.Error()})
			continue
		}
		if e.ID != r.ID {
			k.problems = append(k.problems, Problem{r.Seq, fmt.Sprintf("its ID is kept as %s, recomputed it is %s", r.ID, e.ID)})
		}
		if record.ID(e.EventID) != r.Identity {
			k.problems = append(k.problems, Problem{r.Seq, fmt.Sprintf("its event's identity is kept as %s, recomputed it is %s", r.Identity, e.EventID)})
		}
		if e.Kind == record.Event {
			k.events++
		} else {
			k.statements++
			if again, err := supply.Encode(e.Claim); err != nil || !bytes.Equal(again, e.Body) {
				k.problems = append(k.problems, Problem{r.Seq, "its statement is not in canonical form"})
			}
		}
		if r.Seq <= mark {
			k.tally.mention(mentionOf(e))
		}
	}
	return p
}

// index compares what the index holds with what it must hold.
func (c *check) index(ctx context.Context) {
	if c.tree.Size() != c.rep.Size {
		return // the log could not be read to its end
	}
	if ours, err := c.l.isOurs(ctx, c.mark, c.rep.Size); err != nil || !ours {
		c.rep.problem(0, "the index stands at entry %d of another log or of one that was changed: rebuild", c.mark.Seq)
		return
	}
	var held tally
	if err := c.l.store.Index().Scan(ctx, held.name, held.moment); err != nil {
		c.rep.problem(0, "the index cannot be read: %v: rebuild", err)
		return
	}
	if now, err := c.l.store.Index().Mark(ctx); err != nil || now != c.mark {
		return // it was moved by another meanwhile: nothing can be said
	}
	if held != c.wanted {
		c.rep.problem(0, "the index at entry %d holds %d mentions and %d times, recomputed there are %d and %d, or others: rebuild",
			c.mark.Seq, held.names, held.moments, c.wanted.names, c.wanted.moments)
	}
	c.rep.Indexed = c.mark.Seq
}

// tally sums what an index holds so that two can be compared whatever their order: counts, and sums of hashes.
type tally struct {
	names, moments int64
	sum            [2]uint64
}

func (t *tally) name(seq int64, name string) {
	t.names++
	t.item('n', seq, []byte(name))
}

func (t *tally) moment(m store.Moment) {
	t.moments++
	t.item('t', m.Seq, binary.BigEndian.AppendUint64(nil, uint64(m.At)))
}

func (t *tally) item(kind byte, seq int64, content []byte) {
	b := make([]byte, 0, 128)
	b = append(binary.BigEndian.AppendUint64(append(b, kind), uint64(seq)), content...)
	h := sha256.Sum256(b)
	t.sum[0] += binary.BigEndian.Uint64(h[:])
	t.sum[1] += binary.BigEndian.Uint64(h[8:])
}

func (t *tally) mention(m store.Mention) {
	for _, n := range m.Names {
		t.name(m.Seq, n)
	}
	if m.Timed {
		t.moment(store.Moment{At: m.At, Seq: m.Seq})
	}
}

func (t *tally) merge(o tally) {
	t.names += o.names
	t.moments += o.moments
	for i := range t.sum {
		t.sum[i] += o.sum[i]
	}
}
