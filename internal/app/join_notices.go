package app

import (
	"context"

	"historias/internal/clinic"
	"historias/internal/consent"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/mx"
	"historias/internal/notice"
)

type noticesForClinics struct{ *App }

// PublishBase publishes the base notice of a clinic that became complete.
func (j noticesForClinics) PublishBase(ctx context.Context, t *db.Tx, p clinic.Profile) error {
	return j.Notices.PublishBase(ctx, t, responsible(p))
}

type clinicsForNotices struct{ *App }

// Responsible gives the clinic of the actor, with what it still lacks.
func (j clinicsForNotices) Responsible(ctx context.Context) (notice.Responsible, error) {
	p, err := j.Clinics.Profile(ctx)
	return responsible(p), err
}

func responsible(p clinic.Profile) notice.Responsible {
	phone := p.PrivacyContact.Phone
	if read, err := mx.ParsePhone(phone); err == nil {
		phone = read.Display()
	}
	return notice.Responsible{
		Slug: p.Slug, LegalName: p.LegalName, TradeName: p.TradeName, Address: p.Address.Line(),
		ContactName: p.PrivacyContact.Name, ContactEmail: p.PrivacyContact.Email, ContactPhone: phone,
		Missing: p.Missing(),
	}
}

type noticesForConsents struct{ *App }

// Offer gives the notice in force, or says what the clinic still lacks.
func (j noticesForConsents) Offer(ctx context.Context) (consent.Offer, error) {
	p, err := j.Clinics.Profile(ctx)
	if err != nil {
		return consent.Offer{}, err
	}
	if !p.Complete() {
		return consent.Offer{}, incomplete(p)
	}
	n, err := j.Notices.Current(ctx)
	return consent.Offer{
		NoticeID: n.ID, Version: n.Version, Hash: n.Hash, Link: j.Notices.VersionLink(p.Slug, n.Version), Clinic: p.DisplayName(),
	}, err
}

func incomplete(p clinic.Profile) error {
	var fields []errs.Field
	for _, name := range p.Missing() {
		fields = append(fields, errs.Field{Field: name, Code: "required", Message: "Falta este dato de la clínica."})
	}
	return errs.Rule("clinic.incomplete",
		"Complete primero los datos de la clínica: sin ellos la ley no permite pedir el consentimiento.", fields...)
}
