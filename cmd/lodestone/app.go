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
		options.KeyPath = ledger.KeyPath(ref.path)
	}
	l, err := ledger.Open(ctx, s, options)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open %s: %w", ref, err), s.Close())
	}
	return l, s.Close, nil
}

// loadGraph reads the log into a graph, as far as seen: "" all of it, a log position, or an RFC 3339 time of receipt.
func loadGraph(ctx context.Context, l *ledger.Ledger, seen string) (*genealogy.Graph, error) {
	return followLog(ctx, l, seen, func(int64) {})
}

// followLog is loadGraph, calling each with the position of every entry read.
func followLog(ctx context.Context, l *ledger.Ledger, seen string, each func(seq int64)) (*genealogy.Graph, error) {
	until, err := parseAsOf(seen)
	if err != nil {
		return nil, err
	}
	g := genealogy.New()
	last := int64(0)
	for e, err := range l.Entries(ctx, 1) {
		if err != nil {
			return nil, fmt.Errorf("read the log: %w", err)
		}
		last = e.Seq
		each(last)
		if until.seq > 0 && e.Seq > until.seq {
			break
		}
		if !until.sees(e.Seq, e.Received) {
			continue
		}
		if err := g.Apply(e); err != nil {
			return nil, fmt.Errorf("follow the log at entry %d: %w: lodestone fsck checks the store", e.Seq, err)
		}
	}
	if until.seq > last {
		return nil, fmt.Errorf("--as-of %d: the log ends at entry %d", until.seq, last)
	}
	return g, nil
}

// withGraph opens the store, loads the graph as of seen and calls ask with both.
func withGraph(cmd *cobra.Command, seen string, ask func(*ledger.Ledger, *genealogy.Graph) error) (err error) {
	if _, err := parseAsOf(seen); err != nil {
		return err
	}
	l, closeStore, err := openLedger(cmd)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeStore()) }()
	g, err := readRecord(cmd, l, seen)
	if err != nil {
		return err
	}
	return ask(l, g)
}

// readRecord is loadGraph with a bar where the log is long.
func readRecord(cmd *cobra.Command, l *ledger.Ledger, seen string) (*genealogy.Graph, error) {
	const long = 20_000
	size, err := l.Size(cmd.Context())
	if err != nil {
		return nil, err
	}
	if size < long {
		return loadGraph(cmd.Context(), l, seen)
	}
	bar := newProgress(cmd, "reading the record", size, decor.CountersNoUnit("%d of %d entries"))
	defer bar.done()
	return followLog(cmd.Context(), l, seen, bar.at)
}

// findLot is the lot of g that text names: in another spelling of its identifier (EPC URN or Digital Link), or see pickLot.
func findLot(g *genealogy.Graph, text string) (supply.LotID, error) {
	if lot, ok := g.Lot(supply.LotID(text)); ok {
		return lot.ID, nil
	}
	all := g.Lots("")
	known := make([]supply.LotID, len(all))
	for i, lot := range all {
		known[i] = lot.ID
	}
	return pickLot(known, text)
}

// asOfFlag adds --as-of to cmd.
func asOfFlag(cmd *cobra.Command) *string {
	return cmd.Flags().String("as-of", "", "answer as the log stood: a position, as in 1200, or a time of receipt, as in 2026-11-23T12:00:00Z")
}
