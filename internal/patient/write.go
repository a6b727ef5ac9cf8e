package patient

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/vault"
)

// sealedState is a patient's data in the forms in which they are stored.
type sealedState struct {
	identity vault.Sealed[Identity]
	card     vault.Sealed[Card]
	tokens   []int64
}

func seal(clinic, id uuid.UUID, i Identity, key, index vault.Key) (sealedState, error) {
	var st sealedState
	var err error
	if st.identity, err = vault.Seal(key, vault.Place{Clinic: clinic, Purpose: purposeIdentity, Row: id}, i); err != nil {
		return st, err
	}
	st.card, err = vault.Seal(key, vault.Place{Clinic: clinic, Purpose: purposeCard, Row: id}, i.card())
	st.tokens = i.tokens(index)
	return st, err
}

// birthYear is the part of the birth date that stays in clear.
func (i Identity) birthYear() *int {
	if i.BirthDate.IsZero() {
		return nil
	}
	year := i.BirthDate.Year()
	return &year
}

const insertPatient = `insert into patients (clinic_id, id, record_number, identity_status, sex, birth_year,
 data_key, data_key_master, index_key_no, sealed, card, last_seen_at, created_at, created_by, updated_at)
 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $12)`

const insertTokens = `insert into patient_tokens (clinic_id, token, patient_id) select $1, unnest($3::bigint[]), $2`

func insert(t *db.Tx, clinic uuid.UUID, p Patient, key vault.Wrapped, st sealedState, by *uuid.UUID) {
	t.Exec(insertPatient, clinic, p.ID, p.RecordNumber, p.IdentityStatus, p.Sex, p.birthYear(),
		key.Token, key.MasterID, indexNo, st.identity, st.card, p.CreatedAt, by)
	t.Exec(insertTokens, clinic, p.ID, st.tokens)
}

// The changes that make a new version.
const (
	changeCreated    = "created"
	changeUpdated    = "updated"
	changeArchived   = "archived"
	changeUnarchived = "unarchived"
)

// snapshot is the whole state of a patient at one version.
type snapshot struct {
	Identity Identity `json:"identity"`
	Archive  string   `json:"archived_reason,omitempty"`
}

const insertVersion = `insert into patient_versions (clinic_id, patient_id, version, id, at, actor_kind, actor_id,
 change, status, sealed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

// keep queues the state that a change leaves into the history.
func keep(ctx context.Context, t *db.Tx, p Patient, change string, at time.Time) error {
	a := actor.Must(ctx)
	id := vault.NewID()
	state := snapshot{Identity: p.Identity}
	if p.Archive != nil {
		state.Archive = p.Archive.Reason
	}
	token, err := vault.Seal(p.dataKey, vault.Place{Clinic: a.ClinicID, Purpose: purposeVersion, Row: id}, state)
	if err != nil {
		return err
	}
	t.Exec(insertVersion, a.ClinicID, p.ID, p.Version, id, at, string(a.Kind), author(a), change, p.Status, token)
	return nil
}

// author is the person who acts, nil for the system.
func author(a *actor.Actor) *uuid.UUID {
	if a.UserID == uuid.Nil {
		return nil
	}
	return &a.UserID
}
