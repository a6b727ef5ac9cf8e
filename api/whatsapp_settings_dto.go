package api

import (
	"time"

	"historias/internal/connection"
)

type whatsappDTO struct {
	Configured  bool                `json:"configured" example:"true"`
	Simulated   bool                `json:"simulated" example:"false"`
	Report      *whatsappReportDTO  `json:"report,omitempty"`
	Template    whatsappTemplateDTO `json:"template"`
	LastWebhook *time.Time          `json:"last_webhook_at,omitempty" format:"date-time" example:"2026-11-23T18:00:00Z"`
	Callback    string              `json:"callback_url,omitempty" example:"https://api.tudominio.com/api/webhooks/whatsapp"`
	NextAt      *time.Time          `json:"next_diagnosis_at,omitempty" format:"date-time" example:"2026-11-23T18:01:00Z"`
} //@name WhatsAppConnection

type whatsappReportDTO struct {
	At       time.Time            `json:"at" format:"date-time" example:"2026-11-23T18:00:00Z"`
	Worst    string               `json:"worst" enums:"ok,warn,fail" example:"ok"`
	Findings []whatsappFindingDTO `json:"findings"`
	Number   string               `json:"number,omitempty" example:"+52 55 5555 0100"`
	Name     string               `json:"name,omitempty" example:"Clínica Jacarandas"`
	Quality  string               `json:"quality,omitempty" example:"GREEN"`
	Limit    string               `json:"limit,omitempty" example:"Hasta 250 personas distintas cada 24 horas, entre todos los números del negocio."`
	Account  string               `json:"account,omitempty" example:"Clínica Jacarandas"`
	// Only the last four digits of identifiers.
	NumberID     string     `json:"number_id_ending,omitempty" example:"0001"`
	AccountID    string     `json:"account_id_ending,omitempty" example:"0002"`
	Version      string     `json:"api_version,omitempty" example:"v26.0"`
	TokenIssued  *time.Time `json:"token_issued_at,omitempty" format:"date-time" example:"2026-06-01T18:00:00Z"`
	TokenExpires *time.Time `json:"token_expires_at,omitempty" format:"date-time" example:"2027-06-01T18:00:00Z"`
} //@name WhatsAppReport

type whatsappFindingDTO struct {
	Code   string `json:"code" example:"template"`
	Level  string `json:"level" enums:"ok,warn,fail" example:"ok"`
	Text   string `json:"text" example:"La plantilla privacy_consent_notice está aprobada."`
	Advice string `json:"advice,omitempty" example:"Créela con «historias whatsapp template create»."`
} //@name WhatsAppFinding

type whatsappTemplateDTO struct {
	Name     string `json:"name,omitempty" example:"privacy_consent_notice"`
	Language string `json:"language,omitempty" example:"es_MX"`
	// Absent before Meta was asked.
	Status   string     `json:"status,omitempty" example:"APPROVED"`
	Category string     `json:"category,omitempty" example:"UTILITY"`
	Reason   string     `json:"reason,omitempty" example:"INVALID_FORMAT"`
	Faithful *bool      `json:"faithful,omitempty" example:"true"`
	HeardAt  *time.Time `json:"heard_at,omitempty" format:"date-time" example:"2026-11-23T18:00:00Z"`
	Body     string     `json:"body" example:"AVISO DE PRIVACIDAD - {{1}}"`
} //@name WhatsAppTemplate

func whatsappDTOOf(s connection.State) whatsappDTO {
	return whatsappDTO{
		Configured: s.Configured, Simulated: s.Simulated, Report: whatsappReportDTOOf(s.Report),
		Template: whatsappTemplateDTOOf(s), LastWebhook: instant(s.LastWebhook), Callback: s.Callback, NextAt: instant(s.NextAt),
	}
}

func whatsappTemplateDTOOf(s connection.State) whatsappTemplateDTO {
	out := whatsappTemplateDTO{Body: s.Body}
	if t := s.Template; t != nil {
		out.Name, out.Language, out.Status, out.Category, out.Reason = t.Name, t.Language, t.Status, t.Category, t.Reason
		out.Faithful, out.HeardAt = &t.Faithful, instant(t.HeardAt)
	}
	return out
}

func whatsappReportDTOOf(r *connection.Report) *whatsappReportDTO {
	if r == nil {
		return nil
	}
	out := &whatsappReportDTO{
		At: r.At, Worst: string(r.Worst()), Findings: make([]whatsappFindingDTO, 0, len(r.Findings)),
		Number: r.Summary.Number, Name: r.Summary.Name, Quality: r.Summary.Quality, Limit: connection.LimitWords(r.Summary.Limit),
		Account: r.Summary.Account, NumberID: r.Summary.NumberID, AccountID: r.Summary.AccountID, Version: r.Summary.Version,
		TokenIssued: r.Summary.TokenIssued, TokenExpires: r.Summary.TokenExpires,
	}
	for _, f := range r.Findings {
		out.Findings = append(out.Findings, whatsappFindingDTO{Code: f.Code, Level: string(f.Level), Text: f.Text, Advice: f.Advice})
	}
	return out
}
