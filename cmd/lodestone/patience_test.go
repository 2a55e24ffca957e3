package main

import (
	"context"
	"errors"
	"testing"

	"github.com/spf13/cobra"
)

// TestUnlessStopped gives what was done, or does not wait for it once the command is interrupted.
func TestUnlessStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	cmd := &cobra.Command{}
	cmd.SetContext(ctx)
	if n, err := unlessStopped(cmd, func() (int, error) { return 7, nil }); n != 7 || err != nil {
		t.Errorf("%d, %v, want 7", n, err)
	}
	release := make(chan struct{})
	defer close(release)
	n, err := unlessStopped(cmd, func() (int, error) { stop(); <-release; return 7, nil })
	if n != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("%d, %v, want %v", n, err, context.Canceled)
	}
}

// TestInterrupted says what was done only where the command was stopped.
func TestInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	cmd := &cobra.Command{}
	cmd.SetContext(ctx)
	broken := errors.New("broken")
	if got := interrupted(cmd, broken, "2 of 3 plans shown"); got != broken {
		t.Errorf("not stopped: %v", got)
	}
	stop()
	if got := interrupted(cmd, broken, "2 of 3 plans shown"); got == nil || got.Error() != "interrupted: 2 of 3 plans shown" || errors.Is(got, context.Canceled) {
		t.Errorf("stopped: %v", got)
	}
	if got := interrupted(cmd, nil, "all"); got != nil {
		t.Errorf("done before it was stopped: %v", got)
	}
}
