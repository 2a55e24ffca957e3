package tlog_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	xtlog "golang.org/x/mod/sumdb/tlog"

	"lodestone/tlog"
)

// nodes is a tree in memory.
type nodes []tlog.Hash

func (n nodes) ReadHashes(at []int64) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, i := range at {
		if i < 0 || i >= int64(len(n)) {
			return nil, fmt.Errorf("no node %d", i)
		}
		out = append(out, n[i])
	}
	return out, nil
}

func commitment(i int) tlog.Hash {
	var salt tlog.Salt
	binary.BigEndian.PutUint64(salt[:], uint64(i))
	return tlog.Commit(salt, fmt.Appendf(nil, "entry %d", i))
}

func TestLeafIsAsDocumented(t *testing.T) {
	var salt tlog.Salt
	for i := range salt {
		salt[i] = byte(i)
	}
	plain := sha256.Sum256(append(append([]byte("lodestone entry v1\n"), salt[:]...), "hello"...))
	if got := tlog.Commit(salt, []byte("hello")); got != tlog.Hash(plain) {
		t.Errorf("Commit = %x, by hand %x", got, plain)
	}
	leaf := sha256.Sum256(append([]byte{0}, plain[:]...))
	if got := tlog.Leaf(salt, []byte("hello")); got != tlog.Hash(leaf) {
		t.Errorf("Leaf = %x, by hand %x", got, leaf)
	}
	if got := fmt.Sprintf("%x", plain); got != "0e3a1fece2e5e59f462f26e77192af733e04d1fddf5b6f49820465d63cf8d055" {
		t.Errorf("the worked example of the package comment says otherwise: commitment %s", got)
	}
	if got := fmt.Sprintf("%x", leaf); got != "60588d6963fbcfac5c26586c538ab5ccc9cc4ce5993b96f3308a779a7f67a2dc" {
		t.Errorf("the worked example of the package comment says otherwise: leaf hash %s", got)
	}
	salt[0]++
	if tlog.Commit(salt, []byte("hello")) == tlog.Hash(plain) {
		t.Error("the salt does not matter")
	}
}

func TestBuilderAgreesWithReference(t *testing.T) {
	var b tlog.Builder
	var all, ref nodes
	if got, want := b.Root(), tlog.Hash(sha256.Sum256(nil)); got != want {
		t.Errorf("empty root %s, want the hash of nothing", got)
	}
	for i := range 300 {
		c := commitment(i)
		before := len(all)
		all = b.Add(all, tlog.LeafOf(c))
		hs, err := xtlog.StoredHashes(int64(i), c[:], ref)
		if err != nil {
			t.Fatal(err)
		}
		ref = append(ref, hs...)
		if len(all) != len(ref) {
			t.Fatalf("leaf %d: %d nodes stored, reference %d", i, len(all)-before, len(hs))
		}
		for j := before; j < len(all); j++ {
			if all[j] != ref[j] {
				t.Fatalf("leaf %d: node %d differs from the reference", i, j)
			}
		}
		if int64(len(all)) != tlog.NodeCount(int64(i)+1) {
			t.Fatalf("NodeCount(%d) = %d, stored %d", i+1, tlog.NodeCount(int64(i)+1), len(all))
		}
		root, err := tlog.Root(int64(i)+1, all)
		if err != nil {
			t.Fatal(err)
		}
		if b.Root() != root {
			t.Fatalf("root after %d leaves differs from the reference", i+1)
		}
		again, err := tlog.NewBuilder(int64(i)+1, all)
		if err != nil {
			t.Fatal(err)
		}
		if again != b {
			t.Fatalf("a builder continued at %d leaves differs from the one that grew", i+1)
		}
	}
}

func TestBuilderIsAValue(t *testing.T) {
	var a tlog.Builder
	a.Add(nil, commitment(1))
	b := a
	root := a.Root()
	b.Add(nil, commitment(2))
	if a.Root() != root || a.Size() != 1 || b.Size() != 2 {
		t.Error("growing a copy changed the original")
	}
}

func TestNewBuilderRefuses(t *testing.T) {
	short := tlog.ReaderFunc(func([]int64) ([]tlog.Hash, error) { return nil, nil })
	if _, err := tlog.NewBuilder(5, short); err == nil {
		t.Error("took too few nodes")
	}
	if _, err := tlog.NewBuilder(-1, short); err == nil {
		t.Error("took a negative size")
	}
	if _, err := tlog.NewBuilder(5, nodes{}); err == nil {
		t.Error("took missing nodes")
	}
}

// TestProofsByIndependentVerifier checks our proofs with a verifier that shares no code with the prover.
func TestProofsByIndependentVerifier(t *testing.T) {
	const n = 100
	var b tlog.Builder
	var all nodes
	roots := []tlog.Hash{b.Root()}
	for i := range n {
		all = b.Add(all, tlog.LeafOf(commitment(i)))
		roots = append(roots, b.Root())
	}
	plain := func(hs []tlog.Hash) [][]byte {
		var out [][]byte
		for _, h := range hs {
			out = append(out, bytes.Clone(h[:]))
		}
		return out
	}
	for _, size := range []int64{1, 2, 3, 64, 65, 99, 100} {
		for seq := int64(1); seq <= size; seq++ {
			p, err := tlog.ProveEntry(seq, size, all)
			if err != nil {
				t.Fatal(err)
			}
			leaf := tlog.LeafOf(commitment(int(seq - 1)))
			if err := tlog.CheckEntry(p, seq, size, roots[size], leaf); err != nil {
				t.Errorf("own check: %v", err)
			}
			c := commitment(int(seq - 1))
			if err := proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(seq-1), uint64(size), rfc6962.DefaultHasher.HashLeaf(c[:]), plain(p), roots[size][:]); err != nil {
				t.Errorf("independent check of entry %d of %d: %v", seq, size, err)
			}
			wrong := leaf
			wrong[7] ^= 1
			if tlog.CheckEntry(p, seq, size, roots[size], wrong) == nil {
				t.Errorf("entry %d of %d: took another leaf", seq, size)
			}
		}
		for old := int64(1); old <= size; old++ {
			p, err := tlog.ProveGrowth(old, size, all)
			if err != nil {
				t.Fatal(err)
			}
			if err := tlog.CheckGrowth(p, old, roots[old], size, roots[size]); err != nil {
				t.Errorf("own check: %v", err)
			}
			if err := proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(old), uint64(size), plain(p), roots[old][:], roots[size][:]); err != nil {
				t.Errorf("independent check of growth %d to %d: %v", old, size, err)
			}
			wrong := roots[old]
			wrong[0] ^= 1
			if tlog.CheckGrowth(p, old, wrong, size, roots[size]) == nil {
				t.Errorf("growth %d to %d: took another history", old, size)
			}
		}
	}
	for _, bad := range []int64{0, -1, 101} {
		if _, err := tlog.ProveEntry(bad, 100, all); err == nil {
			t.Errorf("proved entry %d of 100", bad)
		}
		if _, err := tlog.ProveGrowth(bad, 100, all); err == nil {
			t.Errorf("proved growth from %d to 100", bad)
		}
	}
}

func key(t *testing.T, seed byte) *tlog.Key {
	t.Helper()
	k, err := tlog.NewKey(bytes.NewReader(bytes.Repeat([]byte{seed}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestCheckpoint(t *testing.T) {
	k, other := key(t, 1), key(t, 2)
	c, err := tlog.Checkpoint{Size: 1234, Root: commitment(9)}.Sign(k.Signer())
	if err != nil {
		t.Fatal(err)
	}
	back, err := tlog.OpenCheckpoint(c.Note, k.Verifier())
	if err != nil {
		t.Fatal(err)
	}
	if back.Origin != k.Name || back.Size != 1234 || back.Root != commitment(9) || !bytes.Equal(back.Note, c.Note) {
		t.Errorf("came back as %+v", back)
	}
	if _, err := tlog.OpenCheckpoint(c.Note, other.Verifier()); err == nil {
		t.Error("opened with another key")
	}
	if _, err := tlog.OpenCheckpoint(bytes.Replace(c.Note, []byte("1234"), []byte("1235"), 1), k.Verifier()); err == nil {
		t.Error("opened after the size was changed")
	}
	for name, text := range map[string]string{
		"another log":     "elsewhere\n1\n" + strings.Repeat("A", 43) + "=\n",
		"no root":         k.Name + "\n1\n",
		"short root":      k.Name + "\n1\nAAAA\n",
		"leading zero":    k.Name + "\n01\n" + strings.Repeat("A", 43) + "=\n",
		"negative":        k.Name + "\n-1\n" + strings.Repeat("A", 43) + "=\n",
		"trailing bits":   k.Name + "\n1\n" + strings.Repeat("A", 42) + "B=\n",
		"size not number": k.Name + "\nmany\n" + strings.Repeat("A", 43) + "=\n",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := tlog.OpenCheckpoint(signText(t, k, text), k.Verifier()); err == nil {
				t.Errorf("opened %q", text)
			}
		})
	}
}

func TestKey(t *testing.T) {
	a, b := key(t, 1), key(t, 2)
	if a.Name == b.Name {
		t.Error("two keys have one name")
	}
	again, err := tlog.ParseKey(" " + a.Private + "\n")
	if err != nil {
		t.Fatal(err)
	}
	if again.Name != a.Name || again.Public != a.Public {
		t.Error("the key came back as another")
	}
	if !strings.HasPrefix(a.Public, a.Name+"+") {
		t.Errorf("public key %q does not begin with its name %q", a.Public, a.Name)
	}
	for _, bad := range []string{"", "PRIVATE+KEY", a.Public, a.Private[:len(a.Private)-4], "PRIVATE+KEY+x+00000000+AAAA"} {
		_, err := tlog.ParseKey(bad)
		if err == nil {
			t.Errorf("took %q as a key", bad)
		} else if len(bad) > 20 && strings.Contains(err.Error(), bad[20:]) {
			t.Errorf("the error shows the key: %v", err)
		}
	}
	if _, err := tlog.NewKey(strings.NewReader("short")); err == nil {
		t.Error("made a key without enough randomness")
	}
}
