package tlog

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Key is the key a log's keeper signs with: Ed25519, in the encodings of x/mod/sumdb/note. A log's name comes from its
// key ("lodestone/" and the first 8 bytes, in hex, of the SHA-256 of the public key), so that a new key is a new name
// and two logs cannot be taken for one another.
type Key struct {
	Name     string // the log's name, the origin line of its checkpoints
	Private  string // one line, secret: PRIVATE+KEY+<name>+<hash>+<data>
	Public   string // one line, for those who verify: <name>+<hash>+<data>
	signer   note.Signer
	verifier note.Verifier
}

// NewKey makes a key from 32 bytes of rand, which must be a cryptographic source.
func NewKey(rand io.Reader) (*Key, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(rand, seed); err != nil {
		return nil, fmt.Errorf("make the log's key: no randomness: %w", err)
	}
	pub := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	sum := sha256.Sum256(pub)
	name := "lodestone/" + hex.EncodeToString(sum[:8])
	public, err := note.NewEd25519VerifierKey(name, pub)
	if err != nil {
		return nil, fmt.Errorf("make the log's key: %w", err)
	}
	hash := strings.Split(public, "+")[1]
	const ed25519Algorithm = 1
	private := fmt.Sprintf("PRIVATE+KEY+%s+%s+%s", name, hash,
		base64.StdEncoding.EncodeToString(append([]byte{ed25519Algorithm}, seed...)))
	return ParseKey(private)
}

// ParseKey reads a private key as Key.Private gives it. Space around it is ignored. Its errors never hold the key.
func ParseKey(private string) (*Key, error) {
	private = strings.TrimSpace(private)
	s, err := note.NewSigner(private)
	if err != nil {
		return nil, fmt.Errorf("read the log's private key: not a line of the form PRIVATE+KEY+name+hash+data, or damaged")
	}
	parts := strings.SplitN(private, "+", 5)
	data, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(data) != 1+ed25519.SeedSize {
		return nil, fmt.Errorf("read the log's private key: its data is damaged")
	}
	pub := ed25519.NewKeyFromSeed(data[1:]).Public().(ed25519.PublicKey)
	public, err := note.NewEd25519VerifierKey(s.Name(), pub)
	if err != nil {
		return nil, fmt.Errorf("read the log's private key: its name is damaged")
	}
	v, err := note.NewVerifier(public)
	if err != nil {
		return nil, fmt.Errorf("read the log's private key: its name is damaged")
	}
	return &Key{Name: s.Name(), Private: private, Public: public, signer: s, verifier: v}, nil
}

// Signer signs with the key.
func (k *Key) Signer() note.Signer { return k.signer }

// Verifier checks what the key signed.
func (k *Key) Verifier() note.Verifier { return k.verifier }
