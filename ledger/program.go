package ledger

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
)

// buildMark stands before the build id that the Go linker puts near the beginning of every program; the id changes with
// the program's code (cmd/internal/buildid).
var buildMark = []byte("\xff Go build ID: \"")

// program is a digest of the running program: of its build id, else of all of its file. What one program worked out of the
// log another may work out otherwise.
func (l *Ledger) program() ([32]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.self != ([32]byte{}) {
		return l.self, nil
	}
	path, err := os.Executable()
	if err != nil {
		return l.self, fmt.Errorf("identify the program: %w", err)
	}
	f, err := os.Open(path)
	if err != nil {
		return l.self, fmt.Errorf("identify the program: %w", err)
	}
	defer f.Close()
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.ErrUnexpectedEOF {
		return l.self, fmt.Errorf("identify the program: %w", err)
	}
	head = head[:n]
	if _, after, ok := bytes.Cut(head, buildMark); ok {
		if id, _, ok := bytes.Cut(after, []byte("\"\n \xff")); ok && len(id) > 0 {
			l.self = sha256.Sum256(id)
			return l.self, nil
		}
	}
	h := sha256.New()
	h.Write(head)
	if _, err := io.Copy(h, f); err != nil {
		return l.self, fmt.Errorf("identify the program: %w", err)
	}
	h.Sum(l.self[:0])
	return l.self, nil
}
