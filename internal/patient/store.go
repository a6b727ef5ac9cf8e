package patient

import (
	"time"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/mx"
	"historias/internal/vault"
)

// row is one row of patients as it is stored.
type row struct {
	id             uuid.UUID
	number         Number
	status         Status
	consent        ConsentStatus
	key            vault.Wrapped
	sealed         vault.Sealed[Identity]
	archivedAt     time.Time
	archivedBy     uuid.UUID
	archivedReason vault.Sealed[archiveNote] // empty while the record is in use
	lastSeen       time.Time
	version        int64
	createdAt      time.Time
	updatedAt      time.Time
}

const rowColumns = `p.id, p.record_number, p.status, p.consent_status, p.data_key, p.data_key_master, p.sealed,
 coalesce(p.archived_at, p.updated_at), coalesce(p.archived_by, '00000000-0000-0000-0000-000000000000'),
 coalesce(p.archived_reason, ''), p.last_seen_at, p.version, p.created_at, p.updated_at`

const selectRow = `select ` + rowColumns + ` from patients p where p.clinic_id = $1 and p.id = $2`

// targets are where the columns of rowColumns go. The driver searches for a way
// into a named or an optional type anew for each value, so that they are plain.
func (r *row) targets() []any {
	return []any{
		&r.id, (*int64)(&r.number), (*string)(&r.status), (*string)(&r.consent), &r.key.Token, &r.key.MasterID, (*string)(&r.sealed),
		&r.archivedAt, &r.archivedBy, (*string)(&r.archivedReason), &r.lastSeen, &r.version, &r.createdAt, &r.updatedAt,
	}
}

// open gives the patient of a row.
func (s *Service) open(clinic uuid.UUID, r row, today mx.Date) (Patient, error) {
	key, err := s.vault.Unwrap(r.key)
	if err != nil {
		return Patient{}, err
	}
	identity, err := r.sealed.Open(key, vault.Place{Clinic: clinic, Purpose: purposeIdentity, Row: r.id})
	if err != nil {
		return Patient{}, err
	}
	archive, err := r.archive(clinic, key)
	return Patient{
		Identity: identity, ID: r.id, RecordNumber: r.number, Status: r.status, Archive: archive,
		ConsentStatus: r.consent, LastSeenAt: r.lastSeen.UTC(), Version: r.version,
		CreatedAt: r.createdAt.UTC(), UpdatedAt: r.updatedAt.UTC(), AsOf: today, dataKey: key,
	}, err
}

func (r row) archive(clinic uuid.UUID, key vault.Key) (*Archive, error) {
	if r.archivedReason == "" {
		return nil, nil
	}
	note, err := r.archivedReason.Open(key, vault.Place{Clinic: clinic, Purpose: purposeArchive, Row: r.id})
	if err != nil {
		return nil, err
	}
	return &Archive{Reason: note.Reason, At: r.archivedAt.UTC(), By: r.archivedBy}, nil
}

// listedRow is what a list reads of a row.
type listedRow struct {
	Listed
	key  vault.Wrapped
	card vault.Sealed[Card]
}

const listedColumns = `p.id, p.record_number, p.status, p.identity_status, p.consent_status, p.last_seen_at,
 p.data_key, p.data_key_master, p.card`

func (r *listedRow) targets() []any {
	return []any{
		&r.ID, (*int64)(&r.RecordNumber), (*string)(&r.Status), (*string)(&r.IdentityStatus), (*string)(&r.ConsentStatus), &r.LastSeenAt,
		&r.key.Token, &r.key.MasterID, (*string)(&r.card),
	}
}

// gather collects the rows of a list.
func gather(into *[]listedRow) func(db.Row) error {
	return func(from db.Row) error {
		var r listedRow
		err := from.Scan(r.targets()...)
		*into = append(*into, r)
		return err
	}
}

func (s *Service) openListed(clinic uuid.UUID, r listedRow, today mx.Date) (Listed, error) {
	key, err := s.vault.Unwrap(r.key)
	if err != nil {
		return Listed{}, err
	}
	r.Card, err = r.card.Open(key, vault.Place{Clinic: clinic, Purpose: purposeCard, Row: r.ID})
	r.LastSeenAt, r.AsOf = r.LastSeenAt.UTC(), today
	return r.Listed, err
}

func (s *Service) openAll(clinic uuid.UUID, rows []listedRow, today mx.Date) ([]Listed, error) {
	out := make([]Listed, 0, len(rows))
	for _, r := range rows {
		item, err := s.openListed(clinic, r, today)
		if err != nil {
			return nil, err
		}
		out = append(out, item)
	}
	return out, nil
}
