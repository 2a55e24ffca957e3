package main

import (
	"fmt"
	"strings"
	"testing"

	"lodestone/genealogy"
	"lodestone/supply"
)

// TestLongWay: of a long way its ends are shown and how much is between; with --all everything is.
func TestLongWay(t *testing.T) {
	p := &genealogy.Path{Found: true, There: make([]genealogy.Happening, 12), Arrows: make([]genealogy.TraceArrow, 99)}
	for i := range 100 {
		p.Lots = append(p.Lots, genealogy.LotSummary{ID: supply.LotID(fmt.Sprintf("lot-%02d", i))})
	}
	write := func(p *genealogy.Path, all bool) string {
		var b strings.Builder
		if err := writeWay(&b, p, all); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	short, whole := write(p, false), write(p, true)
	for _, want := range []string{"lot-00 ", "lot-19 ", "  ↑ 60 lots between, of 100 in all; --all shows them\n", "lot-80 ", "lot-99 ", "    and 7 more; --all shows them\n"} {
		if !strings.Contains(short, want) {
			t.Errorf("%q is not in\n%s", want, short)
		}
	}
	if strings.Contains(short, "lot-20 ") || strings.Contains(short, "lot-79 ") {
		t.Errorf("the middle is shown in\n%s", short)
	}
	if n := strings.Count(whole, "\n"); n != 100+99+12 || strings.Contains(whole, "--all") {
		t.Errorf("%d lines of all the way, want 211:\n%s", n, whole)
	}
	none := write(&genealogy.Path{Holes: make([]genealogy.Hole, 8)}, false)
	if !strings.Contains(none, "8 gaps") || !strings.Contains(none, "  and 3 more; --all shows them\n") {
		t.Errorf("eight gaps:\n%s", none)
	}
}
