package tlog_test

import (
	"testing"

	"golang.org/x/mod/sumdb/note"

	"lodestone/tlog"
)

func signText(t *testing.T, k *tlog.Key, text string) []byte {
	t.Helper()
	b, err := note.Sign(&note.Note{Text: text}, k.Signer())
	if err != nil {
		t.Fatal(err)
	}
	return b
}
