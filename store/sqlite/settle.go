package sqlite

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
)

// settle makes sure, when a process opens the store, that what stands in the log's write-ahead file is on the disk. A process
// that died may have written a batch and not synced it. Or its sync failed: the system says so once, forgets what it could
// not write, and shows it to every reader all the same, so that a later sync succeeds over a hole. The bytes are written
// once more, as they are, and synced; the lock of one who writes keeps others from writing meanwhile. After a clean close
// there is no such file and nothing to do.
func (l *log) settle(ctx context.Context) error {
	if err := l.exec(ctx, "begin"); err != nil {
		return err
	}
	err := rewrite(l.path + "-wal")
	return errors.Join(err, l.exec(ctx, "rollback"))
}

// rewrite writes every byte of a file in its place again, and syncs it. A file that is not there, or empty, is left alone.
// SQLite holds no lock on its write-ahead file itself, which closing it here would release.
func rewrite(path string) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	buf := make([]byte, 1<<20)
	for at := int64(0); ; {
		n, err := f.ReadAt(buf, at)
		if n > 0 {
			if _, err := f.WriteAt(buf[:n], at); err != nil {
				return err
			}
			at += int64(n)
		}
		if errors.Is(err, io.EOF) {
			if at == 0 {
				return nil
			}
			return f.Sync()
		}
		if err != nil {
			return err
		}
	}
}
