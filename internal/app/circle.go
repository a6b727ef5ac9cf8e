package app

import (
	"context"
	"errors"

	"historias/internal/chart"
	"historias/internal/conditions"
	"historias/internal/consent"
	"historias/internal/messaging"
	"historias/internal/notice"
	"historias/internal/vitals"
)

// buildCircle makes what the circle of notice, question, message and webhook
// needs: the live hub and the features themselves.
func (a *App) buildCircle() error {
	a.Keys.Upkeep(a.Queue)
	a.buildUpkeep()
	a.Notices = notice.New(notice.Deps{
		DB: a.DB, Trail: a.Trail, Clock: a.Clock, Clinics: clinicsForNotices{a}, Address: a.noticeAddress(),
	})
	a.Consents = consent.New(consent.Deps{
		DB: a.DB, Vault: a.Vault, Trail: a.Trail, Clock: a.Clock, Queue: a.Queue, Live: a.Live,
		Patients: patientsForConsents{a}, Notices: noticesForConsents{a}, Messages: messagesForConsents{a}, People: staffForConsents{a},
	})
	if err := a.buildMessages(); err != nil {
		return err
	}
	a.Vitals = vitals.New(vitals.Deps{
		DB: a.DB, Trail: a.Trail, Clock: a.Clock, Live: a.Live, Patients: patientsForVitals{a}, People: a.Accounts,
	})
	a.Conditions = conditions.New(conditions.Deps{
		DB: a.DB, Trail: a.Trail, Clock: a.Clock, Live: a.Live,
		Patients: patientsForConditions{a}, People: a.Accounts, Catalog: catalogForConditions{a},
	})
	a.buildConsultations()
	a.buildPrescriptions()
	a.buildStaff()
	a.Charts = chart.New(chart.Deps{
		DB: a.DB, Trail: a.Trail, Patients: patientsForChart{a}, Consents: consentsForChart{a}, Messages: messagesForChart{a},
		Conditions: conditionsForChart{a}, VitalSigns: vitalsForChart{a}, Notes: notesForChart{a}, Prescriptions: prescriptionsForChart{a},
	})
	return nil
}

func (a *App) buildMessages() error {
	platform, err := a.platformNumber()
	if err != nil {
		return err
	}
	simulated, err := a.simulatedNumber()
	if err != nil {
		return err
	}
	a.Messages = messaging.New(messaging.Deps{
		DB: a.DB, Vault: a.Vault, Trail: a.Trail, Clock: a.Clock, Queue: a.Queue, Live: a.Live,
		Patients: patientsForMessages{a}, Questions: consentsForMessages{a}, Answers: consentsForMessages{a}, Templates: templatesForMessages{a},
		Platform: platform, Simulator: simulated, Secrets: a.Config.Meta.AppSecrets, VerifyToken: a.Config.Meta.VerifyToken,
		Log: a.Log, Report: a.report,
	})
	return a.buildConnection()
}

// pooled says that connections are lent for one transaction only.
func (a *App) pooled() bool { return a.Config.DatabasePooler == "transaction" }

// listenURL is a connection for LISTEN, past any pooler.
func (a *App) listenURL() string {
	if a.Config.DatabaseDirectURL != "" {
		return a.Config.DatabaseDirectURL
	}
	if a.pooled() {
		return ""
	}
	return a.Config.DatabaseURL
}

// noticeAddress is where the public notices stand: as the environment says, or
// below the program's own address.
func (a *App) noticeAddress() string {
	if a.Config.NoticeURL != "" {
		return a.Config.NoticeURL
	}
	return a.Config.FrontendURL + "/privacy-notice"
}

// report hands an unexpected error of the background to whoever Report names.
func (a *App) report(ctx context.Context, err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	a.Log.ErrorContext(ctx, "background", "cause", err.Error())
	if a.Report != nil {
		a.Report(ctx, err)
	}
}
