package ledger

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"lodestone/record"
	"lodestone/store"
)

// SpoolLimit is how many bytes of checked events a capture holds in memory; the rest of a larger document waits in a file.
const SpoolLimit = 64 << 20

// waiting is a run of rows that wait; decided tells whether their author is.
type waiting struct {
	batch
	decided bool
}

// spool keeps rows in order until they may be appended.
type spool struct {
	dir    string
	limit  int
	held   []waiting
	size   int
	file   *os.File
	out    *bufio.Writer
	filed  int // batches in the file
	record []byte
}

func newSpool(dir string) *spool { return &spool{dir: dir, limit: SpoolLimit} }

// add puts rows at the end.
func (s *spool) add(b batch, decided bool) error {
	if len(b.rows) == 0 {
		return nil
	}
	if s.file == nil && s.size < s.limit {
		s.held = append(s.held, waiting{b, decided})
		for i := range b.rows {
			s.size += len(b.rows[i].Body) + 250
			for _, n := range b.mentions[i].Names {
				s.size += len(n) + 16
			}
		}
		return nil
	}
	if err := s.write(waiting{b, decided}); err != nil {
		return fmt.Errorf("keep events that wait for the rest of the document: %w", err)
	}
	return nil
}

// write puts a batch into the file: the count of rows and whether the author is decided, then each row with its mention,
// all of them with the length before what has no fixed one. The file lives as long as the capture; its form is nobody else's.
func (s *spool) write(b waiting) error {
	if s.file == nil {
		f, err := os.CreateTemp(s.dir, "lodestone-capture-*") // mode 0600
		if err != nil {
			return err
		}
		s.file, s.out = f, bufio.NewWriterSize(f, 1<<20)
	}
	p := binary.AppendUvarint(s.record[:0], uint64(len(b.rows)))
	p = appendBool(p, b.decided)
	for i := range b.rows {
		r := &b.rows[i]
		p = append(p, r.ID[:]...)
		p = append(p, r.Identity[:]...)
		p = append(p, r.Salt[:]...)
		p = append(p, r.Leaf[:]...)
		p = append(p, byte(r.Kind))
		p = binary.AppendVarint(p, r.Received)
		p = append(binary.AppendUvarint(p, uint64(len(r.Author))), r.Author...)
		p = append(binary.AppendUvarint(p, uint64(len(r.Body))), r.Body...)
		m := &b.mentions[i]
		p = binary.AppendVarint(appendBool(p, m.Timed), m.At)
		p = binary.AppendUvarint(p, uint64(len(m.Names)))
		for _, n := range m.Names {
			p = append(binary.AppendUvarint(p, uint64(len(n))), n...)
		}
	}
	s.record = p
	s.filed++
	_, err := s.out.Write(p)
	return err
}

func appendBool(p []byte, b bool) []byte {
	if b {
		return append(p, 1)
	}
	return append(p, 0)
}

// each gives the batches back in order and forgets those in memory.
func (s *spool) each(do func(b batch, decided bool) error) error {
	for i := range s.held {
		b := s.held[i]
		s.held[i] = waiting{}
		if err := do(b.batch, b.decided); err != nil {
			return err
		}
	}
	if s.file == nil {
		return nil
	}
	if err := s.out.Flush(); err != nil {
		return err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in := &spoolReader{r: bufio.NewReaderSize(s.file, 1<<20)}
	for range s.filed {
		b := in.waiting()
		if in.err != nil {
			return fmt.Errorf("read back events that waited for the rest of the document: %w", in.err)
		}
		if err := do(b.batch, b.decided); err != nil {
			return err
		}
	}
	return nil
}

// close removes the file.
func (s *spool) close() {
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
}

// spoolReader reads what write wrote; the first error stays.
type spoolReader struct {
	r   *bufio.Reader
	err error
}

func (s *spoolReader) waiting() waiting {
	n := s.uint()
	b := waiting{decided: s.byte() == 1}
	for range n {
		if s.err != nil {
			return b
		}
		var r store.Row
		s.fill(r.ID[:])
		s.fill(r.Identity[:])
		s.fill(r.Salt[:])
		s.fill(r.Leaf[:])
		r.Kind = record.Kind(s.byte())
		r.Received = s.int()
		r.Author = string(s.bytes())
		r.Body = s.bytes()
		m := store.Mention{Timed: s.byte() == 1, At: s.int()}
		for range s.uint() {
			if s.err != nil {
				return b
			}
			m.Names = append(m.Names, string(s.bytes()))
		}
		b.rows, b.mentions = append(b.rows, r), append(b.mentions, m)
	}
	return b
}

func (s *spoolReader) fill(p []byte) {
	if s.err == nil {
		_, s.err = io.ReadFull(s.r, p)
	}
}

func (s *spoolReader) byte() byte {
	var b [1]byte
	s.fill(b[:])
	return b[0]
}

func (s *spoolReader) int() (n int64) {
	if s.err == nil {
		n, s.err = binary.ReadVarint(s.r)
	}
	return n
}

func (s *spoolReader) uint() uint64 {
	if s.err != nil {
		return 0
	}
	var n uint64
	n, s.err = binary.ReadUvarint(s.r)
	return n
}

func (s *spoolReader) bytes() []byte {
	n := s.uint()
	if n > record.MaxBody {
		s.err = fmt.Errorf("a length of %d bytes", n)
		return nil
	}
	p := make([]byte, n)
	s.fill(p)
	return p
}
