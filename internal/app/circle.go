package app

import (
	"context"

	"historias/internal/clinic"
	"historias/internal/mx"
	"historias/internal/notice"
)

// Circle is the features of the circle notice, consent, message, webhook.
type Circle struct {
	Notices *notice.Service
}

// NewCircle builds them.
func NewCircle(a *App) (*Circle, error) {
	c := &Circle{}
	c.Notices = notice.New(notice.Deps{
		DB: a.DB, Trail: a.Trail, Clock: a.Clock, Clinics: clinicsForNotices{a.Clinics}, Address: noticeAddress(a),
	})
	return c, nil
}

// noticeAddress is where the public notices stand: as the environment says, or
// below the program's own address.
func noticeAddress(a *App) string {
	if a.Config.NoticeURL != "" {
		return a.Config.NoticeURL
	}
	return a.Config.FrontendURL + "/privacy-notice"
}

type clinicsForNotices struct{ clinics *clinic.Service }

// Responsible names the clinic as a notice does.
func (j clinicsForNotices) Responsible(ctx context.Context) (notice.Responsible, error) {
	p, err := j.clinics.Profile(ctx)
	return responsibleOf(p), err
}

func responsibleOf(p clinic.Profile) notice.Responsible {
	phone, _ := mx.ParsePhone(p.PrivacyContact.Phone) // the clinic feature checked it
	return notice.Responsible{
		Slug: p.Slug, LegalName: p.LegalName, TradeName: p.TradeName, Address: p.Address.Line(),
		ContactName: p.PrivacyContact.Name, ContactEmail: p.PrivacyContact.Email, ContactPhone: phone.Display(),
		Missing: p.Missing(),
	}
}
