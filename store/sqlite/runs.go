package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

// blockBytes is how large a block's body grows: it is the least that a look-up reads of a run.
const blockBytes = 16 << 10

// errDamaged is a run that is not as it was written.
var errDamaged = errors.New("the index is damaged: rebuild")

// pair is a key at the position of an entry. Pairs are ordered by key, by bytes, and then by position.
type pair struct {
	key []byte
	seq int64
}

func (p pair) compare(key []byte, seq int64) int {
	if c := bytes.Compare(p.key, key); c != 0 {
		return c
	}
	switch {
	case p.seq < seq:
		return -1
	case p.seq > seq:
		return 1
	}
	return 0
}

// runWriter writes one run, by blocks. The pairs of a block stand one after the other; each is
//
//	0, delta                         the key of the pair before, at a position that is greater by delta, or
//	1 + shared, n, n bytes, seq      a key that begins with shared bytes of the key before and goes on with these n
//
// with all numbers as unsigned varints. The first pair of a block has its whole key.
type runWriter struct {
	insert *sql.Stmt
	number int64
	pairs  int64
	last   pair // that was added
	first  pair // where the block in hand begins: an empty key and 0 in a run's first
	body   []byte
}

// add puts a pair after those before; one that is not greater is left out.
func (w *runWriter) add(ctx context.Context, key []byte, seq int64) error {
	same := w.pairs > 0 && bytes.Equal(key, w.last.key)
	if same && seq == w.last.seq {
		return nil
	}
	if len(w.body) >= blockBytes {
		if err := w.flush(ctx); err != nil {
			return err
		}
		w.first = pair{bytes.Clone(key), seq}
	}
	switch {
	case len(w.body) == 0:
		w.body = w.whole(w.body, 0, key, seq)
	case same:
		w.body = binary.AppendUvarint(append(w.body, 0), uint64(seq-w.last.seq))
	default:
		w.body = w.whole(w.body, shared(key, w.last.key), key, seq)
	}
	w.last.key, w.last.seq = append(w.last.key[:0], key...), seq
	w.pairs++
	return nil
}

func (w *runWriter) whole(b []byte, shared int, key []byte, seq int64) []byte {
	b = binary.AppendUvarint(b, uint64(1+shared))
	b = binary.AppendUvarint(b, uint64(len(key)-shared))
	return binary.AppendUvarint(append(b, key[shared:]...), uint64(seq))
}

// flush writes the block in hand.
func (w *runWriter) flush(ctx context.Context) error {
	if len(w.body) == 0 {
		return nil
	}
	_, err := w.insert.ExecContext(ctx, w.number, blob(w.first.key), w.first.seq, w.body)
	w.body = w.body[:0]
	return err
}

// blob is key as a statement takes it: nil, which would be null, as the empty key.
func blob(key []byte) []byte {
	if key == nil {
		return []byte{}
	}
	return key
}

// shared is how many bytes a and b have in common at the beginning.
func shared(a, b []byte) int {
	n, i := min(len(a), len(b)), 0
	for ; i+8 <= n; i += 8 {
		if x := binary.LittleEndian.Uint64(a[i:]) ^ binary.LittleEndian.Uint64(b[i:]); x != 0 {
			return i + bits.TrailingZeros64(x)/8
		}
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

// reader reads blocks, by one connection and within one transaction.
type reader struct {
	at, after *sql.Stmt
}

func newReader(ctx context.Context, by preparer) (r reader, err error) {
	if r.at, err = by(ctx, "block at"); err == nil {
		r.after, err = by(ctx, "block after")
	}
	return r, err
}

// cursor goes along one run. It finds out when pairs do not rise.
type cursor struct {
	r     reader
	run   int64
	pair       // where it stands
	ended bool // it stands after the last pair
	block pair // where the block in hand begins
	body  []byte
	rest  []byte // of body
}

// seek puts the cursor at the first pair that is not less than (key, seq).
func (c *cursor) seek(ctx context.Context, key []byte, seq int64) error {
	if err := c.load(ctx, c.r.at, key, seq); err != nil {
		return err
	}
	for !c.ended && c.compare(key, seq) < 0 {
		if err := c.step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// step puts the cursor at the next pair.
func (c *cursor) step(ctx context.Context) error {
	if len(c.rest) == 0 {
		return c.next(ctx)
	}
	head, n := binary.Uvarint(c.rest)
	if n <= 0 {
		return errDamaged
	}
	b := c.rest[n:]
	if head == 0 {
		delta, n := binary.Uvarint(b)
		if n <= 0 || delta == 0 {
			return errDamaged
		}
		c.seq += int64(delta)
		c.rest = b[n:]
		return nil
	}
	keep := head - 1
	size, n := binary.Uvarint(b)
	if n <= 0 || keep > uint64(len(c.key)) || size == 0 || size > uint64(len(b)-n) {
		return errDamaged
	}
	b = b[n:]
	if keep < uint64(len(c.key)) && b[0] <= c.key[keep] {
		return errDamaged
	}
	c.key = append(c.key[:keep], b[:size]...)
	seq, n := binary.Uvarint(b[size:])
	if n <= 0 {
		return errDamaged
	}
	c.seq = int64(seq)
	c.rest = b[size:][n:]
	return nil
}

// next goes on with the block after the one in hand.
func (c *cursor) next(ctx context.Context) error {
	last := pair{bytes.Clone(c.key), c.seq}
	err := c.load(ctx, c.r.after, c.block.key, c.block.seq)
	if err == nil && !c.ended && c.compare(last.key, last.seq) <= 0 {
		return errDamaged
	}
	return err
}

// load takes the block that a query finds, and its first pair.
func (c *cursor) load(ctx context.Context, query *sql.Stmt, key []byte, seq int64) error {
	switch err := query.QueryRowContext(ctx, c.run, blob(key), seq).Scan(&c.block.key, &c.block.seq, &c.body); {
	case errors.Is(err, sql.ErrNoRows):
		c.ended = true
		return nil
	case err != nil:
		return fmt.Errorf("read a block of run %d: %w", c.run, err)
	}
	c.key, c.rest = c.key[:0], c.body
	if len(c.rest) == 0 {
		return errDamaged
	}
	if err := c.step(ctx); err != nil {
		return err
	}
	if c.compare(c.block.key, c.block.seq) < 0 {
		return errDamaged
	}
	return nil
}

// merged goes along several runs at once: a heap of cursors, the one with the least pair first.
type merged []*cursor

// merge puts a cursor into each run at the first pair that is not less than (key, seq).
func merge(ctx context.Context, r reader, runs []run, key []byte, seq int64) (merged, error) {
	var m merged
	for _, run := range runs {
		c := &cursor{r: r, run: run.number}
		if err := c.seek(ctx, key, seq); err != nil {
			return nil, err
		}
		if !c.ended {
			m = append(m, c)
		}
	}
	for i := len(m)/2 - 1; i >= 0; i-- {
		m.sink(i)
	}
	return m, nil
}

// each calls do for every pair, rising, each once, until do says that it is enough. do must not keep the key.
func (m merged) each(ctx context.Context, do func(key []byte, seq int64) (more bool, err error)) error {
	var last pair
	for n := 0; len(m) > 0; n++ {
		c := m[0]
		if n == 0 || c.seq != last.seq || !bytes.Equal(c.key, last.key) {
			if more, err := do(c.key, c.seq); err != nil || !more {
				return err
			}
			last.key, last.seq = append(last.key[:0], c.key...), c.seq
		}
		if err := c.step(ctx); err != nil {
			return err
		}
		if c.ended {
			m[0] = m[len(m)-1]
			m = m[:len(m)-1]
		}
		m.sink(0)
	}
	return nil
}

// sink restores the order of the heap below i.
func (m merged) sink(i int) {
	for {
		least := i
		for _, child := range [2]int{2*i + 1, 2*i + 2} {
			if child < len(m) && m[child].compare(m[least].key, m[least].seq) < 0 {
				least = child
			}
		}
		if least == i {
			return
		}
		m[i], m[least] = m[least], m[i]
		i = least
	}
}
