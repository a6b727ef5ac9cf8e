package messaging_test

import (
	"strings"
	"testing"

	"historias/internal/messaging"
)

// crowd fills the tables as a large clinic does, without opening anything.
const crowd = `
with people as (
    insert into patients (clinic_id, id, record_number, identity_status, sex, data_key, data_key_master, sealed, card, last_seen_at, created_at, updated_at)
    select $1, gen_random_uuid(), 1000 + n, 'declared', 'M', 'gAAAA', 'x', 'gAAAA', 'gAAAA', now(), now(), now() from generate_series(1, 2000) n
    returning id
), sent as (
    insert into messages (clinic_id, id, patient_id, direction, kind, sender, subject_id, business_key, state, sealed, needs_call, created_at, updated_at)
    select $1, gen_random_uuid(), p.id, 'out', 'consent_request', 'platform', gen_random_uuid(), gen_random_uuid()::text,
        (array['sent', 'delivered', 'read', 'failed'])[1 + n % 4], 'gAAAA', n % 40 = 0, now() - n * interval '1 minute', now()
    from people p, generate_series(1, 5) n returning id
)
insert into message_handles (clinic_id, token_hash, message_id, kind, at)
select $1, sha256(id::text::bytea), id, 'wamid', now() from sent`

// Behind row-level security only leakproof operators reach an index, and a
// query that misses it is slow in a large clinic only. So the plan of every hot
// query, as the program's own role, is read.
func TestEveryHotQueryUsesItsIndex(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	var clinic string
	c.admin(`select id::text from clinics where slug = 'clinica-jacarandas'`, nil, &clinic)
	c.admin(`alter table message_handles disable trigger all`, nil)
	c.admin(strings.ReplaceAll(crowd, "$1", "'"+clinic+"'::uuid"), nil)
	c.admin(`analyze`, nil)
	for name, hot := range messaging.HotQueries() {
		plan := c.Plan(c.ctx, c.t, hot.SQL)
		if !strings.Contains(plan, hot.Index) || strings.Contains(plan, "Seq Scan") {
			t.Errorf("%s:\n%s", name, plan)
		}
	}
}
