package genealogy

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
)

// Save writes the graph as a snapshot, as the package comment says, and tells its position. root gives the root of the
// log's Merkle tree there; the other fields of the mark are as given. Entries that are applied meanwhile wait.
func (g *Graph) Save(w io.Writer, m Mark, root func(position int64) ([32]byte, error)) (Mark, error) {
	g.read()
	defer g.mu.RUnlock()
	m.Position = g.position
	var err error
	if m.Root, err = root(m.Position); err != nil {
		return m, fmt.Errorf("save the lots: %w", err)
	}
	rest, err := g.codeRest()
	if err != nil {
		return m, fmt.Errorf("save the lots: %w", err)
	}
	names, lots := g.names.joined(), g.lots.joined()
	sections := g.sections(&names, &lots, &rest)
	head := appendHead(nil, m)
	for _, s := range sections {
		head = binary.LittleEndian.AppendUint64(head, uint64(s.rows()*s.size))
	}
	seal := sha256.New()
	seal.Write(head)
	if _, err := w.Write(head); err != nil {
		return m, fmt.Errorf("save the lots: %w", err)
	}
	check, err := newChecksum()
	if err != nil {
		return m, fmt.Errorf("save the lots: %w", err)
	}
	var digests []byte
	for _, s := range sections {
		data := s.data()
		for len(data) > 0 {
			// Two at a time: one is hashed while the other is hashed and both are written.
			first := data[:min(chunkSize, len(data))]
			second := data[len(first):min(2*chunkSize, len(data))]
			data = data[len(first)+len(second):]
			var sums [2][digestSize]byte
			var wg sync.WaitGroup
			wg.Go(func() { sums[0] = check.of(first) })
			if len(second) > 0 {
				wg.Go(func() { sums[1] = check.of(second) })
			}
			_, err := w.Write(first)
			if err == nil && len(second) > 0 {
				_, err = w.Write(second)
			}
			wg.Wait()
			if err != nil {
				return m, fmt.Errorf("save the lots: %w", err)
			}
			digests = append(digests, sums[0][:]...)
			if len(second) > 0 {
				digests = append(digests, sums[1][:]...)
			}
		}
	}
	seal.Write(digests)
	if _, err := w.Write(seal.Sum(digests)); err != nil {
		return m, fmt.Errorf("save the lots: %w", err)
	}
	return m, nil
}

// appendHead is a snapshot's head without the lengths.
func appendHead(b []byte, m Mark) []byte {
	b = append(b, magic...)
	b = binary.LittleEndian.AppendUint64(b, SnapshotFormat)
	layout := layoutOf()
	b = append(b, layout[:]...)
	b = binary.LittleEndian.AppendUint64(b, uint64(m.Position))
	b = append(b, m.Root[:]...)
	b = binary.LittleEndian.AppendUint64(b, uint64(m.Latest))
	return append(b, m.Program[:]...)
}
