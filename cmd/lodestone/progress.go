package main

import (
	"time"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress is a bar on the terminal, or nothing where there is none.
type progress struct {
	all *mpb.Progress
	bar *mpb.Bar
}

// newProgress begins a bar towards total; a total of 0 or less is unknown and shows a count that runs. Nothing is drawn
// unless the command's error stream is a terminal. The bar goes when it is done.
func newProgress(cmd *cobra.Command, name string, total int64, unit decor.Decorator) *progress {
	screen, ok := onTerminal(cmd.ErrOrStderr())
	if !ok {
		return &progress{}
	}
	all := mpb.NewWithContext(cmd.Context(), mpb.WithOutput(screen), mpb.WithWidth(40), mpb.WithRefreshRate(150*time.Millisecond))
	bar := all.AddBar(max(total, 0),
		mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Name(name+" ")),
		mpb.AppendDecorators(unit, decor.Name("  "), decor.Elapsed(decor.ET_STYLE_GO)))
	return &progress{all: all, bar: bar}
}

// at moves the bar to n.
func (p *progress) at(n int64) {
	if p.bar != nil {
		p.bar.SetCurrent(n)
	}
}

// done takes the bar away; nothing else may be printed before. It may be called again.
func (p *progress) done() {
	if p.all == nil {
		return
	}
	p.bar.Abort(true)
	p.all.Wait()
	p.all = nil
}

// of moves the bar to n of total.
func (p *progress) of(n, total int64) {
	if p.bar != nil {
		p.bar.SetTotal(total, false)
		p.bar.SetCurrent(n)
	}
}
