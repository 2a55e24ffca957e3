package rules

import (
	"context"
	"os"
	"testing"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types/ref"

	"lodestone/quantity"
)

// timed is a condition that keeps the time its evaluations take.
type timed struct {
	cel.Program
	spent *time.Duration
	asked *int
}

func (t timed) Eval(vars any) (ref.Val, *cel.EvalDetails, error) {
	began := time.Now()
	v, d, err := t.Program.Eval(vars)
	*t.spent += time.Since(began)
	*t.asked++
	return v, d, err
}

func (t timed) ContextEval(ctx context.Context, vars any) (ref.Val, *cel.EvalDetails, error) {
	return t.Program.ContextEval(ctx, vars)
}

// BenchmarkColdQuestion asks one book about one material of twelve steps, of which Chinese dysprosium leaves a doubt
// open: verdict, doubts, missing facts and grounds, nothing cached. CEL's share is measured in the same questions, with
// the clock's own cost in it.
func BenchmarkColdQuestion(b *testing.B) {
	question, err := os.ReadFile("testdata/question.yaml")
	if err != nil {
		b.Fatal(err)
	}
	f, err := ParseFacts("question.yaml", question)
	if err != nil {
		b.Fatal(err)
	}
	load := func() Library {
		var lib Library
		for _, dir := range []string{"us/dfars-252.225-7052", "us/10-usc-4872"} {
			bk, err := LoadBook(os.DirFS("../law"), dir)
			if err != nil {
				b.Fatal(err)
			}
			lib = append(lib, bk)
		}
		return lib
	}
	plain, watched := load(), load()
	var spent time.Duration
	asked := 0
	for _, bk := range watched {
		for _, r := range bk.rules {
			if r.when != nil {
				r.when = timed{r.when, &spent, &asked}
			}
		}
	}
	const times = 2000
	ask := func(lib Library, day string) time.Duration {
		q := *f
		q.Delivery = quantity.MustDate(day)
		began := time.Now()
		for range times {
			if _, err := lib.Judge(&q); err != nil {
				b.Fatal(err)
			}
		}
		return time.Since(began)
	}
	for _, c := range []struct{ name, day string }{{"one_open_doubt", "2027-01-01"}, {"two_open_doubts", "2026-12-31"}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				whole := ask(plain, c.day)
				spent, asked = 0, 0
				ask(watched, c.day)
				b.ReportMetric(float64(whole.Microseconds())/times, "µs/question")
				b.ReportMetric(float64(spent.Microseconds())/times, "µs-in-CEL/question")
				b.ReportMetric(float64(asked)/times, "conditions/question")
			}
		})
	}
}
