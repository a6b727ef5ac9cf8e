package audit

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/vault"
)

// sealedWorld is a world with ten sealed events and a checkpoint of them.
func sealedWorld(t *testing.T) (*world, []uuid.UUID) {
	t.Helper()
	w := newWorld(t)
	ids := w.read(10)
	w.sealAll(w.clinic)
	w.must(w.sweep(w.Context()))
	return w, ids
}

func TestAnyChangeOfASealedEventIsFoundAndNamed(t *testing.T) {
	changes := map[string]string{
		"at":           `at + interval '1 second'`,
		"txid":         `txid - 1`,
		"cluster":      `cluster + 1`,
		"actor_kind":   `'system'`,
		"actor_id":     `gen_random_uuid()`,
		"role":         `'nurse'`,
		"action":       `'patient.updated'`,
		"subject_type": `'consent'`,
		"subject_id":   `null`,
		"patient_id":   `gen_random_uuid()`,
		"outcome":      `'denied'`,
		"reason":       `'urgencia'`,
		"request_id":   `''`,
		"address":      `'198.51.100.7'`,
		"mac":          `decode(repeat('00', 32), 'hex')`,
	}
	w, ids := sealedWorld(t)
	for column, value := range changes {
		t.Run(column, func(t *testing.T) {
			w := *w
			w.TB = t
			w.attack(`create temp table before as select * from audit_events where id = $1`, ids[4])
			w.attack(fmt.Sprintf(`update audit_events set %s = %s where id = $1`, column, value), ids[4])
			r := w.verify()
			w.attack(`delete from audit_events where id = $1`, ids[4])
			w.attack(`delete from audit_seals where clinic_id = $1 and seq > (select min(seq) from audit_seals s where $2 = any(s.event_ids))`, w.clinic, ids[4])
			w.attack(`insert into audit_events select * from before`)
			w.attack(`drop table before`)
			if !slices.ContainsFunc(r.Faults, func(f Fault) bool { return f.Kind == EventChanged && f.EventID == ids[4] }) {
				t.Errorf("faults %+v", r.Faults)
			}
		})
	}
}

func TestAChangedSubjectOfASearchIsFound(t *testing.T) {
	w := newWorld(t)
	w.must(w.write(Event{Action: PatientSearched, Subjects: []uuid.UUID{uuid.New(), uuid.New()}}))
	w.sealAll(w.clinic)
	w.attack(`update audit_events set subjects = subjects[1:1]`)
	w.expect(EventChanged, w.lastIDs(1)[0])
}

func TestADeletedEventIsNamed(t *testing.T) {
	w, ids := sealedWorld(t)
	w.attack(`delete from audit_events where id = $1`, ids[7])
	f := w.expect(EventRemoved, ids[7])
	if f.Clinic != w.clinic || f.At.IsZero() || f.Seal == 0 {
		t.Errorf("fault %+v", f)
	}
}

func TestATruncatedTableIsFound(t *testing.T) {
	w, ids := sealedWorld(t)
	w.attack(`truncate audit_events`)
	r := w.verify()
	if r.FaultCount != int64(len(ids)) || r.Faults[0].Kind != EventRemoved {
		t.Errorf("faults %+v", r.Faults)
	}
}

func TestEverythingTruncatedIsFoundByTheCheckpoint(t *testing.T) {
	w, _ := sealedWorld(t)
	w.attack(`truncate audit_events, audit_event_subjects, audit_seals`)
	w.expect(TailCut, uuid.Nil)
}

func TestAnInsertedCopyOfAnEventIsNamed(t *testing.T) {
	for name, copied := range map[string]uuid.UUID{
		"among the others": uuid.MustParse("00000000-0000-7000-8000-000000000001"),
		"behind the last":  uuid.MustParse("ffffffff-ffff-7fff-bfff-ffffffffffff"),
	} {
		t.Run(name, func(t *testing.T) {
			w, ids := sealedWorld(t)
			w.attack(`insert into audit_events select clinic_id, $2, at, txid, cluster, actor_kind, actor_id, role, action, subject_type,
				subject_id, patient_id, subjects, outcome, reason, request_id, address, mac from audit_events where id = $1`, ids[9], copied)
			w.expect(EventInserted, copied)
		})
	}
}

func TestAnEventThatTheProgramDidNotWriteIsForged(t *testing.T) {
	for name, txid := range map[string]string{
		"sealed with the others":    "pg_current_xact_id()::text::int8",
		"below every number":        "-5",
		"beyond the horizon":        "9223372036854775807",
		"as if of another server":   "7",
		"as the last one elsewhere": "9223372036854775806",
	} {
		t.Run(name, func(t *testing.T) {
			w, ids := sealedWorld(t)
			forged := uuid.New()
			cluster := "cluster"
			if name[:2] == "as" {
				cluster = "99"
			}
			w.attack(fmt.Sprintf(`insert into audit_events select clinic_id, $2, at, %s, %s, actor_kind, actor_id, role, action,
				subject_type, subject_id, patient_id, subjects, outcome, reason, request_id, address, mac
				from audit_events where id = $1`, txid, cluster), ids[3], forged)
			r := w.verify()
			if len(r.Faults) != 1 || r.Faults[0].EventID != forged {
				t.Errorf("faults %+v", r.Faults)
			}
		})
	}
}

func TestTheProgramsRoleCanForgeNoEvent(t *testing.T) {
	w := newWorld(t)
	w.must(w.db.WithTx(w.ctx(), func(_ context.Context, tx *db.Tx) error {
		tx.Exec(`insert into audit_events (clinic_id, id, at, cluster, actor_kind, action, outcome, mac)
			values ($1, $2, $3, $4, 'user', 'patient.read', 'success', '\x00')`, w.clinic, newID(noon), noon, w.cluster.Load())
		return nil
	}))
	w.sealAll(w.clinic)
	w.expect(EventForged, w.lastIDs(1)[0])
}

func TestACutTailIsFoundByTheCheckpoint(t *testing.T) {
	w, ids := sealedWorld(t)
	seen := w.sealAll(w.clinic)
	later := w.read(3)
	w.sealAll(w.clinic)
	w.fake.Advance(time.Minute)
	w.must(w.sweep(w.Context()))
	w.attack(`delete from audit_seals where clinic_id = $1 and seq > $2`, w.clinic, seen.Seq)
	w.attack(`delete from audit_events where clinic_id = $1 and id = any($2::uuid[])`, w.clinic, arrayText(later))
	f := w.expect(TailCut, uuid.Nil)
	if f.To != seen.Seq {
		t.Errorf("the chain ends at %d, the fault says %d (%d events)", seen.Seq, f.To, len(ids))
	}
	t.Run("and is not forgotten when the chain grows on", func(t *testing.T) {
		for range 4 {
			w.read(2)
			w.sealAll(w.clinic)
			w.fake.Advance(time.Minute)
			if err := w.sweep(w.Context()); err == nil {
				t.Error("the sweep does not say that a chain is broken")
			}
		}
		w.expect(ChainRewritten, uuid.Nil)
	})
}

func TestSealsMissingInTheMiddleAreNamed(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		w.read(2)
		w.sealAll(w.clinic)
	}
	middle := one[int64](w, `select max(seq) / 2 from audit_seals where clinic_id = $1`, w.clinic)
	w.attack(`delete from audit_seals where clinic_id = $1 and seq = $2`, w.clinic, middle)
	f := w.expect(SealsMissing, uuid.Nil)
	if f.Seal != middle || f.To != middle {
		t.Errorf("fault %+v, want %d", f, middle)
	}
}

func TestAChangedSealIsNamed(t *testing.T) {
	for _, column := range []string{
		"at = at + interval '1 s'", "cluster = cluster + 1", "through_txid = through_txid + 1", "note = 'x'",
		"total = total + 1", "root = sha256('x')", "prev = sha256('x')", "hash = sha256('x')",
	} {
		t.Run(column, func(t *testing.T) {
			w, _ := sealedWorld(t)
			seq := one[int64](w, `select max(seq) from audit_seals where clinic_id = $1`, w.clinic)
			w.attack(`update audit_seals set `+column+` where clinic_id = $1 and seq = $2`, w.clinic, seq)
			r := w.verify()
			if !slices.ContainsFunc(r.Faults, func(f Fault) bool { return f.Kind == SealChanged && f.Seal == seq }) {
				t.Errorf("faults %+v", r.Faults)
			}
		})
	}
}

// rewrite takes an event out of the last seal and signs the seal again.
func rewrite(w *world, event uuid.UUID, sign func(s *seal)) int64 {
	w.Helper()
	var s *seal
	w.must(w.db.Read(w.ctx(), func(q *db.Reader) error {
		q.All(func(r db.Row) (err error) {
			s, err = readSeal(w.clinic, r)
			return err
		}, `select `+sealColumns+` from audit_seals where clinic_id = $1 and $2 = any(event_ids)`, w.clinic, event)
		return nil
	}))
	at := slices.Index(s.ids, event)
	s.ids, s.leaves = slices.Delete(s.ids, at, at+1), slices.Delete(s.leaves, at, at+1)
	s.total--
	sign(s)
	w.attack(`delete from audit_events where id = $1`, event)
	w.attack(`delete from audit_seals where clinic_id = $1 and seq = $2`, w.clinic, s.seq)
	w.attack(insertSeal, s.args()...)
	return s.seq
}

func TestAChainRewrittenWithTheDatabaseAloneIsFound(t *testing.T) {
	w, ids := sealedWorld(t)
	stranger := vault.NewKey()
	seq := rewrite(w, ids[9], func(s *seal) { s.sign(stranger) })
	r := w.verify()
	if len(r.Faults) == 0 || r.Faults[0].Kind != SealForged || r.Faults[0].Seal != seq {
		t.Errorf("faults %+v", r.Faults)
	}
}

func TestAChainRewrittenWithTheProgramsKeysIsFoundByTheCheckpoint(t *testing.T) {
	w, ids := sealedWorld(t)
	own, err := w.vault.Key(w.Context(), w.clinic, vault.PurposeSeal)
	w.must(err)
	rewrite(w, ids[9], func(s *seal) { s.sign(own) })
	w.expect(ChainRewritten, uuid.Nil)
}

func TestASealRewrittenWithTheProgramsKeysNoLongerLeadsToTheNext(t *testing.T) {
	w, ids := sealedWorld(t)
	w.read(1)
	head := w.sealAll(w.clinic)
	own, err := w.vault.Key(w.Context(), w.clinic, vault.PurposeSeal)
	w.must(err)
	seq := rewrite(w, ids[9], func(s *seal) { s.sign(own) })
	r := w.verify()
	if !slices.ContainsFunc(r.Faults, func(f Fault) bool { return f.Kind == ChainBroken && f.Seal == seq+1 }) || seq >= head.Seq {
		t.Errorf("faults %+v", r.Faults)
	}
}

func TestAForgedSealThatBlocksTheSealerIsNamed(t *testing.T) {
	w, _ := sealedWorld(t)
	w.attack(`insert into audit_seals select clinic_id, seq + 1, at, cluster, 9223372036854775806, kind, note, total, event_ids,
		hashes, root, prev, hash, signature from audit_seals where clinic_id = $1 order by seq desc limit 1`, w.clinic)
	w.read(1)
	r := w.verify()
	if r.OK() || !slices.ContainsFunc(r.Faults, func(f Fault) bool { return f.Kind == SealChanged }) {
		t.Errorf("faults %+v", r.Faults)
	}
}

func TestAClinicThatIsGoneIsFoundByTheCheckpoint(t *testing.T) {
	w, _ := sealedWorld(t)
	for _, table := range []string{"audit_events", "audit_seals", "vault_keys"} {
		w.attack(`delete from `+table+` where clinic_id = $1`, w.clinic)
	}
	w.attack(`delete from clinics where id = $1`, w.clinic)
	f := w.expect(ClinicMissing, uuid.Nil)
	if f.Clinic != w.clinic {
		t.Errorf("fault %+v", f)
	}
}

func TestTheTableOfSubjectsMustAgreeWithTheEvents(t *testing.T) {
	shown := []uuid.UUID{uuid.New(), uuid.New(), uuid.New()}
	setup := func(t *testing.T) (*world, uuid.UUID) {
		w := newWorld(t)
		w.read(3)
		w.must(w.write(Event{Action: PatientSearched, Subjects: shown}))
		w.sealAll(w.clinic)
		w.expectIntact()
		return w, w.lastIDs(1)[0]
	}
	t.Run("a removed row", func(t *testing.T) {
		w, event := setup(t)
		w.attack(`delete from audit_event_subjects where patient_id = $1`, shown[1])
		w.expect(SubjectsChanged, event)
	})
	t.Run("an added row", func(t *testing.T) {
		w, event := setup(t)
		w.attack(`insert into audit_event_subjects select clinic_id, $1, at, id from audit_events where id = $2`, uuid.New(), event)
		w.expect(SubjectsChanged, event)
	})
}

func TestARowOfSubjectsPlantedBeforehandDoesNotStopTheSealer(t *testing.T) {
	w := newWorld(t)
	patient := uuid.New()
	w.must(w.write(Event{Action: PatientSearched, Subjects: []uuid.UUID{patient, patient}}))
	w.attack(`insert into audit_event_subjects select clinic_id, $1, at, id from audit_events`, patient)
	w.sealAll(w.clinic)
	w.expectIntact()
}

func TestAForgedLineOfTheCheckpointFileIsFound(t *testing.T) {
	w, _ := sealedWorld(t)
	line := checkpointBody{Version: checkpointVersion, At: noon, Kind: checkpointFull}
	_, stranger, _ := ed25519.GenerateKey(nil)
	raw, err := line.encode(stranger)
	w.must(err)
	w.must(w.checkpoints.append(raw))
	w.expect(CheckpointsChanged, uuid.Nil)
}
