package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	driver "modernc.org/sqlite"

	"lodestone/store"
	"lodestone/store/storetest"
	"lodestone/tlog"
)

func open(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, storetest.Subject{
		Open: func(t *testing.T) store.Store { return open(t, filepath.Join(t.TempDir(), "log.db")) },
		Reopen: func(t *testing.T, s store.Store) store.Store {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, s.(*Store).path)
		},
		Corrupt: corrupt,
		Fail:    fail,
	})
}

// do runs SQL on the log's writing connection.
func do(t *testing.T, s store.Store, sql string) {
	t.Helper()
	if _, err := s.(*Store).log.write.ExecContext(context.Background(), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// flip is SQL that changes one bit of the byte at place (from 1) of a blob.
func flip(column string, place int) string {
	return fmt.Sprintf(`cast(substr(%[1]s, 1, %[2]d) || case substr(%[1]s, %[3]d, 1) when x'00' then x'01' else x'00' end || substr(%[1]s, %[4]d) as blob)`,
		column, place-1, place, place+1)
}

func corrupt(t *testing.T, s store.Store, what storetest.Damage, seq int64) {
	set := func(assign string) { do(t, s, fmt.Sprintf("update entry set %s where seq = %d", assign, seq)) }
	switch what {
	case storetest.BodyBit:
		set("body = " + flip("body", 2))
	case storetest.SaltBit:
		set("salt = " + flip("salt", 2))
	case storetest.AuthorText:
		set("author = author || 'x'")
	case storetest.ReceivedOff:
		set("received = received + 1")
	case storetest.IdentityBit:
		set("identity = " + flip("identity", 2))
	case storetest.IDBit:
		set("id = " + flip("id", 9))
	case storetest.NodeBit:
		n := tlog.LeafIndex(seq - 1)
		do(t, s, fmt.Sprintf("update node set hashes = %s where first = (select max(first) from node where first <= %d)",
			flip("hashes", 2+hashSize*int(n)), n))
	case storetest.Gone:
		do(t, s, fmt.Sprintf("delete from entry where seq = %d", seq))
	case storetest.Swapped:
		do(t, s, fmt.Sprintf("update entry set seq = -seq where seq in (%d, %d)", seq, seq+1))
		do(t, s, fmt.Sprintf("update entry set seq = case seq when %d then %d else %d end where seq < 0", -seq, seq+1, seq))
	case storetest.LostTail:
		do(t, s, fmt.Sprintf("delete from entry where seq >= %d", seq))
	default:
		t.Fatalf("unknown damage %v", what)
	}
}

// fail makes every commit of the log fail.
func fail(t *testing.T, s store.Store) {
	err := s.(*Store).log.write.Raw(func(c any) error {
		c.(driver.HookRegisterer).RegisterCommitHook(func() int32 { return 1 })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
