package ledger

import (
	"errors"
	"fmt"
	"io"

	"lodestone/epcis"
	"lodestone/record"
	"lodestone/store"
	"lodestone/supply"
)

const (
	jobEvents = 64      // events a job
	jobBytes  = 1 << 20 // of JSON, after which a job is full
)

// job is a run of events to be checked and made into rows.
type job struct {
	raws    []epcis.Raw    // as they stand in the document, or
	events  []*epcis.Event // as a program made them,
	first   int            // the first of which is this one
	decoded bool           // events need no decoding again

	faults  epcis.Faults // of the document, met after the events
	author  supply.PartyID
	decided bool  // the author is known; else it comes with the end of the document
	bytes   int64 // read so far
	err     error // what ended the reading
}

// made is what became of a job.
type made struct {
	batch
	faults    epcis.Faults
	notes     epcis.Faults // what of good events says nothing, as supply.CheckExtensions found
	good, bad int64
	decided   bool
	bytes     int64
	err       error
}

// make checks and identifies the events of a job and commits to them. It runs on several goroutines.
func (l *Ledger) make(j job) made {
	m := made{decided: j.decided, bytes: j.bytes, err: j.err}
	if m.err != nil {
		return m
	}
	received := l.now()
	var d epcis.Decoder
	var maker record.Maker
	entries := make([]record.Entry, 0, len(j.raws)+len(j.events))
	one := func(pointer func() string, ev *epcis.Event, faults epcis.Faults) {
		if len(faults) == 0 {
			for _, f := range epcis.CheckMeaning(ev, received) {
				f.Pointer = pointer() + f.Pointer
				faults = append(faults, f)
			}
		}
		if len(faults) == 0 {
			e, err := maker.Event(j.author, received, ev)
			if err == nil {
				entries = append(entries, e)
				m.good++
				for _, f := range supply.CheckExtensions(ev) {
					f.Pointer = pointer() + f.Pointer
					f.Message += ": left out, so what it says is not known"
					m.notes = append(m.notes, f)
				}
				return
			}
			faults = epcis.Faults{{Pointer: pointer(), Rule: "entry", Message: err.Error()}}
		}
		m.bad++
		m.faults = append(m.faults, faults...)
	}
	for _, raw := range j.raws {
		ev, faults := raw.Decode(&d)
		one(func() string { return raw.Pointer }, ev, faults)
	}
	for i, ev := range j.events {
		pointer := func() string { return fmt.Sprintf("/events/%d", j.first+i) }
		if j.decoded {
			one(pointer, ev, nil)
			continue
		}
		again, faults := epcis.Raw{JSON: ev.AppendJSON(nil), Pointer: pointer()}.Decode(&d)
		one(pointer, again, faults)
	}
	m.faults = append(m.faults, j.faults...)
	m.batch, m.err = l.batch(entries)
	return m
}

// attribute makes rows that were made without an author anew with the one that came to be known.
func (l *Ledger) attribute(rows []store.Row, author supply.PartyID) (batch, error) {
	entries := make([]record.Entry, len(rows))
	for i := range rows {
		e := closedEntry(&rows[i])
		e.Author = author
		if err := e.Open(); err != nil {
			return batch{}, err
		}
		if err := e.Identify(); err != nil {
			return batch{}, err
		}
		entries[i] = e
	}
	return l.batch(entries)
}

// reading makes jobs of a document. It lives on one goroutine at a time.
type reading struct {
	r     *epcis.Reader
	in    *counter
	given supply.PartyID
}

func newReading(in io.Reader, author supply.PartyID) *reading {
	c := &counter{r: in}
	s := &reading{in: c, given: author}
	if seeker, ok := in.(io.Seeker); ok {
		s.r = epcis.NewReader(struct {
			io.Reader
			io.Seeker
		}{c, &seekCounter{c, seeker}})
	} else {
		s.r = epcis.NewReader(c)
	}
	return s
}

// author is who states the events, and whether that is known yet.
func (s *reading) author() (supply.PartyID, bool) {
	if s.given != supply.Unattributed {
		return s.given, true
	}
	sender := supply.PartyID(s.r.Document().Sender)
	return sender, sender != supply.Unattributed
}

// jobs reads the document to its end.
func (s *reading) jobs(yield func(job) bool) {
	var j job
	size := 0
	flush := func() bool {
		j.author, j.decided = s.author()
		j.bytes = s.in.n
		if err := record.CheckAuthor(j.author); err != nil && j.err == nil {
			j.err = fmt.Errorf("the document's sender cannot be the author: %w", err)
		}
		ok := yield(j)
		j, size = job{}, 0
		return ok
	}
	var last epcis.Faults
	for {
		raw, err := s.r.NextRaw()
		var faults epcis.Faults
		switch {
		case err == nil:
			j.raws = append(j.raws, raw)
			size += len(raw.JSON)
		case errors.Is(err, io.EOF):
			flush()
			return
		case errors.As(err, &faults):
			if len(faults) == 0 || len(last) == len(faults) && &last[0] == &faults[0] {
				flush() // the reader stands still: this fault was the end of what can be read
				return
			}
			last = faults
			j.faults = append(j.faults, faults...)
		default:
			j.err = err
			flush()
			return
		}
		if (len(j.raws) >= jobEvents || size >= jobBytes || len(j.faults) > 0) && !flush() {
			return
		}
	}
}

// rest is what is known when jobs has come to its end.
func (s *reading) rest() (end, error) {
	author, _ := s.author()
	doc := s.r.Document()
	claims, notes := supply.FromMasterData(doc.MasterData)
	return end{author: author, claims: claims, notes: notes, at: "/epcisHeader/epcisMasterData"}, record.CheckAuthor(author)
}

// counter counts the bytes read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// seekCounter keeps the count where the reading stands.
type seekCounter struct {
	c *counter
	s io.Seeker
}

func (s *seekCounter) Seek(offset int64, whence int) (int64, error) {
	before, err := s.s.Seek(0, io.SeekCurrent)
	if err != nil {
		return before, err
	}
	at, err := s.s.Seek(offset, whence)
	if err == nil {
		s.c.n += at - before
	}
	return at, err
}
