package demo

import (
	"context"
	"time"

	"github.com/google/uuid"

	"historias/internal/conditions"
	"historias/internal/consultation"
	"historias/internal/prescription"
)

// How a note is left when it is not signed.
const (
	leftComplete  = "complete"
	leftUnwritten = "without_prognosis"
)

// register makes the record of a patient, and writes down what she has.
func (s *seeder) register(ctx context.Context, p *patientTold, l life) error {
	saved, _, err := s.app.Patients.Create(ctx, p.person.form)
	if err != nil {
		return err
	}
	p.id = saved.ID
	if l.NoAllergies {
		if _, err := s.app.Conditions.DenyAllergies(ctx, p.id); err != nil {
			return err
		}
	}
	for _, a := range l.Allergies {
		if _, err := s.app.Conditions.AddAllergy(ctx, p.id, a, conditions.Active); err != nil {
			return err
		}
	}
	for _, b := range l.Problems {
		status := b.Status
		if status == "" {
			status = conditions.Active
		}
		if _, _, err := s.app.Conditions.AddProblem(ctx, p.id, b.Problem, status); err != nil {
			return err
		}
	}
	return nil
}

// visit tells the nth visit of a kind: a note, perhaps a prescription, a signature.
func (s *seeder) visit(ctx context.Context, patient uuid.UUID, v visits, n int) error {
	kind, content, err := s.told.content(v.told, n, v.Trend)
	if err != nil {
		return err
	}
	if v.Leave == leftUnwritten {
		content.Prognosis = ""
	}
	note, err := s.app.Consultations.Open(ctx, consultation.Opening{PatientID: patient, Type: kind})
	if err != nil {
		return err
	}
	s.pass(9 * time.Minute)
	edit, err := s.app.Consultations.Edit(ctx, note.ID, note.Version)
	if err != nil {
		return err
	}
	if note, err = edit.Save(ctx, consultation.Update{Content: fitting(note, content)}); err != nil {
		return err
	}
	if v.Leave == leftComplete || v.Leave == leftUnwritten {
		return nil
	}
	if len(v.Receta) > 0 && (v.RecetaEach == 0 || n%v.RecetaEach == 0) {
		if err := s.prescribe(ctx, note.ID, v.Receta); err != nil {
			return err
		}
	}
	s.pass(2 * time.Minute)
	_, err = s.app.Consultations.Sign(ctx, note.ID, note.Version, consultation.Proof{Password: Password})
	return err
}

// fitting leaves out the sections that the patient's kind of note does not have.
func fitting(note consultation.Consultation, c consultation.Content) consultation.Content {
	asked := map[string]bool{}
	for _, item := range note.Completeness.Items {
		asked[item.Key] = true
	}
	sections := map[string]string{}
	for key, text := range c.Sections {
		if asked[key] {
			sections[key] = text
		}
	}
	c.Sections = sections
	return c
}

// prescribe writes and signs a prescription; what it repeats is said to go on.
func (s *seeder) prescribe(ctx context.Context, note uuid.UUID, names []string) error {
	items, err := s.told.items(names)
	if err != nil {
		return err
	}
	p, err := s.app.Prescriptions.Open(ctx, note, prescription.Opening{Edit: prescription.Edit{Items: items}})
	if err != nil {
		return err
	}
	var reasons []prescription.Reason
	for _, a := range p.Alerts {
		if a.Requires == prescription.RequiresAcknowledgement {
			reasons = append(reasons, prescription.Reason{AlertID: a.ID, Text: "Continúa el mismo tratamiento."})
		}
	}
	if len(reasons) > 0 {
		p, err = s.app.Prescriptions.Save(ctx, p.ID, p.Version, func(now prescription.Prescription) (prescription.Edit, error) {
			return prescription.Edit{Items: now.Items, Reasons: reasons}, nil
		})
		if err != nil {
			return err
		}
	}
	_, err = s.app.Prescriptions.Sign(ctx, p.ID, prescription.Proof{Password: Password})
	return err
}
