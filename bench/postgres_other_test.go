//go:build !unix

package bench

import (
	"testing"

	"github.com/jackc/pgx/v5"
)

// postgres is not started here.
func postgres(b testing.TB) (*pgx.Conn, string) {
	b.Skip("the comparison with PostgreSQL is written for Unix")
	return nil, ""
}
