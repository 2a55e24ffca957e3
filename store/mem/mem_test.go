package mem

import (
	"testing"

	"lodestone/store"
	"lodestone/store/storetest"
	"lodestone/tlog"
)

func TestStore(t *testing.T) {
	storetest.Run(t, storetest.Subject{
		Open:    func(*testing.T) store.Store { return Open() },
		Reopen:  func(_ *testing.T, s store.Store) store.Store { return s },
		Corrupt: corrupt,
	})
}

func corrupt(t *testing.T, s store.Store, what storetest.Damage, seq int64) {
	l := &s.(*Store).log
	r := &l.rows[seq-1]
	switch what {
	case storetest.BodyBit:
		r.Body[0] ^= 1
	case storetest.SaltBit:
		r.Salt[0] ^= 1
	case storetest.AuthorText:
		r.Author += "x"
	case storetest.ReceivedOff:
		r.Received++
	case storetest.IdentityBit:
		r.Identity[0] ^= 1
	case storetest.IDBit:
		r.ID[9] ^= 1
	case storetest.NodeBit:
		l.nodes[tlog.LeafIndex(seq-1)][0] ^= 1
	case storetest.Gone:
		l.rows = append(l.rows[:seq-1:seq-1], l.rows[seq:]...)
	case storetest.Swapped:
		l.rows[seq-1], l.rows[seq] = l.rows[seq], l.rows[seq-1]
		l.rows[seq-1].Seq, l.rows[seq].Seq = seq, seq+1
	case storetest.LostTail:
		l.rows = l.rows[:seq-1]
	default:
		t.Fatalf("unknown damage %v", what)
	}
}
