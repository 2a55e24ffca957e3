package main

import (
	"bufio"
	"io"
)

// branch is one node of a tree to be drawn: its line, further lines about it, and what hangs below.
type branch struct {
	line  string
	more  []string
	below []*branch
}

// drawTree draws a tree with box characters, a node's further lines set under its line.
//
//	magnet
//	│ ! over-issued
//	├─ alloy
//	│  └─ metal
//	└─ powder
func drawTree(w io.Writer, root *branch) error {
	out := bufio.NewWriter(w)
	drawBranch(out, root, "", "")
	return out.Flush()
}

// drawBranch writes a branch whose line begins with first and whose other lines begin with rest. It does not recurse
// deeper than the tree; trees here are a history's depth, tens of levels.
func drawBranch(out *bufio.Writer, b *branch, first, rest string) {
	out.WriteString(first + b.line + "\n")
	stem := "  "
	if len(b.below) > 0 {
		stem = "│ "
	}
	for _, line := range b.more {
		out.WriteString(rest + stem + line + "\n")
	}
	for i, child := range b.below {
		if i == len(b.below)-1 {
			drawBranch(out, child, rest+"└─ ", rest+"   ")
		} else {
			drawBranch(out, child, rest+"├─ ", rest+"│  ")
		}
	}
}
