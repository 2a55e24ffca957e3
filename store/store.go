// Package store is the contract between the program and whatever keeps its entries. A store is two things that must not
// be confused: the Log, which is the truth and has the only commit point, and the Index, which answers look-ups and can
// be thrown away and derived again from the log.
//
// One suite, store/storetest, states this contract in tests and runs on every implementation.
package store

import (
	"context"
	"errors"
	"time"

	"lodestone/record"
	"lodestone/tlog"
)

// Row is one entry as the log keeps it. Its bytes belong to whoever holds the Row; the store has copies.
type Row struct {
	Seq      int64 // position from 1 on; set by Append
	ID       record.ID
	Kind     record.Kind
	Author   string
	Received int64     // Unix milliseconds
	Identity record.ID // of an event, whoever states it: its epcis identity; zero for a statement
	Salt     tlog.Salt
	Leaf     tlog.Hash // leaf hash; given to Append, not kept on the row but in the tree: Read leaves it zero
	Body     []byte
}

// ReadBytes is the size of bodies, in bytes, after which one answer of Log.Read ends.
const ReadBytes = 8 << 20

// Head is where a log stands.
type Head struct {
	Size int64     // entries, and so the position of the last one
	Root tlog.Hash // Merkle root over them
}

// Appended is what an append did.
type Appended struct {
	Added      int  // rows that are new
	Duplicates int  // rows whose ID the log, or an earlier row of the batch, already had
	Head       Head // after the append
}

// Signed is one signed checkpoint that was published.
type Signed struct {
	Size int64     // entries it covers
	At   time.Time // when it was signed, whole milliseconds, UTC
	Note []byte    // the signed text
}

// Log is an append-only sequence of rows and the Merkle tree over them. Every method may be called by any number of
// goroutines at once; appends are put in some order by the log.
type Log interface {
	// Append adds the rows that are new, in the order given, at the end, and sets Seq on every row: the new position,
	// or where the duplicate already stands. Rows and tree nodes are committed together.
	//
	// When it returns nil, all of it is durable: it outlives the process, and with a durable store the machine.
	// When it returns an error, nothing of the batch can be seen, unless the error is ErrUnsure; Seq values are then
	// meaningless. Either way the same call may be made again: what is there already counts as a duplicate.
	// A context that ends before the commit begins stops the append; one that ends later does not.
	Append(ctx context.Context, rows []Row) (Appended, error)

	// Read gives at most limit rows from position from on, in order, without a hole; fewer when they are large, so that
	// an answer stays near ReadBytes. None at all means that the log ends before from. What an append acknowledged
	// before Read was called is seen; of a batch nothing is seen before it is committed.
	Read(ctx context.Context, from int64, limit int) ([]Row, error)

	// Positions tells for each ID where it stands in the log, 0 for those that are not there.
	Positions(ctx context.Context, ids []record.ID) ([]int64, error)

	// Head is the log's size and root, as of the last commit. It is never older than what an append acknowledged
	// before Head was called.
	Head(ctx context.Context) (Head, error)

	// Nodes gives the stored tree nodes of these numbers (see package tlog), in the order asked for. A node that is
	// not stored is an error that matches ErrNoNode.
	Nodes(ctx context.Context, numbers []int64) ([]tlog.Hash, error)

	// Publish keeps a signed checkpoint, durable when it returns nil. Two of one size are both kept.
	Publish(ctx context.Context, c Signed) error

	// Published gives all kept checkpoints in the order in which they were published.
	Published(ctx context.Context) ([]Signed, error)
}

// Mention says which identifiers the entry at Seq names, and when what it tells of happened.
type Mention struct {
	Seq   int64
	Names []string // lots, events, places, parties, documents; in any order, repeats allowed
	At    int64    // event time in Unix milliseconds
	Timed bool     // At holds; statements have no event time
}

// Mark is how far an index has followed which log.
type Mark struct {
	Seq  int64     // the last entry that is in the index
	Root tlog.Hash // the log's root at that size; the zero Mark has the zero root
}

// Index answers look-ups about entries. All it holds is derived from the log; it may be behind the log, never ahead of
// it, and its Mark says how far it is. Every method may be called by any number of goroutines at once.
type Index interface {
	// Mark is how far the index is.
	Mark(ctx context.Context) (Mark, error)

	// Apply adds mentions and moves the mark from one place to the next, together. It refuses, with ErrMoved, when
	// the mark is not at from: somebody else has moved it. It need not be durable when it returns: after a power loss
	// an index may stand at any earlier mark, with exactly what belongs to that mark.
	Apply(ctx context.Context, from, to Mark, mentions []Mention) error

	// Mentioning gives the positions after after of entries that name this identifier, exactly as written, rising, at
	// most limit.
	Mentioning(ctx context.Context, name string, after int64, limit int) ([]int64, error)

	// During gives entries whose event time lies in [from, until) in Unix milliseconds, by time and then position, at
	// most limit, after the place after of an earlier answer; the zero Moment starts.
	During(ctx context.Context, from, until int64, after Moment, limit int) ([]Moment, error)

	// Names gives identifiers that contain text, ASCII letters in either case, rising by bytes, at most limit, those
	// greater than after.
	Names(ctx context.Context, text, after string, limit int) ([]string, error)

	// Scan gives every (position, name) pair and every moment that the index holds, in any order, for comparison with
	// the log.
	Scan(ctx context.Context, mention func(seq int64, name string), moment func(Moment)) error

	// Reset empties the index and puts its mark to zero.
	Reset(ctx context.Context) error
}

// Moment is an entry at its event time.
type Moment struct {
	At  int64 // Unix milliseconds
	Seq int64
}

// Store is a log with its index.
type Store interface {
	Log() Log
	Index() Index
	// Close ends it. Calls under way fail or finish; calls afterwards fail.
	Close() error
}

var (
	// ErrUnsure says that the commit itself failed: the batch is in the log whole, or not at all, and only a reopened
	// store can tell. The store takes no more appends until then.
	ErrUnsure = errors.New("the commit failed and may or may not have been kept; reopen the store and append again")
	// ErrBusy says that another process holds the store for writing.
	ErrBusy = errors.New("another process is writing to the store")
	// ErrFull says that the disk has no room left. Nothing of the batch is kept, and once there is room the store goes on.
	ErrFull = errors.New("the disk is full")
	// ErrDisk says that the disk failed to read, write or sync. Nothing of the batch is kept, unless the error is
	// ErrUnsure too.
	ErrDisk = errors.New("the disk failed")
	// ErrNoNode says that the tree has no such node.
	ErrNoNode = errors.New("no such tree node")
	// ErrMoved says that an index is not where its follower thought.
	ErrMoved = errors.New("the index's mark has moved")
	// ErrClosed says that the store was closed.
	ErrClosed = errors.New("the store is closed")
)
