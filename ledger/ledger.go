// Package ledger is the one way into the log and the way along it: it captures, appends, reads in order, signs the
// log's head, follows with the index, and checks all of it against the raw entries.
//
//	document ─► read ─► check, identify, commit to (all cores) ─► spool ─► append by 1,000 ══► store.Log
//	                                                                                            │
//	                             Fsck ◄── recompute ◄── Entries ◄───────────────────────────────┤
//	                                                    CatchUp ─► store.Index ◄─ in step ──────┘
//
// What an append acknowledged is in the log for good. A document that is refused has changed nothing: no entry of it
// reaches the log before the last one was checked, however large it is. A crash in the middle of the appends leaves a
// part of an accepted document; capturing it again adds the rest, since the same entry twice is one entry.
//
// # The index
//
// What an append added goes into the index when it is in the log for good, from what is still in memory, as long as the index
// stands where the log stood before. When it does not, or cannot be written, the next look-up reads what is missing from the
// log (CatchUp). An index is never ahead of its log, and holds at each mark what the log up to there says.
//
// # Damage
//
// Every entry that is read, for whatever answer, is held against the leaf that the tree keeps of it, and its ID against its
// author, identity and content; what is not as it was committed to is an error that names the entry. So a bit that a disk turned,
// or a hand that changed a row, makes no answer but through the tree too, and the tree is what is signed. That the tree is right in
// itself, and an event's identity the hash of its content, Fsck recomputes.
//
// # The head
//
// Head signs the log's size and root with the log's Ed25519 key, a file of mode 0600 that is made when it is first
// needed. Every signed head is kept, and Fsck compares the log with each of them: a log that was shortened or rewritten
// after it was signed is found out, also by those who keep a copy of a signed head and trust nobody here.
package ledger

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"sync"
	"time"

	"lodestone/record"
	"lodestone/store"
	"lodestone/tlog"
)

// Options are what a ledger needs besides its store.
type Options struct {
	Clock   func() time.Time // time of receipt and signature; nil: the system's
	Rand    io.Reader        // cryptographic source for salts and the key; nil: the system's
	KeyPath string           // file of the log's key, made when it is first needed; see KeyPath
	Lots    string           // file of the snapshot of the lots; see LotsPath; "": none is kept
	Key     *tlog.Key        // the key itself, in place of a file. With neither, a key is made that lives as long as the Ledger
}

// Ledger is a log in use. Its methods may be called by any number of goroutines at once.
type Ledger struct {
	store store.Store
	clock func() time.Time
	path  string
	lots  string

	mu   sync.Mutex // guards the below; spans one read of rand, the making of the key, and one look at the program
	rand io.Reader
	key  *tlog.Key
	self [32]byte // digest of the program; zero until it is asked for
}

// Open opens the ledger over a store, which stays the caller's to close, after the last call here has returned.
func Open(ctx context.Context, s store.Store, o Options) (*Ledger, error) {
	l := &Ledger{store: s, clock: o.Clock, rand: o.Rand, key: o.Key, path: o.KeyPath, lots: o.Lots}
	if l.clock == nil {
		l.clock = time.Now
	}
	if l.rand == nil {
		l.rand = rand.Reader
	}
	if _, err := s.Log().Head(ctx); err != nil {
		return nil, fmt.Errorf("open the ledger: %w", err)
	}
	return l, nil
}

// now is the time, as it is recorded: whole milliseconds, UTC.
func (l *Ledger) now() time.Time { return l.clock().UTC().Truncate(time.Millisecond) }

// salts draws n salts.
func (l *Ledger) salts(n int) ([]tlog.Salt, error) {
	b := make([]byte, n*tlog.SaltSize)
	l.mu.Lock()
	_, err := io.ReadFull(l.rand, b)
	l.mu.Unlock()
	if err != nil {
		return nil, fmt.Errorf("draw salts: no randomness: %w", err)
	}
	out := make([]tlog.Salt, n)
	for i := range out {
		copy(out[i][:], b[i*tlog.SaltSize:])
	}
	return out, nil
}

// Size is how many entries the log has.
func (l *Ledger) Size(ctx context.Context) (int64, error) {
	h, err := l.store.Log().Head(ctx)
	return h.Size, err
}

// Positions tells for each entry ID where it stands in the log, 0 for those that are not there.
func (l *Ledger) Positions(ctx context.Context, ids []record.ID) ([]int64, error) {
	return l.store.Log().Positions(ctx, ids)
}
