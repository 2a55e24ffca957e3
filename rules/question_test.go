package rules_test

import (
	"os"
	"testing"

	"lodestone/rules"
)

func loadBooks(tb testing.TB) rules.Library {
	tb.Helper()
	var lib rules.Library
	for _, dir := range []string{"us/dfars-252.225-7052", "us/dfars-252.225-7009", "us/10-usc-4872"} {
		bk, err := rules.LoadBook(os.DirFS("../law"), dir)
		if err != nil {
			tb.Fatal(err)
		}
		lib = append(lib, bk)
	}
	return lib
}
