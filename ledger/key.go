package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"lodestone/tlog"
)

// KeyPath is where the key of the log at path stands: beside it, "x.db" has "x.key".
func KeyPath(path string) string {
	return strings.TrimSuffix(path, filepath.Ext(path)) + ".key"
}

// Key is the log's key, which is made when there is none yet.
func (l *Ledger) Key() (*tlog.Key, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.key != nil {
		return l.key, nil
	}
	var err error
	if l.path == "" {
		l.key, err = tlog.NewKey(l.rand)
		return l.key, err
	}
	if l.key, err = readKey(l.path); !errors.Is(err, fs.ErrNotExist) {
		return l.key, err
	}
	k, err := tlog.NewKey(l.rand)
	if err != nil {
		return nil, err
	}
	if err := writeKey(l.path, k); err != nil {
		return nil, err
	}
	// Another process may have made one at the same moment: the file decides.
	l.key, err = readKey(l.path)
	return l.key, err
}

// knownKey is the log's key if there is one, without making it.
func (l *Ledger) knownKey() (*tlog.Key, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.key != nil || l.path == "" {
		return l.key, nil
	}
	k, err := readKey(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	l.key = k
	return k, err
}

// readKey reads a key file, and refuses one that others may read.
func readKey(path string) (*tlog.Key, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("the log's key: %w", err)
	}
	if filepath.Separator == '/' && info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("the log's key %s can be read by others (mode %04o): chmod 600 it, or, if it may have been copied, begin a new log with a new key", path, info.Mode().Perm())
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the log's key: %w: look at its permissions, the disk and the limit of open files, then try again", err)
	}
	k, err := tlog.ParseKey(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return k, nil
}

// writeKey puts a key file in place, whole or not at all, and never over another.
func writeKey(path string, k *tlog.Key) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("make the log's key: %w: make room, or check the disk and the limit of open files, then try again", err)
		}
	}()
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".key-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(k.Private + "\n")
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	// The bytes are on the disk. The link gives them their name; it fails when there is one, and then that one counts.
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync() // not every system can sync a folder
		_ = d.Close()
	}
	return nil
}
