package ledger

import (
	"context"
	"fmt"
	"io"
	"iter"

	"lodestone/epcis"
	"lodestone/record"
	"lodestone/supply"
)

// MaxFaults is how many faults, and how many notes, a Refusal or a CaptureResult names; further ones are counted.
const MaxFaults = 10_000

// CaptureOptions say how to capture.
type CaptureOptions struct {
	Author   supply.PartyID            // who states the events; "": the document's sender, else nobody
	Proceed  bool                      // take what is good event by event; otherwise a document with a fault is refused whole
	Decoded  bool                      // CaptureEvents only: the events came from package epcis's decoder without faults, and were not changed
	Progress func(bytes, events int64) // nil, or called now and then with what was read and checked so far
	TempDir  string                    // for documents that outgrow memory; "": the system's
}

// CaptureResult is what a capture did.
type CaptureResult struct {
	Result     // over all appends
	Author     supply.PartyID
	Events     int64        // events that were good
	Statements int64        // statements that were good: of the document's master data, or given
	Refused    int64        // with Proceed: events and statements that were not
	Faults     epcis.Faults // with Proceed: why, and what else is wrong with the document
	MoreFaults int          // faults beyond those
	Notes      epcis.Faults // what was left out of what was taken: extensions that cannot be read, master data that has no place here
	MoreNotes  int          // notes beyond MaxFaults
}

// Refusal is the error for a document that was refused whole. Nothing of it is in the log.
type Refusal struct {
	Faults epcis.Faults // with JSON pointer, rule and hint, in the order of the document
	More   int          // faults beyond those
}

// Error names the first faults.
func (r *Refusal) Error() string {
	return fmt.Sprintf("the document is refused, nothing was recorded: %v", r.Faults)
}

// Unwrap gives the faults.
func (r *Refusal) Unwrap() error { return r.Faults }

// Capture reads a document of any size and kind that epcis.Reader reads, checks it, and appends its events, and its
// master data as statements, in batches of BatchSize. Each batch is durable before the next begins. The index follows
// at once when it is in step with the log; what hinders it does not hinder the capture.
//
// A document with a fault anywhere is refused whole, with a *Refusal: nothing is appended before all of it was checked.
// Until then it waits in memory, and beyond SpoolLimit in a temporary file of mode 0600. With Proceed good events are
// taken and the faults of the others reported in the result. An error that is not a *Refusal (reading, the disk, the
// context) may leave a part of an accepted document in the log, as the result says; capturing it again adds the rest.
//
// Reading cannot be interrupted while in blocks: when the context ends, Capture returns, and in may be read once more.
func (l *Ledger) Capture(ctx context.Context, in io.Reader, o CaptureOptions) (CaptureResult, error) {
	s := newReading(in, o.Author)
	return l.capture(ctx, o, s.jobs, s.rest)
}

// CaptureEvents captures events and statements that a program made, as Capture does a document. The pointers of faults
// are "/events/<n>" and "/statements/<n>". Unless o.Decoded says that it is needless, events are encoded and decoded
// once, since that is where their structure is checked. They must not be changed afterwards.
func (l *Ledger) CaptureEvents(ctx context.Context, events []*epcis.Event, claims []supply.Statement, o CaptureOptions) (CaptureResult, error) {
	jobs := func(yield func(job) bool) {
		for at := 0; at < len(events); at += jobEvents {
			part := events[at:min(at+jobEvents, len(events))]
			if !yield(job{events: part, first: at, decoded: o.Decoded, author: o.Author, decided: true}) {
				return
			}
		}
	}
	return l.capture(ctx, o, jobs, func() (end, error) { return end{author: o.Author, claims: claims, at: "/statements"}, nil })
}

// end is what is known of a document when all of it was read.
type end struct {
	author supply.PartyID
	claims []supply.Statement
	notes  epcis.Faults
	at     string // JSON pointer of the claims
}

// capture runs jobs through all cores into the spool, or with Proceed and a known author straight into the log, then
// settles. rest is called when jobs has come to its end.
func (l *Ledger) capture(ctx context.Context, o CaptureOptions, jobs iter.Seq[job], rest func() (end, error)) (res CaptureResult, err error) {
	res.Author = o.Author
	if err := record.CheckAuthor(o.Author); err != nil {
		return res, fmt.Errorf("capture: %w", err)
	}
	keep := newSpool(o.TempDir)
	defer keep.close()
	w := l.newWriter(ctx)
	defer func() { // the writer's own error counts before the context's, which it may have caused
		if done, failed := w.stop(); failed != nil || err != nil {
			res.Result = done
			if failed != nil {
				err = failed
			}
		}
	}()
	for m := range inOrder(ctx, false, jobs, l.make) {
		if m.err != nil {
			return res, fmt.Errorf("capture: %w", m.err)
		}
		res.take(m)
		if o.Progress != nil {
			o.Progress(m.bytes, res.Events+res.Refused)
		}
		var err error
		switch {
		case o.Proceed && m.decided:
			err = w.put(m.batch)
		case o.Proceed || len(res.Faults) == 0:
			err = keep.add(m.batch, m.decided)
		default: // refused already: read on for the other faults, keep nothing
		}
		if err != nil {
			return res, fmt.Errorf("capture: %w", err)
		}
	}
	if err := ctx.Err(); err != nil {
		return res, fmt.Errorf("capture: %w", err)
	}
	last, err := rest()
	if err != nil {
		return res, fmt.Errorf("capture: %w", err)
	}
	if err := l.settle(o, &res, last, keep, w); err != nil {
		return res, err
	}
	res.Result, err = w.finish()
	return res, err
}

// settle refuses, or hands the writer all that waits: what the spool holds, and the statements.
func (l *Ledger) settle(o CaptureOptions, res *CaptureResult, last end, keep *spool, w *writer) error {
	res.Author = last.author
	for _, f := range last.notes {
		res.note(f)
	}
	claims := l.claims(res, last)
	if len(res.Faults) > 0 && !o.Proceed {
		return &Refusal{res.Faults, res.MoreFaults}
	}
	stated, err := l.batch(claims)
	if err != nil {
		return fmt.Errorf("capture: %w", err)
	}
	// Everything was checked. From here on entries reach the log.
	if err := keep.each(func(b batch, decided bool) error {
		if !decided && last.author != supply.Unattributed {
			if b, err = l.attribute(b.rows, last.author); err != nil {
				return err
			}
		}
		return w.put(b)
	}); err != nil {
		return fmt.Errorf("capture: %w", err)
	}
	return w.put(stated)
}

// claims makes entries of the statements, and counts and names those that are faulty.
func (l *Ledger) claims(res *CaptureResult, last end) []record.Entry {
	var out []record.Entry
	received := l.now()
	for i := range last.claims {
		err := last.claims[i].Check()
		var e record.Entry
		if err == nil {
			e, err = record.NewStatement(last.author, received, &last.claims[i])
		}
		if err != nil {
			res.Refused++
			res.fault(epcis.Fault{Pointer: fmt.Sprintf("%s/%d", last.at, i), Rule: "statement", Message: err.Error()})
			continue
		}
		res.Statements++
		out = append(out, e)
	}
	return out
}

// take counts what was made of a job.
func (r *CaptureResult) take(m made) {
	r.Events += m.good
	r.Refused += m.bad
	for _, f := range m.faults {
		r.fault(f)
	}
	for _, f := range m.notes {
		r.note(f)
	}
}

func (r *CaptureResult) note(f epcis.Fault) {
	if len(r.Notes) == MaxFaults {
		r.MoreNotes++
		return
	}
	r.Notes = append(r.Notes, f)
}

func (r *CaptureResult) fault(f epcis.Fault) {
	if len(r.Faults) == MaxFaults {
		r.MoreFaults++
		return
	}
	r.Faults = append(r.Faults, f)
}
