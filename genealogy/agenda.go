package genealogy

import "math/bits"

// numbers is a set of numbers, a bit each, 64 to a word.
type numbers []uint64

func numbersTo(n int) numbers { return make(numbers, (n+63)>>6) }

// add puts a number in, and tells whether it is new.
func (s numbers) add(n int32) bool {
	w, bit := &s[n>>6], uint64(1)<<(n&63)
	fresh := *w&bit == 0
	*w |= bit
	return fresh
}

// count is how many there are.
func (s numbers) count() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// all goes through the numbers, rising.
func (s numbers) all(yield func(n int32) bool) {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			if !yield(int32(i<<6 | bits.TrailingZeros64(w))) {
				return
			}
		}
	}
}

// agenda is the numbers a walk has still to visit, taken from the last down, or rising from the first up.
type agenda struct {
	numbers
	some   numbers // the words that are not empty
	rising bool
	at     int // no word of some before it, the way the numbers are taken, has any
}

func agendaTo(n int, rising bool) *agenda {
	a := &agenda{numbers: numbersTo(n), rising: rising}
	a.some = numbersTo(len(a.numbers))
	return a
}

// put puts numbers on it.
func (a *agenda) put(list []int32) {
	words := a.numbers
	for _, n := range list {
		w := &words[uint32(n)>>6]
		if *w == 0 {
			a.begin(n >> 6)
		}
		*w |= 1 << (uint32(n) & 63)
	}
}

// begin notes that a word is not empty.
func (a *agenda) begin(w int32) {
	a.some.add(w)
	if at := int(w >> 6); a.rising && at < a.at || !a.rising && at > a.at {
		a.at = at
	}
}

// next is the next word that is not empty; -1 when there is none. Who has visited its numbers empties it with done.
func (a *agenda) next() int32 {
	step := -1
	if a.rising {
		step = 1
	}
	for ; a.at >= 0 && a.at < len(a.some); a.at += step {
		if s := a.some[a.at]; s != 0 {
			if a.rising {
				return int32(a.at<<6 | bits.TrailingZeros64(s))
			}
			return int32(a.at<<6 | (bits.Len64(s) - 1))
		}
	}
	return -1
}

// done empties a word.
func (a *agenda) done(w int32) {
	a.numbers[w] = 0
	a.some[w>>6] &^= 1 << (w & 63)
}
