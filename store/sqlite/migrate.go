package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"sort"
	"strconv"
	"strings"
)

// Each file of ours carries a number of its own in SQLite's application_id, so that no other database is taken for it.
const (
	logApplication   = 0x4c6f6467 // "Lodg"
	indexApplication = 0x4c6f6469 // "Lodi"
)

// migrate brings a file to the newest form by the numbered scripts in sql/<kind>, forward only, each in a transaction
// of its own together with the number it leads to (user_version). A file of a newer form than this program knows is
// refused, and so is a file that something else made.
func migrate(ctx context.Context, c *sql.Conn, kind string, application int64) error {
	steps, err := fs.Glob(files, "sql/"+kind+"/*.sql")
	if err != nil {
		return fmt.Errorf("list the migrations of the %s: %w", kind, err)
	}
	sort.Strings(steps)
	for {
		more, err := migrateOne(ctx, c, kind, application, steps)
		if err != nil || !more {
			return err
		}
	}
}

func migrateOne(ctx context.Context, c *sql.Conn, kind string, application int64, steps []string) (more bool, err error) {
	if _, err := c.ExecContext(ctx, "begin immediate"); err != nil {
		return false, fmt.Errorf("bring the %s to its newest form: %w", kind, err)
	}
	defer func() {
		if err != nil {
			_, _ = c.ExecContext(context.WithoutCancel(ctx), "rollback") // the first error counts
		}
	}()
	var version, id, tables int64
	for pragma, to := range map[string]*int64{"pragma user_version": &version, "pragma application_id": &id,
		"select count(*) from sqlite_schema": &tables} {
		if err := c.QueryRowContext(ctx, pragma).Scan(to); err != nil {
			return false, fmt.Errorf("read the form of the %s: %w", kind, err)
		}
	}
	switch {
	case id != application && (id != 0 || version != 0 || tables != 0):
		return false, fmt.Errorf("the file is a database of something else (application %#x), not a lodestone %s: choose another path", id, kind)
	case version > int64(len(steps)):
		return false, fmt.Errorf("the %s has form %d, this program knows forms up to %d: use a newer program", kind, version, len(steps))
	case version == int64(len(steps)):
		_, err = c.ExecContext(ctx, "commit")
		return false, err
	}
	path := steps[version]
	if n, err := strconv.Atoi(path[strings.LastIndex(path, "/")+1:][:4]); err != nil || int64(n) != version+1 {
		return false, fmt.Errorf("migration %s should have the number %04d", path, version+1)
	}
	script, err := files.ReadFile(path)
	if err != nil {
		return false, fmt.Errorf("read migration %s: %w", path, err)
	}
	for _, do := range []string{string(script), fmt.Sprintf("pragma user_version = %d", version+1),
		fmt.Sprintf("pragma application_id = %d", application), "commit"} {
		if _, err := c.ExecContext(ctx, do); err != nil {
			return false, fmt.Errorf("migration %s: %w", path, err)
		}
	}
	return true, nil
}
