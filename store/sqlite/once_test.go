package sqlite

import (
	"path/filepath"
	"sync"
	"testing"
)

// TestMadeByManyAtOnce opens a store that is not there yet from many sides at once, as several processes do that begin together.
func TestMadeByManyAtOnce(t *testing.T) {
	for range 40 {
		path := filepath.Join(t.TempDir(), "log.db")
		var sides sync.WaitGroup
		for range 6 {
			sides.Go(func() {
				s, err := Open(t.Context(), path)
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		sides.Wait()
	}
}
