package patient

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/vault"
)

// Subject is what another feature needs to act on a patient: to seal what
// belongs to her, to write to her, to know who answers for her. Whoever asks
// for one records the event of the act.
type Subject struct {
	ID             uuid.UUID
	ClinicID       uuid.UUID
	DataKey        vault.Key
	RecordNumber   Number
	GivenNames     string
	FullName       string   // empty while the identity is not known
	Phone          string   // her own, +52 and ten digits, or empty
	Phones         []string // her own and the representative's, each once
	Email          string
	Minor          bool
	Representative *Contact
	Archived       bool
	ConsentStatus  ConsentStatus
}

func subjectOf(clinic uuid.UUID, p Patient) Subject {
	return Subject{
		ID: p.ID, ClinicID: clinic, DataKey: p.dataKey, RecordNumber: p.RecordNumber,
		GivenNames: p.GivenNames, FullName: p.FullName(), Phone: p.Phone, Phones: p.phones(), Email: p.Email,
		Minor: p.Minor(), Representative: p.Representative,
		Archived: p.Status == StatusArchived, ConsentStatus: p.ConsentStatus,
	}
}

// Subject gives a patient of the clinic; errs.NotFound("patient") otherwise.
func (s *Service) Subject(ctx context.Context, id uuid.UUID) (Subject, error) {
	p, err := s.read(ctx, id)
	if err != nil {
		return Subject{}, err
	}
	return subjectOf(actor.Clinic(ctx), p), nil
}

// QueueSubject queues the reading of a patient into a read of several subjects.
// The read fails with db.ErrNoRow where there is no such patient.
func (s *Service) QueueSubject(ctx context.Context, q *db.Reader, id uuid.UUID) func() (Subject, error) {
	opened := s.QueuePatient(ctx, q, id)
	return func() (Subject, error) {
		p, err := opened()
		return subjectOf(actor.Clinic(ctx), p), err
	}
}

// DataKey gives the key that seals what belongs to the patient.
func (p Patient) DataKey() vault.Key { return p.dataKey }

const setConsent = `update patients set consent_status = $3 where clinic_id = $1 and id = $2`

// SetConsentStatus queues where the consent of a patient stands now. It is the
// consent feature that decides; the version of the record stays as it is.
// errs.NotFound("patient") fails the transaction when there is no such patient.
func (s *Service) SetConsentStatus(ctx context.Context, t *db.Tx, id uuid.UUID, status ConsentStatus) error {
	if !known(status) {
		return errs.Internal("patient: consent", errUnknownStatus)
	}
	t.ExecOne(errs.NotFound("patient"), setConsent, actor.Clinic(ctx), id, status)
	return nil
}

// maxByPhone bounds who shares one phone: a family, not a clinic that put its
// own number into every record.
const maxByPhone = 50

const selectByToken = `select ` + rowColumns + ` from (select t.patient_id from patient_tokens t
 where t.clinic_id = $1 and t.token = $2 order by t.patient_id limit $3) h
 join patients p on p.clinic_id = $1 and p.id = h.patient_id`

// FindByPhone gives the patients of the clinic who have this phone, as their
// own or as their representative's; none is an empty list. At most 50.
func (s *Service) FindByPhone(ctx context.Context, phone mx.Phone) ([]Subject, error) {
	if phone.IsZero() {
		return nil, nil
	}
	index, err := s.index(ctx)
	if err != nil {
		return nil, err
	}
	clinic := actor.Clinic(ctx)
	var rows []row
	err = s.db.Read(ctx, func(q *db.Reader) error {
		q.All(func(from db.Row) error {
			var r row
			err := from.Scan(r.targets()...)
			rows = append(rows, r)
			return err
		}, selectByToken, clinic, index.Index64(tokenPhone, phone.String()), maxByPhone)
		return nil
	})
	if err != nil {
		return nil, errs.Internal("patient: by phone", err)
	}
	return s.subjects(ctx, rows)
}

func (s *Service) subjects(ctx context.Context, rows []row) ([]Subject, error) {
	today, err := s.today(ctx)
	if err != nil {
		return nil, err
	}
	clinic := actor.Clinic(ctx)
	out := make([]Subject, 0, len(rows))
	for _, r := range rows {
		p, err := s.open(clinic, r, today)
		if err != nil {
			return nil, errs.Internal("patient: open", err)
		}
		out = append(out, subjectOf(clinic, p))
	}
	return out, nil
}
