package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"lodestone/supply"
)

const digestPrefix = "sha256:"

// document is a document on disk, or one known by its digest only.
type document struct {
	id   supply.DocumentID // "sha256:<hex>"
	name string            // file name, "" for a bare digest
}

// readPaper takes a file's digest, or reads a digest written as sha256:<64 hex digits>.
func readPaper(arg string) (document, error) {
	if digits, ok := strings.CutPrefix(arg, digestPrefix); ok {
		raw, err := hex.DecodeString(digits)
		if err != nil || len(raw) != sha256.Size {
			return document{}, usagef("%q: a digest is sha256: and 64 hexadecimal digits", arg)
		}
		return document{id: supply.DocumentID(digestPrefix + hex.EncodeToString(raw))}, nil
	}
	f, err := os.Open(arg)
	if err != nil {
		return document{}, fmt.Errorf("read the document: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return document{}, fmt.Errorf("read the document %s: %w", arg, err)
	}
	return document{id: supply.DocumentID(digestPrefix + hex.EncodeToString(h.Sum(nil))), name: filepath.Base(arg)}, nil
}
