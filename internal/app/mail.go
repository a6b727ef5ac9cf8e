package app

import (
	"historias/internal/mail"
)

// buildMail makes the outbox. Without SMTP, letters outside production are shown
// on a page; so are those of a story, whose people are made up.
func (a *App) buildMail() error {
	d := mail.Deps{
		DB: a.DB, Vault: a.Vault, Trail: a.Trail, Clock: a.Clock, Queue: a.Queue,
		Shown: a.story || !a.Config.Production() && !a.Config.SMTP.Configured(), Address: a.publicAddress(), Report: a.report,
	}
	if s := a.Config.SMTP; s.Configured() && !a.story {
		post, err := mail.NewSMTP(mail.Server{
			Host: s.Host, Port: s.Port, User: s.User, Password: s.Password, From: s.From, Plain: !a.Config.Production(),
		})
		if err != nil {
			return err
		}
		d.Post = post
	}
	a.Mail = mail.New(d)
	return nil
}
