package genealogy

import (
	"encoding/binary"
	"math/bits"
)

// index finds the number of a thing by its key: a table of numbers with open addressing, so that it is one array without
// pointers that a snapshot holds as it is. The keys lie elsewhere: whoever asks says how to compare.
type index struct {
	slots []int32 // number and one up; 0 is free; a power of two of them
	used  int
}

// find is the number whose key has this hash and for which same says so.
func (x *index) find(hash uint64, same func(n int32) bool) (int32, bool) {
	if len(x.slots) == 0 {
		return 0, false
	}
	mask := uint64(len(x.slots) - 1)
	for i := hash & mask; x.slots[i] != 0; i = (i + 1) & mask {
		if n := x.slots[i] - 1; same(n) {
			return n, true
		}
	}
	return 0, false
}

// put adds a number that is not there; hashOf gives the hash of any number's key, for when the table grows.
func (x *index) put(n int32, hashOf func(n int32) uint64) {
	if 4*(x.used+1) > 3*len(x.slots) {
		old := x.slots
		x.slots = make([]int32, max(16, 2*len(old)))
		for _, s := range old {
			if s != 0 {
				x.set(s-1, hashOf(s-1))
			}
		}
	}
	x.set(n, hashOf(n))
	x.used++
}

func (x *index) set(n int32, hash uint64) {
	mask := uint64(len(x.slots) - 1)
	i := hash & mask
	for x.slots[i] != 0 {
		i = (i + 1) & mask
	}
	x.slots[i] = n + 1
}

// hashText is a hash of a text, the same in every run. Who chooses texts that meet makes look-ups slower, never wrong.
func hashText(s string) uint64 {
	const k0, k1 = 0x9e3779b97f4a7c15, 0xd6e8feb86659fd93
	h := uint64(len(s)) ^ k1
	var w [8]byte
	for len(s) >= 8 {
		copy(w[:], s)
		hi, lo := bits.Mul64(h^binary.LittleEndian.Uint64(w[:]), k0)
		h = hi ^ lo
		s = s[8:]
	}
	w = [8]byte{}
	copy(w[:], s)
	hi, lo := bits.Mul64(h^binary.LittleEndian.Uint64(w[:]), k1)
	h = hi ^ lo
	return h ^ h>>29
}

// hashID is the hash of what is a hash itself.
func hashID(id *[32]byte) uint64 { return binary.LittleEndian.Uint64(id[:8]) }

// hashNumber is the hash of a number.
func hashNumber(n int32) uint64 { return uint64(n) * 0x9e3779b97f4a7c15 >> 32 }

// hashList is the hash of a list of numbers.
func hashList(list []int32) uint64 {
	h := uint64(len(list))
	for _, n := range list {
		hi, lo := bits.Mul64(h^uint64(uint32(n)), 0x9e3779b97f4a7c15)
		h = hi ^ lo ^ h<<7
	}
	return h ^ h>>29
}
