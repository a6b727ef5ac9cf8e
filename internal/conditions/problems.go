package conditions

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/errs"
)

// Problems gives a patient's problems, the active ones first.
// errs.NotFound("patient") for a patient that the clinic does not have.
func (s *Service) Problems(ctx context.Context, patient uuid.UUID) ([]Entry[Problem], error) {
	items, _, err := list[Problem](ctx, s, problems, patient, func(*db.Reader) {})
	return items, err
}

// Problem gives one problem; errs.NotFound("problem") otherwise.
func (s *Service) Problem(ctx context.Context, patient, id uuid.UUID) (Entry[Problem], error) {
	e, _, err := one[Problem](ctx, s, problems, patient, id)
	if err != nil {
		return e, err
	}
	return e, s.deps.Trail.Record(ctx, event(problems, problems.listed, id, patient))
}

// AddProblem records a problem, with what is worth asking again. One that is
// active already is the conflict problem.duplicate, a code that CIE-10 does not
// have the rule problem.unknown_code; other faults are errs.Invalid.
func (s *Service) AddProblem(ctx context.Context, patient uuid.UUID, p Problem, status Status) (Entry[Problem], []Warning, error) {
	sc, err := s.writable(ctx, patient)
	if err != nil {
		return Entry[Problem]{}, nil, err
	}
	p, status, asked, err := s.checkProblem(ctx, sc.patient, p, status)
	if err != nil {
		return Entry[Problem]{}, nil, err
	}
	e, err := add(ctx, s, problems, sc, p, status, p.identity())
	return e, asked, err
}

// checkProblem gives a problem as it is kept: the label and the version of the
// catalog stand beside what the doctor calls it.
func (s *Service) checkProblem(ctx context.Context, who Patient, p Problem, status Status) (Problem, Status, []Warning, error) {
	c := &checker{}
	status = c.status(problems, status)
	p = p.check(c, who, status)
	if err := errs.Invalid(c.faults...); err != nil {
		return p, status, nil, err
	}
	d, ok, err := s.deps.Catalog.Diagnosis(ctx, p.Code, who)
	if err != nil {
		return p, status, nil, err
	}
	if !ok {
		return p, status, nil, errs.Rule("problem.unknown_code", "Elija el diagnóstico de la lista.",
			errs.Field{Field: "code", Code: "unknown", Message: "Esta clave no está en la CIE-10."})
	}
	p.Code, p.CatalogLabel, p.CatalogVersion = d.Code, d.Label, d.Version
	if p.Label == "" {
		p.Label = d.Label
	}
	if d.Doubt == "" {
		return p, status, nil, nil
	}
	return p, status, []Warning{{Field: "code", Code: "improbable", Message: d.Doubt}}, nil
}

// ChangeProblem replaces a problem. The version is judged before the body is
// asked for, with the state it replaces: errs.Stale where it is not the current one.
func (s *Service) ChangeProblem(ctx context.Context, patient, id uuid.UUID, version int64, body func(now Entry[Problem]) (Problem, Status, error)) (Entry[Problem], []Warning, error) {
	e, sc, err := one[Problem](ctx, s, problems, patient, id)
	if err != nil {
		return e, nil, err
	}
	if err := changeable(e.Head, sc.patient, version, problems); err != nil {
		return e, nil, err
	}
	data, status, err := body(e)
	if err != nil {
		return e, nil, err
	}
	var asked []Warning
	if e.Data, e.Status, asked, err = s.checkProblem(ctx, sc.patient, data, status); err != nil {
		return e, nil, err
	}
	e, err = change(ctx, s, problems, sc, e, e.Data.identity())
	return e, asked, err
}
