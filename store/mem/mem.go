// Package mem is a store in memory: for trials, tests and programs that keep nothing. It is durable as long as the
// process is.
package mem

import (
	"context"
	"sync"

	"lodestone/record"
	"lodestone/store"
)

// Store is a store in memory.
type Store struct {
	mu     sync.RWMutex // guards all of log and index; readers share it
	closed bool
	log    log
	index  index
}

var (
	_ store.Store = (*Store)(nil)
	_ store.Log   = (*log)(nil)
	_ store.Index = (*index)(nil)
)

// Open makes an empty store.
func Open() *Store {
	s := &Store{}
	s.log = log{s: s, places: map[record.ID]int64{}}
	s.index = index{s: s}
	s.index.empty()
	return s
}

// Log implements store.Store.
func (s *Store) Log() store.Log { return &s.log }

// Index implements store.Store.
func (s *Store) Index() store.Index { return &s.index }

// Close implements store.Store.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return nil
}

// usable needs the lock, shared or not.
func (s *Store) usable(ctx context.Context) error {
	if s.closed {
		return store.ErrClosed
	}
	return ctx.Err()
}
