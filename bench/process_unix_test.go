//go:build unix

package bench

import (
	"syscall"
	"testing"
	"time"
)

// processTime is the processor time that this process has used. It tells more than the clock where others use the machine.
func processTime(b testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
