package main

import (
	"strings"
	"testing"
)

func TestDrawTree(t *testing.T) {
	root := &branch{line: "magnet", more: []string{"! over-issued"}, below: []*branch{
		{line: "alloy", more: []string{"note"}, below: []*branch{{line: "metal", more: []string{"deep"}}}},
		{line: "powder"},
	}}
	want := `magnet
│ ! over-issued
├─ alloy
│  │ note
│  └─ metal
│       deep
└─ powder
`
	var got strings.Builder
	if err := drawTree(&got, root); err != nil {
		t.Fatal(err)
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}
