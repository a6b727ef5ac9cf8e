package db_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Clinics can be spread over servers by clinic_id when the keys keep Citus'
// rules (docs.citusdata.com, "Creating and Modifying Distributed Objects"): every
// unique index of a distributed table contains the distribution column; a
// foreign key between distributed tables contains it in the same place on both
// sides and never sets it to null; a table that stands whole on every server
// (a reference table) refers to no distributed one; and what a distributed table
// refers to is distributed or such a table: here clinics and users.
func TestKeysLetClinicsBeSpreadOverServers(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, rule := range []struct{ name, broken string }{
		{"a unique index without the clinic", `
			select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
			where (i.indisunique or i.indisexclusion) and c.relrowsecurity and c.relnamespace = 'public'::regnamespace
			and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'clinic_id'
				and a.attnum = any(i.indkey[0:i.indnkeyatts - 1]))`},
		{"a foreign key whose clinic is not the other's clinic", `
			select k.conrelid::regclass || ' ' || k.conname from pg_constraint k
			join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
			where k.contype = 'f' and c.relrowsecurity and f.relrowsecurity and not exists (
				select from unnest(k.conkey, k.confkey) as pair(mine, theirs)
				join pg_attribute a on a.attrelid = c.oid and a.attnum = pair.mine and a.attname = 'clinic_id'
				join pg_attribute o on o.attrelid = f.oid and o.attnum = pair.theirs and o.attname = 'clinic_id')`},
		{"a foreign key that would empty the clinic", `
			select k.conrelid::regclass || ' ' || k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid
			join pg_attribute a on a.attrelid = c.oid and a.attname = 'clinic_id'
			where k.contype = 'f' and c.relrowsecurity
			and (k.confdeltype in ('n', 'd') or k.confupdtype in ('n', 'd')) and (k.confdelsetcols is null or a.attnum = any(k.confdelsetcols))`},
		{"a table of all clinics that refers to a clinic's row", `
			select k.conrelid::regclass || ' ' || k.conname from pg_constraint k
			join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
			where k.contype = 'f' and not c.relrowsecurity and f.relrowsecurity`},
		{"a clinic's row that refers to a table which is not whole on every server", `
			select k.conrelid::regclass || ' ' || k.conname from pg_constraint k
			join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
			where k.contype = 'f' and c.relrowsecurity and not f.relrowsecurity and f.relname not in ('clinics', 'users')`},
		{"a clinic's row whose clinic may be missing", `
			select a.attrelid::regclass::text from pg_attribute a join pg_class c on c.oid = a.attrelid
			where a.attname = 'clinic_id' and not a.attnotnull and c.relkind in ('r', 'p') and c.relrowsecurity
			and c.relnamespace = 'public'::regnamespace`},
	} {
		rows, err := b.admin.Query(t.Context(), rule.broken)
		require.NoError(t, err, rule.name)
		var found []string
		for rows.Next() {
			var what string
			require.NoError(t, rows.Scan(&what))
			found = append(found, what)
		}
		require.NoError(t, rows.Err(), rule.name)
		require.Empty(t, found, rule.name)
	}
}
