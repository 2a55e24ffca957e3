package page

import (
	"strings"
	"testing"
)

// TestSettle keeps the order, lets nothing overlap, and leaves what has room where it is wanted.
func TestSettle(t *testing.T) {
	of := []*node{{y: 10, h: 20}, {y: 15, h: 30}, {y: 100, h: 10}, {y: 400, h: 50}}
	settle(of, 0, 300, 5)
	want := []float64{10, 35, 100, 250}
	for i, n := range of {
		if n.y != want[i] {
			t.Errorf("node %d stands at %g, want %g", i, n.y, want[i])
		}
	}
}

// TestUntangle: two mines, each with a plant of its own, in opposite order; uncrossed, each stands level with its own.
func TestUntangle(t *testing.T) {
	at := func(name string, y float64) *node { return &node{name: name, y: y, h: 10} }
	a, b, x, y := at("a", 0), at("b", 20), at("x", 20), at("y", 0)
	byColumn := [][]*node{{a, b}, {y, x}}
	untangle(byColumn, []*stream{{flowLink: flowLink{amount: 1}, a: a, b: x}, {flowLink: flowLink{amount: 1}, a: b, b: y}}, func(of []*node) { settle(of, 0, 100, 5) })
	if (a.y < b.y) != (x.y < y.y) {
		t.Errorf("a %g, b %g; x %g, y %g: they cross", a.y, b.y, x.y, y.y)
	}
}

// TestSankeyLabels names the first column at its left and the others at their right, with tonnes where there is room.
func TestSankeyLabels(t *testing.T) {
	text := string(sankey([]flowLink{{from: "mine A", to: "plant", amount: 12}, {from: "plant", to: "→ customer", amount: 10}}, "mass"))
	for _, want := range []string{`text-anchor="end" class="tick place">mine A 12<`, `text-anchor="start" class="tick place">plant 12<`, `class="tick place">→ customer 10<`} {
		if !strings.Contains(text, want) {
			t.Errorf("the picture does not hold %q", want)
		}
	}
}
