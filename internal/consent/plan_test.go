package consent_test

import (
	"fmt"
	"strings"
	"testing"

	"historias/internal/actor"
	"historias/internal/consent"
	"historias/internal/testkit"
)

// crowd fills the tables as a large clinic does, without opening anything.
const crowd = `
with people as (
    insert into patients (clinic_id, id, record_number, identity_status, sex, data_key, data_key_master, sealed, card, last_seen_at, created_at, updated_at)
    select %[1]s, gen_random_uuid(), 1000 + n, 'declared', 'M', 'gAAAA', 'x', 'gAAAA', 'gAAAA', now(), now(), now() from generate_series(1, 3000) n
    returning id
), heads as (
    insert into consent_heads (clinic_id, patient_id, seq, hash) select %[1]s, id, 4, sha256('x') from people
), asked as (
    insert into consent_requests (clinic_id, id, patient_id, channel, purposes, notice_id, notice_version, notice_hash, token_hash, phone_hash, status, created_at, expires_at, closed_at)
    select %[1]s, gen_random_uuid(), p.id, 'whatsapp', '{care}', n.id, 1, n.body_hash, sha256(p.id::text::bytea), sha256('x'),
        'open', now(), now(), null
    from people p, privacy_notices n where n.clinic_id = %[1]s
)
insert into consent_events (clinic_id, id, patient_id, seq, type, purposes, at, recorded_at, channel, evidence, prev_hash, hash)
select %[1]s, gen_random_uuid(), p.id, s, 'requested', '{care}', now(), now(), 'whatsapp', 'gAAAA', sha256('x'), sha256('x')
from people p, generate_series(1, 4) s`

// The plan of every hot query, as the program's own role behind its wall, uses
// its index.
func TestEveryHotQueryUsesItsIndex(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx := k.Ready(t)
	fill := fmt.Sprintf(crowd, "'"+actor.Clinic(ctx).String()+"'::uuid")
	k.Database.Exec(t, `alter table consent_requests disable trigger all`)
	k.Database.Exec(t, `alter table consent_heads disable trigger all`)
	k.Database.Exec(t, `alter table consent_events disable trigger all`)
	k.Database.Exec(t, fill)
	k.Database.Exec(t, `analyze`)
	for sql, index := range consent.HotQueries() {
		if plan := k.Plan(ctx, t, sql); !strings.Contains(plan, index) || strings.Contains(plan, "Seq Scan") {
			t.Errorf("%s:\n%s", sql, plan)
		}
	}
}
