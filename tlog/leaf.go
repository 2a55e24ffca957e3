// Package tlog makes the log checkable by those who do not trust its keeper: each entry is a leaf of a Merkle tree, and
// the tree's root is signed. The tree is that of RFC 6962 as golang.org/x/mod/sumdb/tlog keeps it, the signed text is a
// C2SP checkpoint in a C2SP signed note, so that clients and witnesses made for those can read it.
//
// # Leaf
//
// An entry's leaf data is not the entry but a commitment to it, and each commitment has a salt of its own:
//
//	commitment = SHA-256("lodestone entry v1\n" || salt (16 bytes) || committed bytes)
//	leaf hash  = SHA-256(0x00 || commitment)
//	node hash  = SHA-256(0x01 || left || right)
//
// The committed bytes are package record's. Whoever is given entry and salt can check the leaf. Whoever is given neither
// learns nothing from the leaf, though the entry be short and easily guessed; and an entry whose salt and bytes are
// erased leaves a tree that still holds.
//
// With the salt 000102030405060708090a0b0c0d0e0f and the five committed bytes "hello":
//
//	commitment 0e3a1fece2e5e59f462f26e77192af733e04d1fddf5b6f49820465d63cf8d055
//	leaf hash  60588d6963fbcfac5c26586c538ab5ccc9cc4ce5993b96f3308a779a7f67a2dc
//
// # Numbers
//
// Entries are numbered from 1, leaves from 0: entry s is leaf s-1. The stored nodes are numbered in the order in which
// they become known: a leaf, then each subtree which that leaf completes, small to large. So a growing log only ever adds
// nodes at the end, and n entries have 2n - (ones in the binary form of n) nodes.
package tlog

import (
	"crypto/sha256"

	"golang.org/x/mod/sumdb/tlog"
)

// Hash is a SHA-256 value in the tree.
type Hash = tlog.Hash

// SaltSize is the length of a salt in bytes.
const SaltSize = 16

// Salt keeps a commitment from being guessed. Every entry has its own, from a cryptographic source.
type Salt [SaltSize]byte

const leafDomain = "lodestone entry v1\n"

// Commit is the commitment to an entry: the data of its leaf.
func Commit(salt Salt, committed []byte) Hash {
	h := sha256.New()
	h.Write([]byte(leafDomain))
	h.Write(salt[:])
	h.Write(committed)
	var sum Hash
	h.Sum(sum[:0])
	return sum
}

// Leaf is the leaf hash of an entry: RFC 6962's hash of its commitment.
func Leaf(salt Salt, committed []byte) Hash {
	c := Commit(salt, committed)
	return LeafOf(c)
}

// LeafOf is the leaf hash of a commitment.
func LeafOf(commitment Hash) Hash { return tlog.RecordHash(commitment[:]) }
