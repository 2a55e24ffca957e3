//go:build unix

package bench

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// postgres starts a PostgreSQL of its own, from the system's packages, and gives a connection to it and its version; both
// end with the benchmark. Where no PostgreSQL is installed the benchmark is skipped, but not in CI, which installs it.
func postgres(b testing.TB) (*pgx.Conn, string) {
	b.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		if path, err := exec.LookPath("initdb"); err == nil {
			found = []string{path}
		}
	}
	if len(found) == 0 {
		if os.Getenv("CI") != "" {
			b.Fatal("no PostgreSQL is installed: apt-get install postgresql")
		}
		b.Skip("no PostgreSQL is installed: apt-get install postgresql")
	}
	slices.Sort(found)
	initdb := found[len(found)-1]
	dir, err := os.MkdirTemp("", "pg-*") // short: the socket's path may have 107 bytes
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = os.RemoveAll(dir) })
	attr := &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() == 0 {
		attr.Credential = unprivileged(b, dir)
	}
	data := filepath.Join(dir, "d")
	init := exec.Command(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	init.Dir, init.SysProcAttr = dir, attr
	if out, err := init.CombinedOutput(); err != nil {
		b.Fatalf("make a PostgreSQL cluster: %v\n%s", err, out)
	}
	// Memory as for a machine of its own, so that the graph lies in it; nothing is synced, which only helps PostgreSQL.
	server := exec.Command(filepath.Join(filepath.Dir(initdb), "postgres"), "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off",
		"-c", "shared_buffers=1GB", "-c", "work_mem=512MB", "-c", "jit=off")
	server.Dir, server.SysProcAttr = dir, attr
	if err := startAndStop(b, server); err != nil {
		b.Fatal(err)
	}
	ctx := context.Background()
	var conn *pgx.Conn
	for range 200 {
		if conn, err = pgx.Connect(ctx, "host="+dir+" user=postgres dbname=postgres sslmode=disable"); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err != nil {
		b.Fatalf("connect to PostgreSQL: %v", err)
	}
	b.Cleanup(func() { _ = conn.Close(ctx) })
	var version string
	if err := conn.QueryRow(ctx, "show server_version").Scan(&version); err != nil {
		b.Fatal(err)
	}
	return conn, version
}

// unprivileged is the user that runs the server for root, whom it refuses: Debian's postgres, else nobody.
func unprivileged(b testing.TB, dir string) *syscall.Credential {
	b.Helper()
	u, err := user.Lookup("postgres")
	if err != nil {
		u, err = user.Lookup("nobody")
	}
	if err != nil {
		b.Fatal(err)
	}
	uid, err1 := strconv.Atoi(u.Uid)
	gid, err2 := strconv.Atoi(u.Gid)
	if err := errors.Join(err1, err2, os.Chown(dir, uid, gid)); err != nil {
		b.Fatal(err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

// startAndStop starts the server on a thread of its own and stops it with the benchmark.
func startAndStop(b testing.TB, server *exec.Cmd) error {
	b.Helper()
	started, ended := make(chan error), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer close(ended)
		err := server.Start()
		started <- err
		if err == nil {
			_ = server.Wait() // it is told to stop
		}
	}()
	if err := <-started; err != nil {
		return err
	}
	b.Cleanup(func() {
		_ = server.Process.Signal(syscall.SIGINT) // PostgreSQL's fast shutdown
		<-ended
	})
	return nil
}
