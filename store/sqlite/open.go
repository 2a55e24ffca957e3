// Package sqlite is the embedded store: two SQLite files, without cgo.
//
//	lodestone.db          the log: synchronous=FULL, every append is on the disk when it returns
//	lodestone.index.db    the index: synchronous=NORMAL, may fall back after a power loss, can be deleted at any time
//
// Both are in write-ahead mode, so each has a -wal and a -shm file beside it while it is in use. All are made with mode
// 0600. There is one connection that writes and a pool that reads, for each file. Settings are read back at the start,
// and the store refuses to run with others than it asked for.
//
// # Duplicates
//
// Whether an entry's ID is already in the log is asked for every entry. The IDs are hashes, and a B-tree over them
// would write a page for nearly every entry. Instead the first 8 bytes of every ID are held in memory (some 30 bytes an
// entry), loaded at the first append from the batch table (8 bytes an entry), and a hit is checked against the whole ID
// on the row. An ID whose first 8 bytes only collide is told apart.
//
// # The index
//
// It is a set of pairs: a name, or a time, at the position of an entry. What is followed at once is sorted and written as one
// run, in blocks of some 16 kB of which each key leaves out what it shares with the key before; nothing is put into a tree
// in random order. Runs of like size are merged into one of the next level, eight times as large, so that a pair is written
// some four times in all and a look-up reads a block of each of a few dozen runs. In order, a run is
//
//	n<name> seq          a name is mentioned by the entry at seq
//	t<8 bytes> seq       the time of the event at seq: Unix milliseconds with the sign bit turned, big end first
//
// and a block of it, whose form runs.go gives, of the pairs (nab, 3), (nab, 7), (nac, 5):
//
//	01 03 n a b 03   00 04   03 01 c 05
//
// A run is never changed; the new one, those that it replaces, and the mark change in one transaction. A look-up reads all
// runs in one transaction too. Whoever reads notices pairs that do not rise; fsck compares all of them with the log.
//
// # More than one process
//
// Any number of processes may read. Appends of several processes are put in order by SQLite's lock; a process that
// waits more than five seconds for it gets store.ErrBusy.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"lodestone/store"
)

// busyTimeout is how long an append waits for another process's.
const busyTimeout = 5 * time.Second

// checkpointPages is how many pages of 4 KiB the write-ahead file collects before they go into the main file: large, since
// neighbouring appends touch the same pages.
const checkpointPages = 20000

// Store is a store in two SQLite files.
type Store struct {
	path  string
	log   *log
	index *index
}

var (
	_ store.Store = (*Store)(nil)
	_ store.Log   = (*log)(nil)
	_ store.Index = (*index)(nil)
)

// Open opens the store whose log is the file at path, and makes it when there is none; its folder must exist.
func Open(ctx context.Context, path string) (_ *Store, err error) {
	s := &Store{path: path}
	defer func() {
		if err != nil {
			_ = s.Close() // the first error counts
		}
	}()
	logFile, err := openFile(ctx, path, "log", logApplication, "full", 2)
	if err != nil {
		return nil, fmt.Errorf("open the store %s: %w", path, remedied(err))
	}
	s.log = &log{file: logFile}
	if err := s.log.settle(ctx); err != nil {
		return nil, fmt.Errorf("open the store %s: %w", path, remedied(err))
	}
	indexFile, err := openFile(ctx, IndexPath(path), "index", indexApplication, "normal", 1)
	if err != nil {
		return nil, fmt.Errorf("%w %s: %w; lodestone rebuild derives it again from the log", ErrIndex, IndexPath(path), remedied(err))
	}
	s.index = &index{file: indexFile}
	return s, nil
}

// ErrIndex is an index that cannot be opened, as when its file was damaged. The log is not touched by it.
var ErrIndex = errors.New("open the index")

// RemoveIndex removes the index of the store at path; the next opening derives it again. The store must not be open.
func RemoveIndex(path string) error {
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(IndexPath(path) + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove the index %s: %w", IndexPath(path), err)
		}
	}
	return nil
}

// IndexPath is the path of the index that belongs to the log at path: "x.db" has "x.index.db".
func IndexPath(path string) string {
	ext := filepath.Ext(path)
	return strings.TrimSuffix(path, ext) + ".index" + ext
}

// Log implements store.Store.
func (s *Store) Log() store.Log { return s.log }

// Index implements store.Store.
func (s *Store) Index() store.Index { return s.index }

// Close implements store.Store.
func (s *Store) Close() error {
	var errs []error
	if s.log != nil {
		errs = append(errs, s.log.close())
	}
	if s.index != nil {
		errs = append(errs, s.index.close())
	}
	return errors.Join(errs...)
}

// file is one SQLite file: a connection that writes and a pool that reads.
type file struct {
	path  string
	text  map[string]string // the statements by name
	db    *sql.DB           // holds the one writing connection
	read  *sql.DB
	write *sql.Conn            // only with the owner's lock
	stmts map[string]*sql.Stmt // of write; only with the owner's lock

	closed atomic.Bool

	mu    sync.Mutex // guards reads
	reads map[string]*sql.Stmt
}

// openFile opens one file with its settings. synchronous is the setting's word, level the number it reads back as.
func openFile(ctx context.Context, path, kind string, application int64, synchronous string, level int64) (_ *file, err error) {
	if err := touch(path); err != nil {
		return nil, err
	}
	f := &file{path: path, stmts: map[string]*sql.Stmt{}, reads: map[string]*sql.Stmt{}}
	defer func() {
		if err != nil {
			_ = f.close() // the first error counts
		}
	}()
	if f.text, err = queries("sql/" + kind + ".sql"); err != nil {
		return nil, err
	}
	common := fmt.Sprintf("&_pragma=busy_timeout(%d)&_pragma=temp_store(2)&_dqs=0", busyTimeout.Milliseconds())
	if f.db, err = sql.Open("sqlite", uri(path)+"?_pragma=journal_mode(wal)&_pragma=synchronous("+synchronous+
		")&_pragma=cache_size(-65536)"+fmt.Sprintf("&_pragma=wal_autocheckpoint(%d)", checkpointPages)+common); err != nil {
		return nil, err
	}
	f.db.SetMaxOpenConns(1)
	if f.write, err = firstConn(ctx, f.db); err != nil {
		return nil, err
	}
	if err := readBack(ctx, f.write, map[string]any{"journal_mode": "wal", "synchronous": level,
		"wal_autocheckpoint": int64(checkpointPages), "busy_timeout": busyTimeout.Milliseconds()}); err != nil {
		return nil, err
	}
	if err := migrate(ctx, f.write, kind, application); err != nil {
		return nil, err
	}
	if f.read, err = sql.Open("sqlite", uri(path)+"?_pragma=query_only(1)&_pragma=cache_size(-16384)"+common); err != nil {
		return nil, err
	}
	f.read.SetMaxOpenConns(8)
	f.read.SetMaxIdleConns(8)
	return f, nil
}

// firstConn opens the connection that writes, and goes on trying for as long as an append would wait: where several make a
// new file at once, SQLite refuses the change to a write-ahead log at once and does not wait for the other.
func firstConn(ctx context.Context, db *sql.DB) (*sql.Conn, error) {
	const pause = 10 * time.Millisecond
	for until := time.Now().Add(busyTimeout); ; {
		c, err := db.Conn(ctx)
		if err == nil || !errors.Is(remedied(err), store.ErrBusy) || time.Now().After(until) {
			return c, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

// uri is a path as SQLite's URI, so that a path with a question mark or a percent sign names that very file.
func uri(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

// touch makes an empty file that only its owner can read, and makes its name durable; a file that exists is left alone.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	_ = dir.Sync() // not every system can sync a folder; where it can, the name is durable now
	return nil
}

// readBack refuses a connection whose settings are not as asked for.
func readBack(ctx context.Context, c *sql.Conn, want map[string]any) error {
	for name, value := range want {
		var got any
		if err := c.QueryRowContext(ctx, "pragma "+name).Scan(&got); err != nil {
			return fmt.Errorf("read the setting %s back: %w", name, err)
		}
		if got != value {
			return fmt.Errorf("the setting %s is %v where %v was asked for: the file system may not allow it; choose another folder", name, got, value)
		}
	}
	return nil
}

// close closes everything that was opened.
func (f *file) close() error {
	f.closed.Store(true)
	var errs []error
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.reads {
		errs = append(errs, s.Close())
	}
	if f.read != nil {
		errs = append(errs, f.read.Close())
	}
	for _, s := range f.stmts {
		errs = append(errs, s.Close())
	}
	if f.write != nil {
		if err := f.write.Close(); !errors.Is(err, sql.ErrConnDone) {
			errs = append(errs, err)
		}
	}
	if f.db != nil {
		errs = append(errs, f.db.Close())
	}
	return errors.Join(errs...)
}
