package app

import (
	"historias/internal/jobs"
	"historias/internal/mail"
)

// buildMail makes the queue and the outbox. Without SMTP, letters outside production are shown
// on a page; so are those of a story, whose people are made up.
func (a *App) buildMail() error {
	var err error
	a.Queue, err = jobs.New(jobs.Options{
		Pool: a.DB.Pool(), PollOnly: a.pooled(), Log: a.Log, Report: a.report,
	})
	if err != nil {
		return err
	}
	d := mail.Deps{
		DB: a.DB, Vault: a.Vault, Trail: a.Trail, Clock: a.Clock, Queue: a.Queue,
		Shown: a.story || !a.Config.Production() && !a.Config.SMTP.Configured(), Address: a.publicAddress(), Report: a.report,
	}
	if s := a.Config.SMTP; s.Configured() && !a.story {
		d.Post, err = mail.NewSMTP(mail.Server{
			Host: s.Host, Port: s.Port, User: s.User, Password: s.Password, From: s.From, Plain: !a.Config.Production(),
		})
		if err != nil {
			return err
		}
	}
	a.Mail = mail.New(d)
	return nil
}
