package vitals_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/vitals"
)

// crowd fills the tables as a large clinic does, without opening anything.
const crowd = `
with people as (
    insert into patients (clinic_id, id, record_number, identity_status, sex, data_key, data_key_master, sealed, card, last_seen_at, created_at, updated_at)
    select $1, gen_random_uuid(), 1000 + n, 'declared', 'M', 'gAAAA', 'x', 'gAAAA', 'gAAAA', now(), now(), now() from generate_series(1, 2000) n
    returning id
), notes as (
    insert into consultations (clinic_id, id, patient_id, author_id, type, type_version, opened_at, updated_at, sealed, card)
    select $1, gen_random_uuid(), p.id, $2, 'evolucion', 1, now(), now(), 'gAAAA', 'gAAAA' from people p returning id, patient_id
)
insert into vital_signs (clinic_id, id, patient_id, consultation_id, origin, measured_at, taken_by, weight_kg, created_at)
select $1, gen_random_uuid(), n.patient_id, case when i = 1 then n.id end, 'record', now() - i * interval '1 day', $2, 70, now()
from notes n, generate_series(1, 10) i`

// Behind row-level security only leakproof operators reach an index, and a
// query that misses it is slow in a large clinic only. So the plan of every hot
// query, as the program's own role, is read.
func TestEveryHotQueryUsesItsIndex(t *testing.T) {
	t.Parallel()
	w := newWard(t)
	admin := w.admin(t)
	a := actor.Must(w.ctx)
	filled := strings.NewReplacer("$1", "'"+a.ClinicID.String()+"'::uuid", "$2", "'"+a.UserID.String()+"'::uuid").Replace(crowd)
	for _, sql := range []string{`alter table vital_signs disable trigger keep_vital_signs`, filled, `analyze`} {
		_, err := admin.Exec(t.Context(), sql)
		require.NoError(t, err)
	}
	for name, hot := range vitals.HotQueries() {
		plan := w.Plan(w.ctx, t, hot.SQL)
		require.Contains(t, plan, hot.Index, "%s:\n%s", name, plan)
		require.NotContains(t, plan, "Seq Scan", "%s:\n%s", name, plan)
		require.Contains(t, plan, "clinic_id", "%s is not behind the wall", name)
	}
}
