package fault

import (
	"bytes"
	"path/filepath"
	"strings"
	"syscall"
)

// look says what a call that begins is, nil when it does not matter.
func (x *tracer) look(th *thread, r *syscall.PtraceRegs) *call {
	of := func(name string) *call { // a call on a descriptor
		path, ours := x.files[int(int32(r.Rdi))]
		if !ours {
			return nil
		}
		return &call{name: name, path: path}
	}
	named := func(name string, address uint64) *call { // a call on a path
		path, ours := x.path(address)
		if !ours {
			return nil
		}
		return &call{name: name, path: path}
	}
	two := func(name string, from, to uint64) *call {
		c := named(name, from)
		if c != nil {
			c.to, _ = x.path(to)
		}
		return c
	}
	open := func(address, flags uint64) *call {
		c := named("open", address)
		if c != nil {
			c.make = flags&syscall.O_CREAT != 0
		}
		return c
	}
	var c *call
	th.fd = int(int32(r.Rdi))
	switch r.Orig_rax {
	case syscall.SYS_OPEN:
		c = open(r.Rdi, r.Rsi)
	case syscall.SYS_OPENAT:
		c = open(r.Rsi, r.Rdx)
	case syscall.SYS_CLOSE:
		th.closes = true
	case syscall.SYS_LSEEK:
		th.seeks = true
	case syscall.SYS_READ:
		if c = of("read"); c != nil {
			c.size = int64(r.Rdx)
		}
	case syscall.SYS_WRITE:
		if c = of("write"); c != nil {
			c.size, c.off, c.data = int64(r.Rdx), x.places[th.fd], x.bytes(r.Rsi, r.Rdx)
		}
	case syscall.SYS_PREAD64:
		if c = of("pread64"); c != nil {
			c.size, c.off = int64(r.Rdx), int64(r.R10)
		}
	case syscall.SYS_PWRITE64:
		if c = of("pwrite64"); c != nil {
			c.size, c.off, c.data = int64(r.Rdx), int64(r.R10), x.bytes(r.Rsi, r.Rdx)
		}
	case syscall.SYS_FTRUNCATE:
		if c = of("ftruncate"); c != nil {
			c.off = int64(r.Rsi)
		}
	case syscall.SYS_FSYNC, syscall.SYS_FDATASYNC:
		c = of("fsync")
	case syscall.SYS_MMAP:
		if int32(r.R8) >= 0 {
			if path, ours := x.files[int(int32(r.R8))]; ours {
				c = &call{name: "mmap", path: path, size: int64(r.Rsi)}
			}
		}
	case syscall.SYS_UNLINK:
		c = named("unlink", r.Rdi)
	case syscall.SYS_UNLINKAT:
		c = named("unlink", r.Rsi)
	case syscall.SYS_RENAME:
		c = two("rename", r.Rdi, r.Rsi)
	case syscall.SYS_RENAMEAT, sysRenameat2:
		c = two("rename", r.Rsi, r.R10)
	case syscall.SYS_LINK:
		c = two("link", r.Rdi, r.Rsi)
	case syscall.SYS_LINKAT:
		c = two("link", r.Rsi, r.R10)
	case syscall.SYS_PWRITEV, syscall.SYS_WRITEV, syscall.SYS_FALLOCATE, syscall.SYS_SENDFILE, syscall.SYS_DUP, syscall.SYS_DUP2, syscall.SYS_DUP3:
		c = of("unknown") // what the recorder does not follow must not pass unseen
	}
	return c
}

const sysRenameat2 = 316

// path is the path at an address relative to the folder, and whether it lies there.
func (x *tracer) path(address uint64) (string, bool) {
	var name []byte
	var b [256]byte
	for len(name) < 4096 {
		n, err := x.mem.ReadAt(b[:256-(address+uint64(len(name)))%256], int64(address)+int64(len(name)))
		if end := bytes.IndexByte(b[:n], 0); end >= 0 {
			name = append(name, b[:end]...)
			break
		}
		if name = append(name, b[:n]...); err != nil {
			return "", false
		}
	}
	path := string(name)
	if !filepath.IsAbs(path) {
		path = filepath.Join(x.dir, path)
	}
	rel, err := filepath.Rel(x.dir, path)
	if err != nil || rel == ".." || strings.HasPrefix(rel, "../") {
		return "", false
	}
	return rel, true
}

func (x *tracer) bytes(address, n uint64) []byte {
	b := make([]byte, n)
	if _, err := x.mem.ReadAt(b, int64(address)); err != nil {
		return nil
	}
	return b
}
