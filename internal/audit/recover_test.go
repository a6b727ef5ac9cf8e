package audit

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"historias/internal/errs"
)

// restoreOlder brings the world back to a copy made before its last events, as
// a restore does; it gives what the lost head was.
func restoreOlder(w *world) Head {
	w.Helper()
	w.sealAll(w.clinic)
	kept := w.sealAll(w.clinic)
	var lost Head
	for range 12 {
		w.read(2)
		lost = w.sealAll(w.clinic)
	}
	w.fake.Advance(time.Minute)
	w.must(w.sweep(w.Context()))
	w.attack(`delete from audit_events e where clinic_id = $1 and not exists
		(select from audit_seals s where s.clinic_id = $1 and s.seq <= $2 and e.id = any(s.event_ids))`, w.clinic, kept.Seq)
	w.attack(`delete from audit_seals where clinic_id = $1 and seq > $2`, w.clinic, kept.Seq)
	w.fake.Advance(time.Minute)
	return lost
}

func TestARestoredOlderCopyAlarmsUntilTheRecoveryIsRecorded(t *testing.T) {
	w, _ := sealedWorld(t)
	lost := restoreOlder(w)
	w.expect(TailCut, uuid.Nil)
	w.read(2)
	done, err := w.Recover(w.Context(), "Falla del disco; se restauró el respaldo de las 06:00.")
	w.must(err)
	if len(done.Clinics) != 1 || done.Clinics[0] != w.clinic {
		t.Errorf("recovered %+v", done)
	}
	w.sealAll(w.clinic)
	r := w.expectIntact()
	if len(r.Recoveries) != 2 || r.Recoveries[0].Reason == "" {
		t.Errorf("recoveries %+v", r.Recoveries)
	}
	t.Run("the checkpoints go on from there", func(t *testing.T) {
		for range 2 {
			w.read(1)
			w.sealAll(w.clinic)
			w.fake.Advance(time.Minute)
			w.must(w.sweep(w.Context()))
		}
		w.expectIntact()
	})
	t.Run("an older checkpoint kept elsewhere is answered by the record", func(t *testing.T) {
		recoveries, err := w.recoveries(w.Context(), w.clinic)
		w.must(err)
		if !excused(recoveries, w.clinic, lost) {
			t.Error("the recovery does not excuse the head that was lost")
		}
	})
	t.Run("a later cut is still found", func(t *testing.T) {
		if head := w.sealAll(w.clinic); head.Seq >= lost.Seq {
			t.Fatalf("the new chain at %d has outgrown the lost one at %d", head.Seq, lost.Seq)
		}
		w.attack(`delete from audit_seals where clinic_id = $1 and seq = (select max(seq) from audit_seals where clinic_id = $1)`, w.clinic)
		if r := w.verify(); r.OK() {
			t.Error("the recovery excuses a tail that was cut after it")
		}
	})
}

func TestARecoveryNamesClinicsThatTheCopyDoesNotHave(t *testing.T) {
	w, _ := sealedWorld(t)
	other := w.addClinic("registrada-despues")
	w.must(w.Record(w.at(other), Event{Action: ClinicRead}))
	w.sealAll(other)
	w.fake.Advance(time.Minute)
	w.must(w.sweep(w.Context()))
	for _, table := range []string{"audit_events", "audit_seals", "vault_keys"} {
		w.attack(`delete from `+table+` where clinic_id = $1`, other)
	}
	w.attack(`delete from clinics where id = $1`, other)
	w.expect(ClinicMissing, uuid.Nil)
	w.fake.Advance(time.Minute)
	done, err := w.Recover(w.Context(), "Se restauró el respaldo anterior.")
	w.must(err)
	if len(done.Clinics) != 1 || done.Clinics[0] != other {
		t.Errorf("recovered %+v", done)
	}
	w.expectIntact()
}

func TestARecoveryNeedsAReason(t *testing.T) {
	w := newWorld(t)
	if _, err := w.Recover(w.Context(), "  "); !errs.Is(err, "audit.reason_missing") {
		t.Errorf("error %v", err)
	}
}

func TestAForgedRecoveryExcusesNothing(t *testing.T) {
	w, _ := sealedWorld(t)
	restoreOlder(w)
	w.attack(`insert into audit_seals (clinic_id, seq, at, cluster, through_txid, kind, note, total, event_ids, hashes, root, prev, hash, signature)
		select clinic_id, seq + 1, at + interval '1 day', cluster, through_txid, 'recovery',
		'{"reason":"x","lost":[{"clinic":"' || clinic_id || '","seq":1000,"hash":""}]}', total, '{}', '', sha256(''), hash, sha256('x'), '\x00'
		from audit_seals where clinic_id = $1 order by seq desc limit 1`, w.clinic)
	if err := w.sweep(w.Context()); err == nil {
		t.Error("the sweep takes a forged recovery")
	}
	found := map[FaultKind]bool{}
	for _, f := range w.verify().Faults {
		found[f.Kind] = true
	}
	if !found[SealChanged] || !found[TailCut] && !found[ChainRewritten] {
		t.Errorf("faults %v", found)
	}
}
