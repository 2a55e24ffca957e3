package ledger

import (
	"context"
	"strings"

	"lodestone/record"
	"lodestone/store"
)

// batch is rows to be appended, and of each what the index keeps, whose position is not known yet.
type batch struct {
	rows     []store.Row
	mentions []store.Mention
}

// add puts other rows after these.
func (b *batch) add(o batch) {
	b.rows = append(b.rows, o.rows...)
	b.mentions = append(b.mentions, o.mentions...)
}

// take takes the first n rows away, or all.
func (b *batch) take(n int) batch {
	n = min(n, len(b.rows))
	first := batch{b.rows[:n:n], b.mentions[:n:n]}
	b.rows, b.mentions = b.rows[n:], b.mentions[n:]
	return first
}

// mentionOf is what the index keeps of an entry. The names are copied, since each is a part of the event's whole text.
func mentionOf(e record.Entry) store.Mention {
	m := store.Mention{Seq: e.Seq, Names: record.Mentions(e)}
	all := strings.Join(m.Names, "")
	for i, n := range m.Names {
		m.Names[i], all = all[:len(n)], all[len(n):]
	}
	if e.Event != nil {
		m.At, m.Timed = e.Event.Time.UnixMilli(), true
	}
	return m
}

// growth is what one append put into the log, as the index takes it.
type growth struct {
	mentions []store.Mention // of the last entries of the log
	to       store.Mark      // where the log stood then
}

// grown is what an append of b, which set the positions, put into the log. Of a row that was there already nothing counts,
// since the same entry may come with its names in another spelling: one that stands earlier in this batch, too.
func (b batch) grown(res Result, to store.Mark) growth {
	g := growth{make([]store.Mention, 0, res.Added), to}
	for i := range b.rows {
		if next := res.First + int64(len(g.mentions)); b.rows[i].Seq == next {
			m := b.mentions[i]
			m.Seq = next
			g.mentions = append(g.mentions, m)
		}
	}
	return g
}

// feeder lets the index follow what this process appends without reading it back, as long as it is in step: its mark is a
// place of this log, and each append begins where the one before it ended. Otherwise, after the append of another process,
// another follower, or an error of the index, it gives up, and CatchUp does the rest when somebody asks. So what feeders
// put into an index is what CatchUp would have put there, and an append never fails for the index's sake.
type feeder struct {
	l        *Ledger
	begun    bool
	given    bool            // up
	from, at store.Mark      // where the index stands, and where it will with what is held
	held     []store.Mention // not in the index yet
}

// run feeds what comes, until no more does.
func (f *feeder) run(ctx context.Context, grown <-chan growth) {
	for g := range grown {
		f.take(ctx, g)
	}
	f.apply(ctx)
}

// take takes what is in the log for good since a moment ago, and applies it when it is much.
func (f *feeder) take(ctx context.Context, g growth) {
	if !f.begun {
		f.begun, f.given = true, !f.begin(ctx, g.to.Seq)
	}
	if f.given {
		return
	}
	if g.to.Seq-int64(len(g.mentions)) != f.at.Seq {
		f.apply(ctx)
		f.given = true
		return
	}
	f.held, f.at = append(f.held, g.mentions...), g.to
	if len(f.held) >= followAtOnce {
		f.apply(ctx)
	}
}

// begin looks where the index stands, and whether it is one of this log, which has size entries or more.
func (f *feeder) begin(ctx context.Context, size int64) bool {
	mark, err := f.l.store.Index().Mark(ctx)
	if err != nil {
		return false
	}
	f.from, f.at = mark, mark
	ours, err := f.l.isOurs(ctx, mark, size)
	return ours && err == nil
}

// apply puts what is held into the index.
func (f *feeder) apply(ctx context.Context) {
	if f.given || len(f.held) == 0 {
		return
	}
	f.given = f.l.store.Index().Apply(ctx, f.from, f.at, f.held) != nil
	f.from, f.held = f.at, f.held[:0]
}
