package ledger

import "time"

// Bound says which entries of the log a question sees: those up to a position, those received up to a time, or all.
type Bound struct {
	Seq      int64     // last position; 0 is no bound
	Received time.Time // last time of receipt; zero is no bound
}

// Sees tells whether an entry at seq received at t is seen.
func (b Bound) Sees(seq int64, received time.Time) bool {
	return (b.Seq == 0 || seq <= b.Seq) && (b.Received.IsZero() || !received.After(b.Received))
}

// Beyond tells whether no entry from seq on is seen.
func (b Bound) Beyond(seq int64) bool { return b.Seq > 0 && seq > b.Seq }
