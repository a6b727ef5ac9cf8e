package app

import (
	"net"
	"strconv"

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
		Shown: a.story || !a.Config.Production() && !a.Config.SMTP.Configured(), Address: a.letterAddress(), Report: a.report,
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

// letterAddress is where the links of letters lead: the application, wherever the
// environment says that it stands, or this machine.
func (a *App) letterAddress() string {
	if c := a.Config; c.FrontendURL == "" && len(c.AllowedOrigins) > 0 {
		return c.AllowedOrigins[0]
	}
	if address := a.publicAddress(); address != "" {
		return address
	}
	return "http://" + net.JoinHostPort("localhost", strconv.Itoa(a.Config.Port))
}
