package genealogy

import (
	"encoding/binary"
	"unsafe"
)

// texts gives each text a small number, in order of arrival. The bytes lie one after another in blocks, each text after
// its length; a block is never moved, so a text that was given out stays good.
type texts struct {
	blocks [][]byte
	at     []uint64 // by number: length, or long<<56 | block<<36 | place in the block, of a long one that of its length before it
	index  index
}

const (
	blockSize = 1 << 20
	long      = 0xff // a text of so many bytes or more
)

// text is the text of a number.
func (t *texts) text(n int32) string { return t.textAt(t.at[n]) }

// textAt is the text at a place, as in at. Its length stands beside the place, so that the bytes themselves are not touched.
func (t *texts) textAt(at uint64) string {
	b := t.blocks[at>>36&(1<<20-1)][at&(1<<36-1):]
	size := at >> 56
	if size == long {
		used := 0
		size, used = binary.Uvarint(b)
		b = b[used:]
	}
	if size == 0 {
		return ""
	}
	return unsafe.String(&b[0], int(size))
}

// find is the number of a text.
func (t *texts) find(s string) (int32, bool) {
	return t.index.find(hashText(s), func(n int32) bool { return t.text(n) == s })
}

// add is the number of a text, a new one if need be; new tells which.
func (t *texts) add(s string) (n int32, fresh bool) {
	if n, ok := t.find(s); ok {
		return n, false
	}
	return t.put(s), true
}

func (t *texts) put(s string) int32 {
	need := len(s) + binary.MaxVarintLen64
	last := len(t.blocks) - 1
	if last < 0 || cap(t.blocks[last])-len(t.blocks[last]) < need {
		t.blocks = append(t.blocks, make([]byte, 0, max(need, blockSize)))
		last++
	}
	b := t.blocks[last]
	place := len(b)
	b = binary.AppendUvarint(b, uint64(len(s)))
	if len(s) < long {
		place = len(b)
	}
	t.at = append(t.at, uint64(min(len(s), long))<<56|uint64(last)<<36|uint64(place))
	t.blocks[last] = append(b, s...)
	n := int32(len(t.at) - 1)
	t.index.put(n, func(n int32) uint64 { return hashText(t.text(n)) })
	return n
}

// names is texts of which 0 is the empty one.
type names struct{ texts }

func newNames() names {
	var n names
	n.put("")
	return n
}

// add is the number of a name.
func (n *names) add(s string) int32 {
	if s == "" {
		return 0
	}
	i, _ := n.texts.add(s)
	return i
}

// find is the number of a name; the empty one names nothing.
func (n *names) find(s string) (int32, bool) {
	if s == "" {
		return 0, false
	}
	return n.texts.find(s)
}

// joined is the same texts in one block, for a snapshot.
func (t *texts) joined() texts {
	if len(t.blocks) == 1 {
		return *t
	}
	size := 0
	for _, b := range t.blocks {
		size += len(b)
	}
	all := make([]byte, 0, size)
	base := make([]uint64, len(t.blocks))
	for i, b := range t.blocks {
		base[i] = uint64(len(all))
		all = append(all, b...)
	}
	at := make([]uint64, len(t.at))
	for n, a := range t.at {
		at[n] = a&(long<<56) | (base[a>>36&(1<<20-1)] + a&(1<<36-1))
	}
	return texts{[][]byte{all}, at, t.index}
}
