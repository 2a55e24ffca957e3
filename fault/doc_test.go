// Package fault runs the real program under a fault plan and holds it to its promise: an acknowledged event is never
// lost, a refused one changes nothing, and fsck is clean afterwards.
//
// It is a tracer of its own (ptrace), so nothing of it is in the program. Every call that the program makes on the
// store's files and on its output is seen in one order over all threads; a plan may let each pass, fail it with an
// errno, cut a write short, hold it up, or kill the process before or after it:
//
//	call 41  pwrite64 log.db-wal 4096 bytes at 8296      ─► plan ─► pass | fail EIO | short 2048 | wait | kill
//
// Five uses are made of it:
//
//	each call     one run lists the calls; then one run for each call and each fault that fits it (each_test.go)
//	power         one run records what was written and synced; the files are then built as a power loss could have left
//	              them at each sync boundary, and each is checked (power_test.go, disk_test.go)
//	sync          a sync fails or is never reached, another process goes on, and the power is lost (sync_test.go)
//	kill          several writers on one store are killed at random moments (kill_test.go)
//	index         killed while the index follows a capture, or is derived anew (index_test.go)
//	full, slow    a file system that is full in truth where one may be mounted, else one that says so from some call on; a disk that takes its time
//	              (full_test.go)
//
// What cannot be reached from outside is reached by building the program with one expression replaced (variant_test.go, by
// go build -overlay): a clock that jumps, and a store that does not sync, which the harness must find out or it proves
// nothing.
//
// Each run is audited alike (audit_test.go). The program writes one line for each document once it is durable: that line
// is the acknowledgement. Afterwards a document that was acknowledged is there whole, a document that was refused is not
// there, any other is there whole or not at all; fsck is clean; and capturing all of it again completes the store.
//
// Two more hold the program to what it promises many who use it at once, and for long: histories of concurrent clients are
// linearizable (linear_test.go), and a day of simulated traffic leaves nothing on the heap that is not counted (soak_test.go).
//
// By default a sample runs, chosen by a seed that is printed. LODESTONE_CRASH=1 runs every call, every boundary and 200
// kills (make crash).
package fault
