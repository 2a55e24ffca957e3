package shipment

import (
	"slices"
	"strconv"
	"strings"

	"lodestone/rules"
)

// One answer stands for many items, which differ in their names: where an answer would say a name it has a slot, filled for
// each item as it is written. Slot 0 is the item itself.

const slotOpen, slotClose = "⟦", "⟧"

func slot(n int) string { return slotOpen + strconv.Itoa(n) + slotClose }

// rename puts slots in the place of the names that differ between items of one class, and returns the names of the slots
// from 1 on. bare tells that the only material is the item itself.
func (it *item) rename(r *Row, bare bool, named map[string]bool) (names []string) {
	f := it.facts
	f.EndItem.Name = slot(0)
	if r.part != nil && r.lot == "" {
		return nil // all items of a part hold what the bill names
	}
	f.Materials = slices.Clone(f.Materials)
	for i := range f.Materials {
		m := &f.Materials[i]
		switch {
		case named[strings.ToLower(m.Name)]:
		case bare && len(f.Materials) == 1:
			m.Name = slot(0)
		default:
			names = append(names, m.Name)
			m.Name = slot(len(names))
		}
	}
	return names
}

// Text is words with slots.
type Text struct {
	parts []string // around the slots
	slots []int    // between them
}

// newText finds the slots in a text.
func newText(s string) Text {
	var t Text
	for {
		i := strings.Index(s, slotOpen)
		if i < 0 {
			break
		}
		digits, rest, ok := strings.Cut(s[i+len(slotOpen):], slotClose)
		n, err := strconv.Atoi(digits)
		if !ok || err != nil {
			break
		}
		t.parts, t.slots, s = append(t.parts, s[:i]), append(t.slots, n), rest
	}
	t.parts = append(t.parts, s)
	return t
}

// fill appends the text with the names in its slots, each name passed through write.
func (t *Text) fill(b []byte, item string, names []string, write func([]byte, string) []byte) []byte {
	for i, p := range t.parts {
		b = append(b, p...)
		if i == len(t.slots) {
			break
		}
		switch n := t.slots[i]; {
		case n == 0:
			b = write(b, item)
		case n <= len(names):
			b = write(b, names[n-1])
		}
	}
	return b
}

// Judged is the answer for one row.
type Judged struct {
	Row   *Row
	Found *Finding
	names []string
}

// Say is a text of the finding with the row's names in it.
func (j Judged) Say(t Text) string {
	if len(t.slots) == 0 {
		return t.parts[0]
	}
	return string(t.fill(nil, j.Row.Item, j.names, func(b []byte, s string) []byte { return append(b, s...) }))
}

// material is the index of the material that a fact speaks of, -1 for none.
func material(f *rules.Facts, fact string) int {
	rest, ok := strings.CutPrefix(fact, "materials[")
	if !ok {
		return -1
	}
	return slices.IndexFunc(f.Materials, func(m rules.Material) bool { return strings.HasPrefix(rest, m.Name+"].") })
}

// component is the name of the assembly that a fact speaks of, "" for none.
func component(f *rules.Facts, fact string) string {
	rest, ok := strings.CutPrefix(fact, "components[")
	if !ok {
		return ""
	}
	for i := range f.Components {
		if name := f.Components[i].Name; strings.HasPrefix(rest, name+"].") {
			return name
		}
	}
	return ""
}
