package main

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8/decor"
)

// unlessStopped does what may take long and asks nothing of the world, and stops waiting for it when the command is
// interrupted: the program then ends, and nothing was changed.
func unlessStopped[T any](cmd *cobra.Command, do func() (T, error)) (T, error) {
	type outcome struct {
		is  T
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		is, err := do()
		done <- outcome{is, err}
	}()
	select {
	case o := <-done:
		return o.is, o.err
	case <-cmd.Context().Done():
		var none T
		return none, cmd.Context().Err()
	}
}

// pondering is unlessStopped for one question, with the time it takes shown on a terminal.
func pondering[T any](cmd *cobra.Command, do func() (T, error)) (T, error) {
	bar := newProgress(cmd, "judging", 0, decor.Name("one question"))
	defer bar.done()
	return unlessStopped(cmd, do)
}

// interrupted is the error of a command that was stopped: it says what was done until then. Any other error is err itself.
func interrupted(cmd *cobra.Command, err error, done string) error {
	if err == nil || cmd.Context().Err() == nil {
		return err
	}
	return errors.New("interrupted: " + done)
}
