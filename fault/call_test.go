package fault

import (
	"fmt"
	"syscall"
	"time"
)

// call is one system call on a file of the store, on its folder, or on the output.
type call struct {
	number int    // from 1 on, over all threads, in the order in which they began
	name   string // as the system calls it, without "at": open, pwrite64, fsync …
	path   string // relative to the store's folder; "." is the folder, "stdout" the output
	to     string // second path, of rename and link
	make   bool   // open may make the file
	off    int64  // where a write or pread64 goes; the new length of ftruncate
	size   int64  // bytes asked for
	data   []byte // what a write was given
	result int64  // what came back; -errno when it failed
}

func (c *call) String() string {
	s := fmt.Sprintf("call %d %s %s", c.number, c.name, c.path)
	switch c.name {
	case "pwrite64", "pread64":
		return fmt.Sprintf("%s, %d bytes at %d", s, c.size, c.off)
	case "write", "read":
		return fmt.Sprintf("%s, %d bytes", s, c.size)
	case "ftruncate":
		return fmt.Sprintf("%s to %d", s, c.off)
	case "rename", "link":
		return s + " to " + c.to
	}
	return s
}

// act is what a plan does to a call; the zero act lets it pass.
type act struct {
	fail    syscall.Errno // the call is not made and fails so
	lie     bool          // the call is not made and succeeds
	short   int64         // a write is cut to so many bytes
	kill    when          // the process is killed
	holdFor time.Duration // before the call
}

type when int

const (
	never when = iota
	before
	after
)

// plan decides what happens to a call when it begins; it is asked for each in order. nil lets all pass.
type plan func(*call) act

// outcome is how a run ended.
type outcome struct {
	calls    []*call // in the order in which they ended; those that a kill cut off are not there
	code     int     // exit code; -1: it was killed
	out, err string  // what it wrote
}
