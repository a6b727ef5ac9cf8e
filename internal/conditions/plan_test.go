package conditions_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/conditions"
)

// crowd fills the tables as a large clinic does, without opening anything.
const crowd = `
with people as (
    insert into patients (clinic_id, id, record_number, identity_status, sex, data_key, data_key_master, sealed, card, last_seen_at, created_at, updated_at)
    select $1, gen_random_uuid(), 1000 + n, 'declared', 'M', 'gAAAA', 'x', 'gAAAA', 'gAAAA', now(), now(), now() from generate_series(1, 2000) n
    returning id
), denied as (
    insert into allergy_denials (clinic_id, id, patient_id, at, by)
    select $1, gen_random_uuid(), p.id, now(), $2 from people p
)
insert into conditions (clinic_id, id, patient_id, kind, status, same, sealed, created_at, created_by, updated_at)
select $1, gen_random_uuid(), p.id, (array['allergy', 'problem'])[1 + i % 2], (array['active', 'active', 'resolved', 'error'])[1 + i % 4],
    sha256((p.id::text || i)::bytea), 'gAAAA', now(), $2, now() from people p, generate_series(1, 10) i`

// Behind row-level security only leakproof operators reach an index, and a
// query that misses it is slow in a large clinic only. So the plan of every hot
// query, as the program's own role, is read.
func TestEveryHotQueryUsesItsIndex(t *testing.T) {
	t.Parallel()
	r := newRecord(t)
	admin := r.admin(t)
	a := actor.Must(r.ctx)
	filled := strings.NewReplacer("$1", "'"+a.ClinicID.String()+"'::uuid", "$2", "'"+a.UserID.String()+"'::uuid").Replace(crowd)
	for _, sql := range []string{filled, `analyze`} {
		_, err := admin.Exec(t.Context(), sql)
		require.NoError(t, err)
	}
	for name, hot := range conditions.HotQueries() {
		plan := r.Plan(r.ctx, t, hot.SQL)
		require.Contains(t, plan, hot.Index, "%s:\n%s", name, plan)
		require.NotContains(t, plan, "Seq Scan", "%s:\n%s", name, plan)
		require.Contains(t, plan, "clinic_id", "%s is not behind the wall", name)
	}
}
