package tlog

import (
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// A Reader gives stored nodes by their numbers, in the order asked for, all or an error.
type Reader = tlog.HashReader

// ReaderFunc is a function as a Reader.
type ReaderFunc = tlog.HashReaderFunc

// NodeCount is how many nodes are stored for a tree of n leaves.
func NodeCount(n int64) int64 { return tlog.StoredHashCount(n) }

// LeafIndex is the number of the node that is leaf n, counted from 0.
func LeafIndex(n int64) int64 { return tlog.StoredHashIndex(0, n) }

// Root is the root of the tree of the first n leaves; of none, the SHA-256 of nothing.
func Root(n int64, r Reader) (Hash, error) {
	h, err := tlog.TreeHash(n, r)
	if err != nil {
		return Hash{}, fmt.Errorf("root of the first %d entries: %w", n, err)
	}
	return h, nil
}

// Builder grows a tree leaf by leaf. It holds the complete subtrees at the right edge, at most 63 hashes, and nothing
// else. It is a value: a copy grows apart from its original. The zero Builder is the empty tree.
type Builder struct {
	size  int64
	peaks [63]Hash // the complete subtrees, largest first; as many as size has ones
}

// NewBuilder continues the tree of size leaves whose nodes r gives.
func NewBuilder(size int64, r Reader) (Builder, error) {
	b := Builder{size: size}
	if size < 0 {
		return b, fmt.Errorf("continue a tree of %d entries: the size must not be negative", size)
	}
	var at []int64
	start := int64(0)
	for level := 62; level >= 0; level-- {
		if size>>level&1 == 1 {
			at = append(at, tlog.StoredHashIndex(level, start>>level))
			start += 1 << level
		}
	}
	if len(at) == 0 {
		return b, nil
	}
	hashes, err := r.ReadHashes(at)
	if err != nil {
		return b, fmt.Errorf("continue a tree of %d entries: %w", size, err)
	}
	if len(hashes) != len(at) {
		return b, fmt.Errorf("continue a tree of %d entries: %d nodes asked for, %d given", size, len(at), len(hashes))
	}
	copy(b.peaks[:], hashes)
	return b, nil
}

// Size is how many leaves the tree has.
func (b *Builder) Size() int64 { return b.size }

// Add puts a leaf at the end and appends to dst the nodes to store for it, in the order of their numbers.
func (b *Builder) Add(dst []Hash, leaf Hash) []Hash {
	n := bits.OnesCount64(uint64(b.size))
	dst = append(dst, leaf)
	for s := b.size; s&1 == 1; s >>= 1 {
		n--
		leaf, b.peaks[n] = tlog.NodeHash(b.peaks[n], leaf), Hash{}
		dst = append(dst, leaf)
	}
	b.peaks[n] = leaf
	b.size++
	return dst
}

// Root is the root of the tree as it stands.
func (b *Builder) Root() Hash {
	n := bits.OnesCount64(uint64(b.size))
	if n == 0 {
		empty, _ := tlog.TreeHash(0, nil) // reads no node, cannot fail
		return empty
	}
	root := b.peaks[n-1]
	for i := n - 2; i >= 0; i-- {
		root = tlog.NodeHash(b.peaks[i], root)
	}
	return root
}
