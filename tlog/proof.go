package tlog

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Inclusion proves that an entry stands at one place of a tree: the sibling hashes from its leaf up to the root.
type Inclusion = tlog.RecordProof

// Consistency proves that a tree begins with an earlier one.
type Consistency = tlog.TreeProof

// ProveEntry proves that entry seq (from 1) is in the tree of the first size entries.
func ProveEntry(seq, size int64, r Reader) (Inclusion, error) {
	if seq < 1 || seq > size {
		return nil, fmt.Errorf("prove entry %d in a log of %d entries: the entry is not among them", seq, size)
	}
	p, err := tlog.ProveRecord(size, seq-1, r)
	if err != nil {
		return nil, fmt.Errorf("prove entry %d in a log of %d entries: %w", seq, size, err)
	}
	return p, nil
}

// CheckEntry tells by its error whether p fails to prove that the entry with this leaf hash is number seq of the tree
// of size entries with this root.
func CheckEntry(p Inclusion, seq, size int64, root, leaf Hash) error {
	if seq < 1 || seq > size {
		return fmt.Errorf("check entry %d against a log of %d entries: the entry cannot be among them", seq, size)
	}
	if err := tlog.CheckRecord(p, size, root, seq-1, leaf); err != nil {
		return fmt.Errorf("entry %d is not proved to be in the log of %d entries with root %s: %w", seq, size, root, err)
	}
	return nil
}

// ProveGrowth proves that the tree of the first size entries begins with the tree of the first old entries.
func ProveGrowth(old, size int64, r Reader) (Consistency, error) {
	if old < 1 || old > size {
		return nil, fmt.Errorf("prove that a log of %d entries begins with one of %d: sizes must be 1 or more, and must not shrink", size, old)
	}
	p, err := tlog.ProveTree(size, old, r)
	if err != nil {
		return nil, fmt.Errorf("prove that a log of %d entries begins with one of %d: %w", size, old, err)
	}
	return p, nil
}

// CheckGrowth tells by its error whether p fails to prove that the tree (size, root) begins with the tree (old, oldRoot).
func CheckGrowth(p Consistency, old int64, oldRoot Hash, size int64, root Hash) error {
	if old < 1 || old > size {
		return fmt.Errorf("check that a log of %d entries begins with one of %d: sizes must be 1 or more, and must not shrink", size, old)
	}
	if err := tlog.CheckTree(p, size, root, old, oldRoot); err != nil {
		return fmt.Errorf("the log of %d entries is not proved to begin with the one of %d: history was changed, or the proof belongs to another: %w", size, old, err)
	}
	return nil
}
