package sim_test

import (
	"fmt"
	"math/rand/v2"

	"lodestone/element"
	"lodestone/sim"
)

// A powder's id is issued again: the world says what was truly made of it, and from where.
func Example() {
	w, err := sim.New(sim.Config{Lots: 300, Name: "w", Double: 0.5}, rand.New(rand.NewPCG(16, 0)))
	if err != nil {
		fmt.Println(err)
		return
	}
	for o := range w.Run() {
		for _, t := range o.Planted {
			if t.Kind != sim.DoubleIssue {
				continue
			}
			e := o.Event
			fmt.Println(t.Kind, "of", t.Lots[0])
			fmt.Println("told at", e.Time.Text, "of", e.ReadPoint.ID, "by", o.By)
			for _, q := range e.InputQuantities {
				fmt.Println("  in ", q.Class, q.Value)
			}
			for _, q := range e.OutputQuantities {
				fmt.Println("  out", q.Class, q.Value)
			}
			for _, m := range o.Made {
				fmt.Println("truth of", m.Lot, m.Mass())
				for _, s := range m.From(element.Nd) {
					fmt.Println("  neodymium", s.Mass, s.Facility)
				}
			}
			return
		}
	}
	// Output:
	// double issue of urn:lodestone:lot:sim:w:CPN-280
	// told at 2021-01-19T05:59:59.861Z of urn:lodestone:facility:sim:carolina-magnet by urn:lodestone:party:sim:carolina-magnet
	//   in  urn:lodestone:lot:sim:w:CPN-274 10.0594
	//   in  urn:lodestone:lot:sim:w:CPN-272 6.07985
	//   in  urn:lodestone:lot:sim:w:CPN-280 8.51657
	//   out urn:lodestone:lot:sim:w:FPN-284 24.2446
	// truth of urn:lodestone:lot:sim:w:FPN-284 24.230394 kg
	//   neodymium 56.297 g urn:lodestone:facility:US-MP-MP
	//   neodymium 1.471402 kg urn:lodestone:facility:AU-MTWELD
	//   neodymium 2.303867 kg urn:lodestone:facility:sim:wyoming-mine
	//   neodymium 2.017994 kg urn:lodestone:facility:sim:jiangxi-mine
}
