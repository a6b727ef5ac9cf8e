package apitest

import (
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// Scalar runs a query as the superuser, who sees every row, and gives its one value.
func Scalar[T any](t testing.TB, a *API, sql string, args ...any) T {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), a.Database.AdminURL)
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	var out T
	require.NoError(t, conn.QueryRow(t.Context(), sql, args...).Scan(&out), sql)
	return out
}

// Fingerprint sums up every row of a clinic, table by table, and the accounts of
// its people, so that two of them tell whether anything changed. Tables named in
// except are left out.
func (a *API) Fingerprint(t testing.TB, clinic string, except ...string) map[string]string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), a.Database.AdminURL)
	require.NoError(t, err)
	defer func() { _ = conn.Close(t.Context()) }()
	rows, err := conn.Query(t.Context(), `select c.relname::text from pg_class c join pg_attribute k on k.attrelid = c.oid
		where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
		and k.attname = 'clinic_id' and c.relname <> all($1)`, append([]string{""}, except...))
	require.NoError(t, err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	require.NotEmpty(t, tables)
	where := map[string]string{
		"clinics": "id = $1", "users": "id in (select user_id from memberships where clinic_id = $1)",
	}
	for _, name := range tables {
		where[name] = "clinic_id = $1"
	}
	sums := map[string]string{}
	for name, condition := range where {
		var sum string
		sql := fmt.Sprintf(`select count(*) || ' ' || coalesce(md5(string_agg(r::text, ' ' order by r::text)), '')
			from %s r where %s`, pgx.Identifier{name}.Sanitize(), condition)
		require.NoError(t, conn.QueryRow(t.Context(), sql, uuid.MustParse(clinic)).Scan(&sum), name)
		sums[name] = sum
	}
	return sums
}
