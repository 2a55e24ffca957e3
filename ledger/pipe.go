package ledger

import (
	"context"
	"iter"
	"runtime"
	"sync"
)

// task is one piece of work on its way: result is there when done is closed.
type task[In, Out any] struct {
	in   In
	out  Out
	done chan struct{}
}

// inOrder runs work on what source gives, on all cores, and yields the results in the order of source. source runs on a
// goroutine of its own; when the consumer stops, source is told at its next item. With wait, the last goroutine has
// ended when the iteration ends; without, a source that is blocked, on a terminal for example, may end later.
func inOrder[In, Out any](ctx context.Context, wait bool, source iter.Seq[In], work func(In) Out) iter.Seq[Out] {
	return func(yield func(Out) bool) {
		workers := runtime.GOMAXPROCS(0)
		todo := make(chan *task[In, Out], 2*workers)  // to the workers
		queue := make(chan *task[In, Out], 4*workers) // the same tasks, in order
		stop := make(chan struct{})
		var w sync.WaitGroup
		for range workers {
			w.Go(func() {
				for {
					select {
					case t, ok := <-todo:
						if !ok {
							return
						}
						t.out = work(t.in)
						close(t.done)
					case <-stop:
						return
					}
				}
			})
		}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			defer close(queue)
			defer close(todo)
			for in := range source {
				t := &task[In, Out]{in: in, done: make(chan struct{})}
				select {
				case queue <- t:
				case <-stop:
					return
				}
				select {
				case todo <- t:
				case <-stop:
					return
				}
			}
		}()
		defer func() {
			close(stop)
			w.Wait()
			if wait {
				<-ended
			}
		}()
		for {
			select {
			case t, ok := <-queue:
				if !ok {
					return
				}
				select {
				case <-t.done:
				case <-ctx.Done():
					return
				}
				if !yield(t.out) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}
