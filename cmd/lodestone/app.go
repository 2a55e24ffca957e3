package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8/decor"

	"lodestone/genealogy"
	"lodestone/ledger"
	"lodestone/store"
	"lodestone/store/mem"
	"lodestone/store/sqlite"
	"lodestone/supply"
)

// openLedger opens the store the command line names, which must be there: a question put to a store that does not
// exist is more likely a slip of the pen than a question about nothing. The second result closes it.
func openLedger(cmd *cobra.Command) (*ledger.Ledger, func() error, error) {
	ref, err := storeOf(cmd)
	if err != nil {
		return nil, nil, err
	}
	if ref.path != "" {
		if _, err := os.Stat(ref.path); errors.Is(err, fs.ErrNotExist) {
			return nil, nil, fmt.Errorf("open %s: there is no such store yet: lodestone capture or import csv makes it; --store names another", ref)
		}
	}
	return openStore(cmd.Context(), ref)
}

// makeLedger opens the store the command line names, and makes it when it is not there.
func makeLedger(cmd *cobra.Command) (*ledger.Ledger, func() error, error) {
	ref, err := storeOf(cmd)
	if err != nil {
		return nil, nil, err
	}
	if ref.path != "" {
		if err := os.MkdirAll(filepath.Dir(ref.path), 0o700); err != nil {
			return nil, nil, fmt.Errorf("make the folder of %s: %w", ref, err)
		}
	}
	return openStore(cmd.Context(), ref)
}

// openStore opens a store and its ledger. The log's signing key lies beside a SQLite file, and nowhere for memory.
func openStore(ctx context.Context, ref storeRef) (*ledger.Ledger, func() error, error) {
	options := ledger.Options{Clock: time.Now, Rand: rand.Reader}
	var s store.Store
	if ref.path == "" {
		s = mem.Open()
	} else {
		opened, err := sqlite.Open(ctx, ref.path)
		if err != nil {
			return nil, nil, fmt.Errorf("open %s: %w", ref, err)
		}
		s = opened
		options.KeyPath, options.Lots = ledger.KeyPath(ref.path), ledger.LotsPath(ref.path)
	}
	l, err := ledger.Open(ctx, s, options)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open %s: %w", ref, err), s.Close())
	}
	return l, s.Close, nil
}

// withGraph opens the store, loads the graph as of seen and calls ask with both. Where much had to be read for it, what was
// worked out is kept for the next question, after the answer was given.
func withGraph(cmd *cobra.Command, seen string, ask func(*ledger.Ledger, *genealogy.Graph) error) (err error) {
	if _, err := parseAsOf(seen); err != nil {
		return err
	}
	l, closeStore, err := openLedger(cmd)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeStore()) }()
	g, r, err := readRecord(cmd, l, seen)
	if err != nil {
		return err
	}
	err = ask(l, g)
	if r.Worth() {
		keepLots(cmd, l, g, r)
	}
	return err
}

// readRecord is the graph as far as seen ("" all of it, a log position, or a time of receipt), with a bar where much is to
// be read.
func readRecord(cmd *cobra.Command, l *ledger.Ledger, seen string) (*genealogy.Graph, ledger.Reading, error) {
	until, err := parseAsOf(seen)
	if err != nil {
		return nil, ledger.Reading{}, err
	}
	var bar *progress
	defer func() {
		if bar != nil {
			bar.done()
		}
	}()
	return l.Lots(cmd.Context(), until, func(done, of int64) {
		if bar == nil {
			bar = newProgress(cmd, "reading the record", of, decor.CountersNoUnit("%d of %d entries"))
		}
		bar.at(done)
	})
}

// followUp works the lots out and keeps them, where what was captured is much: so that the next question finds them.
func followUp(cmd *cobra.Command, l *ledger.Ledger) {
	behind, err := l.LotsBehind(cmd.Context())
	if err != nil || !behind {
		return
	}
	g, r, err := readRecord(cmd, l, "")
	if err == nil {
		keepLots(cmd, l, g, r)
	} else if cmd.Context().Err() == nil {
		fmt.Fprintf(cmd.ErrOrStderr(), "note: the lots were not worked out: %v\n", err)
	}
}

// keepLots writes the snapshot. Where it cannot be written the next question takes longer, and nothing else.
func keepLots(cmd *cobra.Command, l *ledger.Ledger, g *genealogy.Graph, r ledger.Reading) {
	if err := l.KeepLots(cmd.Context(), g, r); err != nil && cmd.Context().Err() == nil {
		fmt.Fprintf(cmd.ErrOrStderr(), "note: %v: the next question reads the log again\n", err)
	}
}

// findLot is the lot of g that text names: in another spelling of its identifier (EPC URN or Digital Link), or see pickLot.
func findLot(g *genealogy.Graph, text string) (supply.LotID, error) {
	if id, ok := g.Canonical(supply.LotID(text)); ok {
		return id, nil
	}
	return pickLot(g.Named(text), text)
}

// asOfFlag adds --as-of to cmd.
func asOfFlag(cmd *cobra.Command) *string {
	var seen said
	cmd.Flags().Var(&seen, "as-of", "answer as the log stood: a position, as in 1200, or a time of receipt, as in 2026-11-23T12:00:00Z: up to the first entry received later")
	return (*string)(&seen)
}
