package fault

import (
	"fmt"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
)

// request is one operation of a client on the log. A log of the model is the documents in it, in order, each whole: a
// string with a byte for each.
type request struct {
	Kind string // capture, read, size, find
	Doc  byte   // of capture and find
	From int    // documents that read leaves out
}

// answer is what the client was told.
type answer struct {
	Added bool   // by capture: it was not there
	At    int    // documents before this one, of capture that added and of find; -1: not found
	Docs  string // by read
	Size  int    // by size, in documents
}

// model is the log as it is promised: captures take effect one after the other, each at once and whole; whoever reads
// sees all that was acknowledged before he asked.
var model = porcupine.Model{
	Init: func() any { return "" },
	Step: func(state, input, output any) (bool, any) {
		log, in, out := state.(string), input.(request), output.(answer)
		at := -1
		for i := range len(log) {
			if log[i] == in.Doc {
				at = i
			}
		}
		switch in.Kind {
		case "capture":
			if !out.Added {
				return at >= 0, log
			}
			return at < 0 && out.At == len(log), log + string([]byte{in.Doc})
		case "read":
			return in.From > len(log) && out.Docs == "" || in.From <= len(log) && out.Docs == log[in.From:], log
		case "size":
			return out.Size == len(log), log
		case "find":
			return out.At == at, log
		}
		panic(in.Kind)
	},
	Equal:             func(a, b any) bool { return a == b },
	DescribeOperation: func(in, out any) string { return fmt.Sprintf("%+v -> %+v", in, out) },
}

// client is one who works on the log; ask is called by one goroutine.
type client interface {
	ask(request) (answer, error)
}

// history lets all clients work at once, each as its script says, and gives what each asked, and was told when.
func history(t *testing.T, clients []client, scripts [][]request) []porcupine.Operation {
	t.Helper()
	type result struct {
		ops []porcupine.Operation
		err error
	}
	began := time.Now()
	results := make(chan result)
	for n, c := range clients {
		go func() {
			var r result
			for _, in := range scripts[n] {
				call := time.Since(began)
				out, err := c.ask(in)
				if err != nil {
					r.err = fmt.Errorf("client %d, %+v: %w", n, in, err)
					break
				}
				r.ops = append(r.ops, porcupine.Operation{ClientId: n, Input: in, Output: out, Call: int64(call), Return: int64(time.Since(began))})
			}
			results <- r
		}()
	}
	var all []porcupine.Operation
	for range clients {
		r := <-results
		if r.err != nil {
			t.Error(r.err)
		}
		all = append(all, r.ops...)
	}
	return all
}

// linearizable tells whether some order of the operations, in which none comes before one that had ended when it began,
// gives every client what it was told.
func linearizable(t *testing.T, ops []porcupine.Operation) bool {
	t.Helper()
	switch porcupine.CheckOperationsTimeout(model, ops, 2*time.Minute) {
	case porcupine.Ok:
		return true
	case porcupine.Illegal:
		return false
	}
	t.Fatal("the check did not end in two minutes: the history is too long")
	return false
}
