package ledger

import (
	"context"
	"fmt"

	"lodestone/record"
	"lodestone/store"
	"lodestone/tlog"
)

// Head signs the log as it stands and keeps the signed checkpoint. When the log has not grown since the last one by
// the same key, that one is given again.
func (l *Ledger) Head(ctx context.Context) (tlog.Checkpoint, error) {
	key, err := l.Key()
	if err != nil {
		return tlog.Checkpoint{}, err
	}
	// The head is read first and signed after: what is signed is committed.
	head, err := l.store.Log().Head(ctx)
	if err != nil {
		return tlog.Checkpoint{}, fmt.Errorf("sign the log's head: %w", err)
	}
	before, err := l.store.Log().Published(ctx)
	if err != nil {
		return tlog.Checkpoint{}, fmt.Errorf("sign the log's head: %w", err)
	}
	for i := len(before) - 1; i >= 0; i-- {
		if before[i].Size != head.Size {
			continue
		}
		if c, err := tlog.OpenCheckpoint(before[i].Note, key.Verifier()); err == nil && c.Size == head.Size && c.Root == head.Root {
			return c, nil
		}
	}
	c, err := tlog.Checkpoint{Size: head.Size, Root: head.Root}.Sign(key.Signer())
	if err != nil {
		return c, err
	}
	// Kept before it is given away: whoever holds a checkpoint can ask for it to be compared.
	if err := l.store.Log().Publish(ctx, store.Signed{Size: c.Size, At: l.now(), Note: c.Note}); err != nil {
		return tlog.Checkpoint{}, fmt.Errorf("sign the log's head: %w", err)
	}
	return c, nil
}

// Root is the root of the tree of the first size entries.
func (l *Ledger) Root(ctx context.Context, size int64) (tlog.Hash, error) {
	b, err := tlog.NewBuilder(size, l.nodes(ctx))
	if err != nil {
		return tlog.Hash{}, fmt.Errorf("root of the first %d entries: %w", size, err)
	}
	return b.Root(), nil
}

// Checkpoints gives every signed checkpoint that was kept, in the order of signing.
func (l *Ledger) Checkpoints(ctx context.Context) ([]store.Signed, error) {
	return l.store.Log().Published(ctx)
}

// Proof is what one who trusts nobody here needs, besides a signed checkpoint of that size, to know that an entry is in
// the log: tlog.CheckEntry(Inclusion, Seq, Size, root, tlog.Leaf(Salt, Committed)), and record.Decode(Committed) reads it.
type Proof struct {
	Seq, Size int64
	Salt      tlog.Salt
	Committed []byte
	Inclusion tlog.Inclusion
}

// Prove proves that entry seq is among the first size entries.
func (l *Ledger) Prove(ctx context.Context, seq, size int64) (Proof, error) {
	rows, err := l.store.Log().Read(ctx, seq, 1)
	if err != nil {
		return Proof{}, fmt.Errorf("prove entry %d: %w", seq, err)
	}
	if len(rows) == 0 || rows[0].Seq != seq {
		return Proof{}, fmt.Errorf("prove entry %d: the log has no such entry", seq)
	}
	inclusion, err := tlog.ProveEntry(seq, size, l.nodes(ctx))
	if err != nil {
		return Proof{}, err
	}
	return Proof{Seq: seq, Size: size, Salt: rows[0].Salt, Committed: record.AppendCommitted(nil, closedEntry(&rows[0])), Inclusion: inclusion}, nil
}

// ProveGrowth proves that the log of size entries begins with the log of old entries.
func (l *Ledger) ProveGrowth(ctx context.Context, old, size int64) (tlog.Consistency, error) {
	return tlog.ProveGrowth(old, size, l.nodes(ctx))
}

// nodes reads the log's tree.
func (l *Ledger) nodes(ctx context.Context) tlog.Reader {
	return tlog.ReaderFunc(func(numbers []int64) ([]tlog.Hash, error) { return l.store.Log().Nodes(ctx, numbers) })
}
