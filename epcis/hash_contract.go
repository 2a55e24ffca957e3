package epcis

// Hash is a SHA-256 value.
type Hash [32]byte
