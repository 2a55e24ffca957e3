package rules_test

import (
	"os"
	"testing"

	"lodestone/rules"
)

const twelveSteps = `
book: us/dfars-252.225-7052
delivery: 2027-01-01
contract: {clauses: ["252.225-7052 MAY 2024"], value_usd: 10000000, bought_in: US, used_in: US}
end_item: {name: actuator, manufactured_in: US, cots: false, modified: false, electronic_device: false, covered_material_share: 0.03, tungsten_share: 0}
materials_complete: true
materials:
  - name: arc magnet
    kind: NdFeB magnet
    form: finished
    incorporated: true
    elements: {Nd: 0.29, Pr: 0.01, Dy: 0.015, Fe: 0.675, B: 0.01}
    complete: true
    steps:
      - {phase: mined, elements: [Nd, Pr], country: US, evidence: certificate}
      - {phase: mined, elements: [Dy], country: CN, evidence: certificate}
      - {phase: cracked, elements: [Nd, Pr], country: US, evidence: certificate}
      - {phase: separated, elements: [Nd, Pr], country: CA, evidence: certificate}
      - {phase: separated, elements: [Dy], country: CA, evidence: certificate}
      - {phase: reduced, elements: [Nd, Pr], country: CA, evidence: certificate}
      - {phase: reduced, elements: [Dy], country: US, evidence: certificate}
      - {phase: melted, country: US, evidence: certificate}
      - {phase: milled, country: US, evidence: certificate}
      - {phase: pressed, country: US, evidence: certificate}
      - {phase: sintered, country: US, evidence: certificate}
      - {phase: magnetized, country: US, evidence: certificate}
`

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
