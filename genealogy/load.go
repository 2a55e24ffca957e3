package genealogy

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"
)

// ErrSnapshot is a file that is no snapshot this program can use: of another format or layout, damaged, too short or too
// long. What was to be had from it is had from the log.
var ErrSnapshot = errors.New("no snapshot that this program can use")

// ReadMark reads where the snapshot in a file of this size was made, and checks its head and its seal: not its sections,
// which Load checks as it reads them.
func ReadMark(r io.ReaderAt, size int64) (Mark, error) {
	m, _, _, err := readHead(r, size)
	return m, err
}

// readHead checks everything but the sections.
func readHead(r io.ReaderAt, size int64) (m Mark, lengths []int64, digests []byte, err error) {
	bad := func(why string, args ...any) (Mark, []int64, []byte, error) {
		return m, nil, nil, fmt.Errorf("%w: %s", ErrSnapshot, fmt.Sprintf(why, args...))
	}
	head := make([]byte, headSize)
	if size < int64(headSize+sealSize) {
		return bad("%d bytes are too few", size)
	}
	if _, err := r.ReadAt(head, 0); err != nil {
		return m, nil, nil, fmt.Errorf("read the lots: %w", err)
	}
	if string(head[:len(magic)]) != magic {
		return bad("it does not begin like one")
	}
	b := head[len(magic):]
	if f := binary.LittleEndian.Uint64(b); f != SnapshotFormat {
		return bad("its format is %d, this program reads %d", f, SnapshotFormat)
	}
	layout := layoutOf()
	if !bytes.Equal(b[8:40], layout[:]) {
		return bad("it was laid out by another program or machine")
	}
	b = b[40:]
	m.Position, m.Root = int64(binary.LittleEndian.Uint64(b)), [32]byte(b[8:40])
	m.Latest, m.Program = int64(binary.LittleEndian.Uint64(b[40:])), [32]byte(b[48:80])
	b = b[80:]
	left := size - int64(headSize)
	chunks := int64(0)
	for i := range sectionCount {
		n := int64(binary.LittleEndian.Uint64(b[8*i:]))
		if n < 0 || n > left {
			return bad("it is shorter than it says")
		}
		left -= n
		chunks += (n + chunkSize - 1) / chunkSize
		lengths = append(lengths, n)
	}
	if left != chunks*digestSize+sealSize {
		return bad("it is longer or shorter than it says")
	}
	digests = make([]byte, left)
	if _, err := r.ReadAt(digests, size-left); err != nil && err != io.EOF {
		return m, nil, nil, fmt.Errorf("read the lots: %w", err)
	}
	digests, seal := digests[:left-sealSize], digests[left-sealSize:]
	sum := sha256.New()
	sum.Write(head)
	sum.Write(digests)
	if !bytes.Equal(sum.Sum(nil), seal) {
		return bad("its seal is broken")
	}
	return m, lengths, digests, nil
}

// Load reads a graph back from a snapshot in a file of this size. It is the graph that was saved in every answer it gives
// and will give, whatever is applied to it. The error matches ErrSnapshot when the file is to be thrown away.
func Load(r io.ReaderAt, size int64) (*Graph, Mark, error) {
	m, lengths, digests, err := readHead(r, size)
	if err != nil {
		return nil, m, err
	}
	check, err := newChecksum()
	if err != nil {
		return nil, m, err
	}
	g := New()
	var rest []byte
	g.lots.texts = g.lots.joined()
	sections := g.sections(&g.names.texts, &g.lots.texts, &rest)
	type chunk struct {
		into []byte
		at   int64
	}
	var chunks []chunk
	at := int64(headSize)
	for i, s := range sections {
		if lengths[i]%int64(s.size) != 0 {
			return nil, m, fmt.Errorf("%w: its %s end in the middle of a row", ErrSnapshot, s.name)
		}
		into := s.make(int(lengths[i] / int64(s.size)))
		for len(into) > 0 {
			n := min(chunkSize, len(into))
			chunks = append(chunks, chunk{into[:n], at})
			into = into[n:]
			at += int64(n)
		}
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	failed := make([]error, max(2, runtime.GOMAXPROCS(0)))
	for w := range failed {
		wg.Go(func() {
			for failed[w] == nil {
				i := int(next.Add(1)) - 1
				if i >= len(chunks) {
					return
				}
				c := chunks[i]
				if _, err := r.ReadAt(c.into, c.at); err != nil && err != io.EOF {
					failed[w] = fmt.Errorf("read the lots: %w", err)
				} else if check.of(c.into) != [digestSize]byte(digests[i*digestSize:]) {
					failed[w] = fmt.Errorf("%w: it was damaged near byte %d", ErrSnapshot, c.at)
				}
			}
		})
	}
	wg.Wait()
	if err := errors.Join(failed...); err != nil {
		return nil, m, err
	}
	if err := g.decodeRest(rest); err != nil {
		return nil, m, fmt.Errorf("%w: %w", ErrSnapshot, err)
	}
	g.position = m.Position
	return g, m, nil
}
