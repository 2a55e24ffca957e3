// Package opa holds the engine against the same rule in Rego, evaluated by Open Policy Agent, and in bare CEL: first that
// they decide alike, then how fast. It is a module of its own, so that the program does not depend on OPA.
package opa

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"testing"

	"cel.dev/cel-go/cel"
	"github.com/open-policy-agent/opa/v1/rego"

	"lodestone/law"
	"lodestone/rules"
)

//go:embed rule.rego
var regoRule string

// celRule is the same rule, asked of one step.
const celRule = `phase in ["mined", "beneficiated", "cracked", "leached", "precipitated", "separated", "calcined", "refined", "reduced", "melted",
	"atomized", "decrepitated", "milled", "pressed", "sintered", "bonded", "diffused", "machined", "coated", "magnetized"] &&
	(size(elements) == 0 || elements.exists(e, e in ["Nd", "Fe", "B"] || e in ["La", "Ce", "Pr", "Nd", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er",
	"Tm", "Yb", "Lu", "Y", "Sc"])) && country in ["CN", "IR", "KP", "RU", ""]`

type step struct {
	phase, country string
	elements       []string
}

// chain is a magnet's history of twelve steps, the n-th in another country.
func chain(n int, country string) []step {
	steps := []step{{"mined", "AU", []string{"Nd"}}, {"mined", "US", []string{"Fe"}}, {"mined", "US", []string{"B"}}, {"leached", "AU", []string{"Nd"}},
		{"separated", "CA", []string{"Nd"}}, {"refined", "US", []string{"Fe"}}, {"refined", "US", []string{"B"}}, {"reduced", "US", []string{"Nd"}},
		{"melted", "US", nil}, {"milled", "US", nil}, {"sintered", "US", nil}, {"magnetized", "US", nil}}
	if n >= 0 {
		steps[n].country = country
	}
	return steps
}

func facts(t testing.TB, steps []step) *rules.Facts {
	var b strings.Builder
	b.WriteString(`book: us/dfars-252.225-7052
delivery: 2027-01-01
contract: {clauses: ["252.225-7052 MAY 2024"], value_usd: 10000000, bought_in: US, used_in: US}
end_item: {name: fin actuator, manufactured_in: US, cots: false, modified: false, electronic_device: false}
materials_complete: true
materials:
  - name: magnet
    kind: NdFeB magnet
    form: finished
    incorporated: true
    elements: {Nd: 0.30, Fe: 0.69, B: 0.01}
    complete: true
    steps:
`)
	for _, s := range steps {
		fmt.Fprintf(&b, "      - {phase: %s, elements: [%s], evidence: certificate", s.phase, strings.Join(s.elements, ", "))
		if s.country != "" {
			b.WriteString(", country: " + s.country)
		}
		b.WriteString("}\n")
	}
	f, err := rules.ParseFacts("q.yaml", []byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func input(steps []step) map[string]any {
	var list []any
	for _, s := range steps {
		elements := []any{}
		for _, e := range s.elements {
			elements = append(elements, e)
		}
		list = append(list, map[string]any{"phase": s.phase, "country": s.country, "elements": elements})
	}
	return map[string]any{"steps": list}
}

func prepared(t testing.TB) rego.PreparedEvalQuery {
	q, err := rego.New(rego.Query("data.delivery.verdict"), rego.Module("rule.rego", regoRule)).PrepareForEval(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func program(t testing.TB) cel.Program {
	env, err := cel.NewEnv(cel.Variable("phase", cel.StringType), cel.Variable("country", cel.StringType), cel.Variable("elements", cel.ListType(cel.StringType)))
	if err != nil {
		t.Fatal(err)
	}
	ast, iss := env.Compile(celRule)
	if iss.Err() != nil {
		t.Fatal(iss.Err())
	}
	p, err := env.Program(ast, cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func byCEL(t testing.TB, p cel.Program, steps []map[string]any) string {
	verdict := "COMPLIANT"
	for _, s := range steps {
		v, _, err := p.Eval(s)
		if err != nil {
			t.Fatal(err)
		}
		if v.Value() == true {
			if s["country"] != "" {
				return "NONCOMPLIANT"
			}
			verdict = "UNDETERMINED"
		}
	}
	return verdict
}

func activations(steps []step) (list []map[string]any) {
	for _, s := range steps {
		list = append(list, map[string]any{"phase": s.phase, "country": s.country, "elements": s.elements})
	}
	return list
}

func byOPA(t testing.TB, q rego.PreparedEvalQuery, in map[string]any) string {
	rs, err := q.Eval(context.Background(), rego.EvalInput(in))
	if err != nil || len(rs) != 1 {
		t.Fatal(rs, err)
	}
	return rs[0].Expressions[0].Value.(string)
}

func library(t testing.TB) rules.Library {
	lib, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// TestSameAnswer puts each step of the chain in a covered country, in a clean one and nowhere, and asks all three.
func TestSameAnswer(t *testing.T) {
	lib, q, p := library(t), prepared(t), program(t)
	for n := -1; n < 12; n++ {
		for _, country := range []string{"CN", "RU", "JP", ""} {
			steps := chain(n, country)
			a, err := lib.Judge(facts(t, steps))
			if err != nil {
				t.Fatal(err)
			}
			if opa, c := byOPA(t, q, input(steps)), byCEL(t, p, activations(steps)); string(a.Verdict) != opa || opa != c {
				t.Errorf("step %d in %q: engine %s, OPA %s, CEL %s", n, country, a.Verdict, opa, c)
			}
		}
	}
}

// BenchmarkRule decides one question of twelve steps: the rule alone in bare CEL and in OPA; the engine's verdict of the
// clause and the statute beside it, every exception, doubt and need heard; and the engine's answer with its words, grounds,
// doubts and what is missing.
func BenchmarkRule(b *testing.B) {
	steps := chain(4, "CN")
	b.Run("bare-CEL", func(b *testing.B) {
		p, as := program(b), activations(steps)
		for b.Loop() {
			if byCEL(b, p, as) != "NONCOMPLIANT" {
				b.Fatal("wrong")
			}
		}
	})
	b.Run("OPA", func(b *testing.B) {
		q, in := prepared(b), input(steps)
		for b.Loop() {
			if byOPA(b, q, in) != "NONCOMPLIANT" {
				b.Fatal("wrong")
			}
		}
	})
	b.Run("engine-verdict", func(b *testing.B) {
		trial, err := library(b).Trial(facts(b, steps))
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if o, err := trial.Try(nil); err != nil || o.Verdict != rules.Noncompliant {
				b.Fatal(o, err)
			}
		}
	})
	b.Run("engine-answer", func(b *testing.B) {
		lib, f := library(b), facts(b, steps)
		for b.Loop() {
			if a, err := lib.Judge(f); err != nil || a.Verdict != rules.Noncompliant {
				b.Fatal(a, err)
			}
		}
	})
}
