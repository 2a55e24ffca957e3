package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"lodestone/store"
)

// told is an error as a caller gets it: one that comes from Close is told apart, and what an operator can mend says how.
func (f *file) told(err error) error {
	if err != nil && f.closed.Load() && !errors.Is(err, store.ErrClosed) {
		return fmt.Errorf("%w (%w)", store.ErrClosed, err)
	}
	return remedied(err)
}

// remedied is an error of SQLite or of the system with its kind and what to do about it; others are given as they are.
func remedied(err error) error {
	if err == nil || errors.Is(err, store.ErrBusy) || errors.Is(err, store.ErrFull) || errors.Is(err, store.ErrDisk) {
		return err
	}
	var e *driver.Error
	if !errors.As(err, &e) {
		return remediedByName(err)
	}
	switch e.Code() {
	case codes.SQLITE_IOERR_FSYNC, codes.SQLITE_IOERR_DIR_FSYNC:
		return fmt.Errorf("%w: it would not say that what was written is kept: check the disk, then try again (%w)", store.ErrDisk, err)
	case codes.SQLITE_IOERR_SHMSIZE, codes.SQLITE_IOERR_SHMMAP, codes.SQLITE_IOERR_SHMOPEN:
		return fmt.Errorf("%w at the file that processes share: make room on it, or check it, then try again (%w)", store.ErrDisk, err)
	}
	switch e.Code() & 0xff {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return fmt.Errorf("%w: wait for it, or stop it, and try again (%w)", store.ErrBusy, err)
	case codes.SQLITE_FULL:
		return fmt.Errorf("%w: make room, then try again (%w)", store.ErrFull, err)
	case codes.SQLITE_IOERR:
		return fmt.Errorf("%w: check the disk and the room on it, then try again (%w)", store.ErrDisk, err)
	case codes.SQLITE_CANTOPEN:
		return fmt.Errorf("a file of the store cannot be opened or made: look at the folder's permissions, the room on the disk and the limit of open files, then try again (%w)", err)
	case codes.SQLITE_READONLY:
		return fmt.Errorf("the store can be read and not be written: look at its permissions and the limit of open files, then try again (%w)", err)
	case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		return fmt.Errorf("the file is damaged: run fsck, and restore it from a copy (%w)", err)
	}
	return err
}

// remediedByName is remedied for errors of the file system.
func remediedByName(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%w: make room, then try again (%w)", store.ErrFull, err)
	case errors.Is(err, syscall.EIO):
		return fmt.Errorf("%w: check the disk, then try again (%w)", store.ErrDisk, err)
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return fmt.Errorf("too many files are open: raise the limit (ulimit -n) or close some, then try again (%w)", err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("look at the permissions of the file and its folder, then try again (%w)", err)
	}
	return err
}
