package migrations_test

import (
	"context"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"historias/internal/db"
	"historias/internal/testkit/dbtest"
	"historias/migrations"
)

// released is the number of the newest migration that the version in use knows.
// It is raised with each release, and the exceptions are emptied.
const released = 51

// exceptions are differences that the version in use works with all the same,
// each with the reason why.
var exceptions = map[string]string{
	"policy clinic_wall":                "00061: the same comparison, written without a sub-select",
	"function build_wall":               "00061: only migrations call it",
	"function audit_partition":          "00061: it makes the same partitions, with the wall as it is written now",
	"trigger vault_keys refuse_retired": "00055: it refuses only what a retired master key wraps, and a key is retired when no process uses it any more",
	"trigger patients refuse_retired":   "00055: as for vault_keys",
}

// thing is one part of a schema that a running program may lean on.
type thing struct {
	name       string // kind and name; equal names of functions and policies share an exception
	key        string
	table      string
	columns    []string
	definition string
	required   bool // a column that an insert must name
}

// describe lists what of a schema an older program can notice: columns,
// functions and grants, and the rules that could refuse what it writes.
const describe = `
with tables as (
    select c.oid, c.relname::text as name, c.relacl from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
)
select 'column ' || t.name || ' ' || a.attname, '', t.name, array[a.attname::text],
    format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''),
    a.attnotnull and d.oid is null and a.attidentity = ''
from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
union all
select 'constraint ' || t.name || ' ' || k.conname, '', t.name,
    coalesce((select array_agg(a.attname::text) from pg_attribute a where a.attrelid = t.oid and a.attnum = any(k.conkey)), '{}'),
    pg_get_constraintdef(k.oid), false
from tables t join pg_constraint k on k.conrelid = t.oid and k.contype <> 'n'
union all
select 'index ' || t.name || ' ' || c.relname, '', t.name,
    coalesce((select array_agg(a.attname::text) from pg_attribute a where a.attrelid = t.oid and a.attnum = any(i.indkey)), '{}'),
    pg_get_indexdef(i.indexrelid), false
from tables t join pg_index i on i.indrelid = t.oid and i.indisunique join pg_class c on c.oid = i.indexrelid
union all
select 'trigger ' || t.name || ' ' || g.tgname, '', t.name, '{}', pg_get_triggerdef(g.oid), false
from tables t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal
union all
select 'policy ' || p.polname, t.name, t.name, '{}',
    concat_ws(' ', p.polcmd::text, pg_get_expr(p.polqual, t.oid), pg_get_expr(p.polwithcheck, t.oid)), false
from tables t join pg_policy p on p.polrelid = t.oid
union all
select 'function ' || f.proname, f.oid::regprocedure::text, '', '{}',
    format_type(f.prorettype, null) || ' ' || f.prosecdef || ' ' || f.prosrc, false
from pg_proc f where f.pronamespace = 'public'::regnamespace
union all
select 'grant ' || x.privilege_type || ' on ' || t.name, x.grantee::regrole::text, t.name, '{}', '', false
from tables t, aclexplode(t.relacl) x where x.grantee <> 0
union all
select 'grant ' || x.privilege_type || ' on ' || t.name || ' ' || a.attname, x.grantee::regrole::text, t.name, '{}', '', false
from tables t join pg_attribute a on a.attrelid = t.oid, aclexplode(a.attacl) x where x.grantee <> 0`

func described(t *testing.T, address string) map[string]thing {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	require.NoError(t, err)
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	rows, err := conn.Query(t.Context(), describe)
	require.NoError(t, err)
	out := map[string]thing{}
	for rows.Next() {
		var x thing
		require.NoError(t, rows.Scan(&x.name, &x.key, &x.table, &x.columns, &x.definition, &x.required))
		out[x.name+" "+x.key] = x
	}
	require.NoError(t, rows.Err())
	return out
}

// upTo are the files that a version knew.
func upTo(t *testing.T, number int) fs.FS {
	t.Helper()
	names, err := fs.Glob(migrations.FS, "*.sql")
	require.NoError(t, err)
	out := fstest.MapFS{}
	for _, name := range names {
		text, _, _ := strings.Cut(name, "_")
		n, err := strconv.Atoi(text)
		require.NoError(t, err)
		if n > number {
			continue
		}
		raw, err := fs.ReadFile(migrations.FS, name)
		require.NoError(t, err)
		out[name] = &fstest.MapFile{Data: raw}
	}
	return out
}

// differences are the names of what the version in use might stumble over.
func differences(before, after map[string]thing) (out []string) {
	tables := map[string]bool{}
	for key, x := range before {
		if x.table != "" {
			tables[x.table] = true
		}
		if now, there := after[key]; !there || now.definition != x.definition {
			out = append(out, x.name)
		}
	}
	for key, x := range after {
		if _, old := before[key]; old || !tables[x.table] || strings.HasPrefix(x.name, "grant ") {
			continue
		}
		if x.required || !strings.HasPrefix(x.name, "column ") && !ofNewColumns(x, before) {
			out = append(out, x.name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ofNewColumns tells whether a rule concerns only columns that the version in
// use does not know, and so never writes.
func ofNewColumns(x thing, before map[string]thing) bool {
	for _, column := range x.columns {
		if _, old := before["column "+x.table+" "+column+" "]; old {
			return false
		}
	}
	return len(x.columns) > 0
}

// While processes are replaced one by one, and after going back, the version in
// use works on the new schema: nothing that it reads, calls or may do goes away,
// and nothing new refuses what it writes.
func TestTheVersionInUseWorksOnTheNewSchema(t *testing.T) {
	t.Parallel()
	d := dbtest.Empty(t)
	_, err := db.Migrate(t.Context(), d.OwnerURL, upTo(t, released))
	require.NoError(t, err)
	before := described(t, d.AdminURL)
	n, err := db.Migrate(t.Context(), d.OwnerURL, migrations.FS)
	require.NoError(t, err)
	found := differences(before, described(t, d.AdminURL))
	for _, name := range found {
		require.NotEmpty(t, exceptions[name], "%s: the version in use does not know it; say in exceptions why it works all the same, or do it in two releases", name)
	}
	for name := range exceptions {
		require.Contains(t, found, name, "an exception that is none")
	}
	pending, err := db.Pending(t.Context(), d.OwnerURL, upTo(t, released))
	require.NoError(t, err)
	require.False(t, pending, "the version in use would not start")
	again, err := db.Migrate(t.Context(), d.OwnerURL, upTo(t, released))
	require.NoError(t, err, "its own migrate, which docker compose runs before it")
	require.Zero(t, again)
	t.Logf("%d migrations after %d, %d differences, each with a reason", n, released, len(found))
}

// The judge of the test above, on schemas that must not pass.
func TestWhatAnOlderVersionStumblesOver(t *testing.T) {
	t.Parallel()
	before := map[string]thing{
		"column visits note ":            {name: "column visits note", table: "visits", columns: []string{"note"}, definition: "text"},
		"function folio folio()":         {name: "function folio", definition: "bigint"},
		"grant INSERT on visits program": {name: "grant INSERT on visits", table: "visits"},
	}
	for name, change := range map[string]func(map[string]thing){
		"column visits note": func(m map[string]thing) {
			m["column visits note "] = thing{name: "column visits note", table: "visits", definition: "text not null"}
		},
		"function folio":         func(m map[string]thing) { delete(m, "function folio folio()") },
		"grant INSERT on visits": func(m map[string]thing) { delete(m, "grant INSERT on visits program") },
		"column visits kind": func(m map[string]thing) {
			m["column visits kind "] = thing{name: "column visits kind", table: "visits", columns: []string{"kind"}, required: true}
		},
		"trigger visits refuse": func(m map[string]thing) {
			m["trigger visits refuse "] = thing{name: "trigger visits refuse", table: "visits"}
		},
		"constraint visits long": func(m map[string]thing) {
			m["constraint visits long "] = thing{name: "constraint visits long", table: "visits", columns: []string{"note"}}
		},
	} {
		after := map[string]thing{}
		for key, x := range before {
			after[key] = x
		}
		change(after)
		require.Equal(t, []string{name}, differences(before, after))
	}
	fine := map[string]thing{
		"column visits kind ":      {name: "column visits kind", table: "visits", columns: []string{"kind"}},
		"constraint visits kinds ": {name: "constraint visits kinds", table: "visits", columns: []string{"kind"}},
		"trigger rooms refuse ":    {name: "trigger rooms refuse", table: "rooms"},
	}
	for key, x := range before {
		fine[key] = x
	}
	require.Empty(t, differences(before, fine))
}
