package mem

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"lodestone/store"
)

// index is the Index in memory. mu of the Store guards every field.
type index struct {
	s        *Store
	mark     store.Mark
	mentions map[string][]int64 // rising positions
	moments  []store.Moment
	sorted   bool // moments are in order
}

// empty needs the lock.
func (x *index) empty() {
	x.mark = store.Mark{}
	x.mentions = map[string][]int64{}
	x.moments = nil
	x.sorted = true
}

// Mark implements store.Index.
func (x *index) Mark(ctx context.Context) (store.Mark, error) {
	x.s.mu.RLock()
	defer x.s.mu.RUnlock()
	if err := x.s.usable(ctx); err != nil {
		return store.Mark{}, fmt.Errorf("read the index's mark: %w", err)
	}
	return x.mark, nil
}

// Apply implements store.Index.
func (x *index) Apply(ctx context.Context, from, to store.Mark, mentions []store.Mention) error {
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	if err := x.s.usable(ctx); err != nil {
		return fmt.Errorf("index entries %d to %d: %w", from.Seq+1, to.Seq, err)
	}
	if x.mark != from {
		return fmt.Errorf("index entries %d to %d: the mark is at %d: %w", from.Seq+1, to.Seq, x.mark.Seq, store.ErrMoved)
	}
	for _, m := range mentions {
		for _, name := range m.Names {
			at := x.mentions[name]
			if i, found := slices.BinarySearch(at, m.Seq); !found {
				x.mentions[name] = slices.Insert(at, i, m.Seq)
			}
		}
		if m.Timed {
			x.moments = append(x.moments, store.Moment{At: m.At, Seq: m.Seq})
			x.sorted = false
		}
	}
	x.mark = to
	return nil
}

// Mentioning implements store.Index.
func (x *index) Mentioning(ctx context.Context, name string, after int64, limit int) ([]int64, error) {
	x.s.mu.RLock()
	defer x.s.mu.RUnlock()
	if err := x.s.usable(ctx); err != nil {
		return nil, fmt.Errorf("look up %q: %w", name, err)
	}
	at := x.mentions[name]
	i, found := slices.BinarySearch(at, after)
	if found {
		i++
	}
	return slices.Clone(at[i:min(len(at), i+max(limit, 0))]), nil
}

// During implements store.Index. It takes the lock alone, since it may have to sort.
func (x *index) During(ctx context.Context, from, until int64, after store.Moment, limit int) ([]store.Moment, error) {
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	if err := x.s.usable(ctx); err != nil {
		return nil, fmt.Errorf("look up a span of time: %w", err)
	}
	if !x.sorted {
		slices.SortFunc(x.moments, compare)
		x.sorted = true
	}
	start, _ := slices.BinarySearchFunc(x.moments, store.Moment{At: from}, compare)
	if after != (store.Moment{}) {
		i, found := slices.BinarySearchFunc(x.moments, after, compare)
		if found {
			i++
		}
		start = max(start, i)
	}
	end, _ := slices.BinarySearchFunc(x.moments, store.Moment{At: until}, compare)
	end = min(end, start+max(limit, 0))
	if start >= end {
		return nil, nil
	}
	return slices.Clone(x.moments[start:end]), nil
}

func compare(a, b store.Moment) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Seq, b.Seq))
}

// Names implements store.Index. It looks at every name.
func (x *index) Names(ctx context.Context, text, after string, limit int) ([]string, error) {
	x.s.mu.RLock()
	defer x.s.mu.RUnlock()
	if err := x.s.usable(ctx); err != nil {
		return nil, fmt.Errorf("look for names with %q: %w", text, err)
	}
	want := lower(text)
	var out []string
	for name := range x.mentions {
		if name > after && strings.Contains(lower(name), want) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out[:min(len(out), max(limit, 0))], nil
}

// lower makes ASCII letters small and leaves all else alone.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// Scan implements store.Index. The functions must not call the store.
func (x *index) Scan(ctx context.Context, mention func(int64, string), moment func(store.Moment)) error {
	x.s.mu.RLock()
	defer x.s.mu.RUnlock()
	if err := x.s.usable(ctx); err != nil {
		return fmt.Errorf("read the index through: %w", err)
	}
	for name, at := range x.mentions {
		for _, seq := range at {
			mention(seq, name)
		}
	}
	for _, m := range x.moments {
		moment(m)
	}
	return nil
}

// Reset implements store.Index.
func (x *index) Reset(ctx context.Context) error {
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	if err := x.s.usable(ctx); err != nil {
		return fmt.Errorf("empty the index: %w", err)
	}
	x.empty()
	return nil
}
