package sqlite

import (
	"encoding/binary"

	"lodestone/record"
)

// places finds where an ID may stand, by its first 8 bytes. It is exact in one direction: an ID it does not know is not
// in the log.
type places struct {
	at   map[uint64]int64
	more map[uint64][]int64 // further places, where several IDs begin alike
}

func newPlaces() places { return places{at: map[uint64]int64{}, more: map[uint64][]int64{}} }

func prefix(id record.ID) uint64 { return binary.BigEndian.Uint64(id[:8]) }

// add notes that an ID that begins so stands at seq.
func (p *places) add(prefix uint64, seq int64) {
	if _, taken := p.at[prefix]; taken {
		p.more[prefix] = append(p.more[prefix], seq)
		return
	}
	p.at[prefix] = seq
}

// candidates calls try for every place where the ID may stand until try finds it or fails.
func (p *places) candidates(prefix uint64, try func(seq int64) (found bool, err error)) error {
	first, ok := p.at[prefix]
	if !ok {
		return nil
	}
	if found, err := try(first); found || err != nil {
		return err
	}
	for _, seq := range p.more[prefix] {
		if found, err := try(seq); found || err != nil {
			return err
		}
	}
	return nil
}
