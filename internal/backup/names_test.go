package backup

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var noon = time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)

func archives(days ...int) []Archive {
	var out []Archive
	for _, d := range days {
		out = append(out, Archive{Name: nameAt(noon.AddDate(0, 0, -d))})
	}
	return newestFirst(out)
}

// Thirty days are kept, and the newest copy stays however old it is: an
// installation whose copies fail must not end with none.
func TestTheNewestCopyIsNeverDeleted(t *testing.T) {
	t.Parallel()
	require.Empty(t, expired(archives(0, 1, 30), noon, 30))
	old := expired(archives(31, 0, 45), noon, 30)
	require.Len(t, old, 2)
	require.Empty(t, expired(archives(400), noon, 30))
	require.Len(t, expired(archives(400, 401), noon, 30), 1)
}

// Other files in the folder are left alone.
func TestOnlyCopiesAreListed(t *testing.T) {
	t.Parallel()
	found := newestFirst([]Archive{
		{Name: "apuntes.txt"},
		{Name: "historias-20261123T180000Z.age.partial"},
		{Name: "historias-2026.age"},
		{Name: "historias-20261123T180000Z.age"},
		{Name: "historias-20261124T180000Z.age"},
		{Name: "historias-20269923T180000Z.age"},
	})
	require.Len(t, found, 2)
	require.Equal(t, "historias-20261124T180000Z.age", found[0].Name)
}

// An address goes to the tools of PostgreSQL without its password and without
// what only the program understands.
func TestTheToolsGetAnAddressWithoutThePassword(t *testing.T) {
	t.Parallel()
	dsn, password, err := forLibpq("postgresql://medical_user:cl%40ve+1@db.example:5433/medical_records?sslmode=verify-full&pool_max_conns=4&statement_timeout=5000")
	require.NoError(t, err)
	require.Equal(t, "cl@ve+1", password)
	require.Equal(t, "postgresql://medical_user@db.example:5433/medical_records?options=-c%20app.maintenance%3Don&sslmode=verify-full", dsn)
	_, _, err = forLibpq("host=db.example dbname=historias")
	require.Equal(t, "backup.bad_address", codeOf(err))
}

// What the tools say reaches the operator as one line; what could hold the values
// of a row does not.
func TestOnlyTheFirstFaultOfAToolIsTold(t *testing.T) {
	t.Parallel()
	var said lastWords
	_, err := said.Write([]byte("pg_restore: while PROCESSING TOC:\npg_restore: error: could not execute query: ERROR:  role \"lectura\" does not exist\nDETAIL:  Key (x)=(Lucía)\n"))
	require.NoError(t, err)
	require.Equal(t, `pg_restore: error: could not execute query: ERROR:  role "lectura" does not exist`, said.first())
}
