package ledger

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lodestone/genealogy"
	"lodestone/store"
	"lodestone/tlog"
)

// LotsPath is where the snapshot of the lots of the log at path stands: beside it, "x.db" has "x.lots".
func LotsPath(path string) string { return strings.TrimSuffix(path, filepath.Ext(path)) + ".lots" }

// Reading is how a graph was come by.
type Reading struct {
	From    int64 // the position of the snapshot it was begun from; 0 for none
	Read    int64 // entries read from the log
	Refused error // why a snapshot that is there was not used; nil when it was, or there is none
	latest  int64 // the latest time of receipt among the entries of the graph, Unix milliseconds
	whole   bool  // nothing was left out
}

// Lots is the graph of the lots as the log stands, or as it stood where a bound is given. It begins from the snapshot
// beside the log, when there is one of this very log and program that holds nothing beyond the bound, and applies the
// entries after it; else from the first entry. What is in doubt is thrown away. progress may be nil; it is called with the
// position reached and the last one.
func (l *Ledger) Lots(ctx context.Context, until Bound, progress func(done, of int64)) (*genealogy.Graph, Reading, error) {
	g, r, err := l.fromSnapshot(ctx, until) // before the head is read: a log only grows
	if err != nil {
		return nil, r, err
	}
	head, err := l.store.Log().Head(ctx)
	if err != nil {
		return nil, r, fmt.Errorf("read the log: %w", err)
	}
	if until.Seq > head.Size {
		return nil, r, fmt.Errorf("as of entry %d: the log ends at entry %d", until.Seq, head.Size)
	}
	if g == nil {
		g = genealogy.New()
	}
	last := head.Size
	if until.Seq > 0 {
		last = until.Seq
	}
	r.whole = until.Received.IsZero() && last == head.Size
reading:
	for p := range l.pages(ctx, r.From+1, last, l.decoder(ctx)) {
		for _, e := range p.entries {
			if !until.sees(e.Seq, e.Received) {
				break reading
			}
			r.Read++
			if progress != nil && r.Read%256 == 0 {
				progress(e.Seq, last)
			}
			r.latest = max(r.latest, e.Received.UnixMilli())
			if err := g.Apply(e); err != nil {
				return nil, r, fmt.Errorf("follow the log at entry %d: %w: lodestone fsck checks the store", e.Seq, err)
			}
		}
		if p.err != nil {
			return nil, r, fmt.Errorf("read the log: %w", p.err)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, r, fmt.Errorf("read the log: %w", err)
	}
	g.Settle()
	return g, r, nil
}

// fromSnapshot is the graph of the snapshot, nil when there is none to be used.
func (l *Ledger) fromSnapshot(ctx context.Context, until Bound) (*genealogy.Graph, Reading, error) {
	if l.lots == "" {
		return nil, Reading{}, nil
	}
	f, err := os.Open(l.lots)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Reading{}, nil
	}
	if err != nil {
		return nil, Reading{Refused: err}, nil
	}
	defer f.Close()
	g, m, err := l.loadSnapshot(ctx, f, until)
	if errors.Is(err, genealogy.ErrSnapshot) {
		_ = os.Remove(l.lots) // the next one takes its place in any case
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, Reading{}, fmt.Errorf("read the lots: %w", ctx.Err())
		}
		return nil, Reading{Refused: err}, nil
	}
	return g, Reading{From: m.Position, latest: m.Latest}, nil
}

var (
	errProgram = errors.New("another program worked it out")
	errLater   = errors.New("it holds more than the question sees")
)

func (l *Ledger) loadSnapshot(ctx context.Context, f *os.File, until Bound) (*genealogy.Graph, genealogy.Mark, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, genealogy.Mark{}, err
	}
	m, err := genealogy.ReadMark(f, info.Size())
	if err != nil {
		return nil, m, err
	}
	program, err := l.program()
	if err != nil {
		return nil, m, err
	}
	if m.Program != program {
		return nil, m, errProgram
	}
	head, err := l.store.Log().Head(ctx)
	if err != nil {
		return nil, m, err
	}
	if ours, err := l.isOurs(ctx, store.Mark{Seq: m.Position, Root: m.Root}, head.Size); err != nil {
		return nil, m, err
	} else if !ours {
		return nil, m, fmt.Errorf("%w: it is of another log, or of a longer one", genealogy.ErrSnapshot)
	}
	if until.Seq > 0 && m.Position > until.Seq || !until.Received.IsZero() && m.Latest > until.Received.UnixMilli() {
		return nil, m, errLater
	}
	return genealogy.Load(f, info.Size())
}

// Worth tells whether keeping a graph that was so come by saves the next question more than it costs: when what had to be
// read is 2,000 entries or more, and a hundredth of the log.
func (r Reading) Worth() bool { return r.whole && r.Read >= max(2000, r.From/100) }

// LotsBehind tells whether the snapshot lags so far behind the log that it is worth working out anew.
func (l *Ledger) LotsBehind(ctx context.Context) (bool, error) {
	if l.lots == "" {
		return false, nil
	}
	size, err := l.Size(ctx)
	if err != nil {
		return false, err
	}
	r := Reading{whole: true, Read: size}
	f, err := os.Open(l.lots)
	if err != nil {
		return r.Worth(), nil
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	if m, err := genealogy.ReadMark(f, info.Size()); err == nil {
		r.From, r.Read = m.Position, size-m.Position
	}
	return r.Worth(), nil
}

// KeepLots writes the snapshot of a graph that Lots gave, in the place of the one that is there: to a file beside it,
// synced, renamed, and the folder synced, so that at every moment the whole old one or the whole new one is there. Without
// a path for it, and of a graph that does not hold the whole log, it writes none.
func (l *Ledger) KeepLots(ctx context.Context, g *genealogy.Graph, r Reading) (err error) {
	if l.lots == "" || !r.whole || g.Position() == 0 {
		return nil
	}
	program, err := l.program()
	if err != nil {
		return fmt.Errorf("keep the lots: %w", err)
	}
	folder := filepath.Dir(l.lots)
	l.sweep(folder)
	f, err := os.CreateTemp(folder, filepath.Base(l.lots)+".*.new") // of mode 0600
	if err != nil {
		return fmt.Errorf("keep the lots: %w", err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
			err = fmt.Errorf("keep the lots: %w", err)
		}
	}()
	root := func(at int64) ([32]byte, error) { return tlog.Root(at, l.nodes(ctx)) }
	if _, err := g.Save(f, genealogy.Mark{Latest: r.latest, Program: program}, root); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), l.lots); err != nil {
		return err
	}
	if dir, err := os.Open(folder); err == nil {
		_ = dir.Sync() // not every system can sync a folder
		_ = dir.Close()
	}
	return nil
}

// sweep removes what a process that was killed while it wrote left behind, an hour ago or more.
func (l *Ledger) sweep(folder string) {
	old, _ := filepath.Glob(filepath.Join(folder, filepath.Base(l.lots)+".*.new"))
	for _, path := range old {
		if info, err := os.Stat(path); err == nil && l.now().Sub(info.ModTime()) > time.Hour {
			_ = os.Remove(path)
		}
	}
}

// DropLots throws the snapshot away.
func (l *Ledger) DropLots() error {
	if l.lots == "" {
		return nil
	}
	if err := os.Remove(l.lots); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("drop the lots: %w", err)
	}
	return nil
}
