package tlog

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Checkpoint is what the log's keeper signs: this log, at this size, has this root. Its text has three lines:
//
//	lodestone/3c1f0a2b9d4e5f60
//	1234
//	47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
//
// the log's name, the count of its entries in decimal, the root in base64.
type Checkpoint struct {
	Origin string // the log's name, one for each key
	Size   int64  // entries
	Root   Hash
	Note   []byte // the signed text; nil when it is not signed
}

// Text is the text that is signed.
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]))
}

// Sign signs the checkpoint and sets Origin and Note.
func (c Checkpoint) Sign(s note.Signer) (Checkpoint, error) {
	c.Origin = s.Name()
	signed, err := note.Sign(&note.Note{Text: c.Text()}, s)
	if err != nil {
		return c, fmt.Errorf("sign the checkpoint at %d entries: %w", c.Size, err)
	}
	c.Note = signed
	return c, nil
}

// OpenCheckpoint reads a signed checkpoint and checks it: the signature is by the verifier's key and the log's name is
// that key's name.
func OpenCheckpoint(signed []byte, v note.Verifier) (Checkpoint, error) {
	n, err := note.Open(signed, note.VerifierList(v))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("open a checkpoint with the key of %s: %w", v.Name(), err)
	}
	c, err := parseText(n.Text)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("open a checkpoint with the key of %s: %w", v.Name(), err)
	}
	if c.Origin != v.Name() {
		return Checkpoint{}, fmt.Errorf("open a checkpoint with the key of %s: it speaks of the log %s, another log", v.Name(), c.Origin)
	}
	c.Note = append([]byte(nil), signed...)
	return c, nil
}

// parseText reads the three lines. Further lines, which C2SP allows, are signed text of others and are not read.
func parseText(text string) (Checkpoint, error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 || lines[0] == "" {
		return Checkpoint{}, fmt.Errorf("the text must have three lines: log, size, root")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, fmt.Errorf("line 2, the size, is %q: must be a decimal number without leading zeros", lines[1])
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != len(Hash{}) {
		return Checkpoint{}, fmt.Errorf("line 3, the root, is %q: must be 32 bytes in base64", lines[2])
	}
	return Checkpoint{Origin: lines[0], Size: size, Root: Hash(root)}, nil
}
