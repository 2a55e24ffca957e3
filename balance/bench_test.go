package balance

import (
	"fmt"
	"testing"
)

// BenchmarkReconcile is one reconciliation with its tests, without taking errors out.
func BenchmarkReconcile(b *testing.B) {
	for _, lines := range []int{1, 4, 11} {
		p := month(lines, 6)
		b.Run(fmt.Sprintf("%d measurements in %d balances", len(p.net.Vars), len(p.net.Constraints)), func(b *testing.B) {
			n := p.measured(seeded(1))
			for b.Loop() {
				r, err := n.Reconcile()
				if err != nil {
					b.Fatal(err)
				}
				r.Test(0.01)
			}
		})
	}
}
