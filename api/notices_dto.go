package api

import (
	"time"

	"historias/internal/notice"
)

// noticeElementDTO is one part that the law asks of a notice.
type noticeElementDTO struct {
	Element string `json:"element" validate:"oneof=I II III IV V VI VII VIII IX" enums:"I,II,III,IV,V,VI,VII,VIII,IX" example:"I"`
	Title   string `json:"title" example:"Quién es responsable de sus datos"`
	Text    string `json:"text" example:"{{responsable}}, con domicilio en {{domicilio}}, es responsable de sus datos personales."`
} //@name NoticeElement

type newNoticeRequest struct {
	Kind     string             `json:"kind" validate:"required,oneof=integral simplified" enums:"integral,simplified" example:"integral"`
	Summary  string             `json:"summary,omitempty" example:"{{responsable}} es responsable de sus datos personales."`
	Elements []noticeElementDTO `json:"elements,omitempty" validate:"max=9,dive"`
} //@name NewNoticeRequest

func (r newNoticeRequest) drafting() notice.Drafting {
	return notice.Drafting{Kind: notice.Kind(r.Kind), Edit: notice.Edit{Summary: r.Summary, Elements: elementsOf(r.Elements)}}
}

// noticeRequest takes the keys that only the server sets as well, so that what
// was read can be sent back.
type noticeRequest struct {
	Summary  string             `json:"summary" example:"{{responsable}} es responsable de sus datos personales."`
	Elements []noticeElementDTO `json:"elements" validate:"max=9,dive"`
	noticeKeysRequest
} //@name NoticeRequest

type noticeKeysRequest struct {
	ID            *string    `json:"id,omitempty" swaggerignore:"true"`
	Kind          *string    `json:"kind,omitempty" swaggerignore:"true"`
	Lang          *string    `json:"lang,omitempty" swaggerignore:"true"`
	Status        *string    `json:"status,omitempty" swaggerignore:"true"`
	Version       *int       `json:"version,omitempty" swaggerignore:"true"`
	Revision      *int64     `json:"revision,omitempty" swaggerignore:"true"`
	Content       *string    `json:"content,omitempty" swaggerignore:"true"`
	Hash          *string    `json:"hash,omitempty" swaggerignore:"true"`
	InForce       *bool      `json:"in_force,omitempty" swaggerignore:"true"`
	PublishedAt   *time.Time `json:"published_at,omitempty" swaggerignore:"true"`
	EffectiveFrom *time.Time `json:"effective_from,omitempty" swaggerignore:"true"`
	CreatedAt     *time.Time `json:"created_at,omitempty" swaggerignore:"true"`
	UpdatedAt     *time.Time `json:"updated_at,omitempty" swaggerignore:"true"`
}

func (k noticeKeysRequest) serverKeys() any { return k }

func (r noticeRequest) edit() notice.Edit {
	return notice.Edit{Summary: r.Summary, Elements: elementsOf(r.Elements)}
}

func elementsOf(in []noticeElementDTO) []notice.Element {
	var out []notice.Element
	for _, e := range in {
		out = append(out, notice.Element(e))
	}
	return out
}

// noticeDTO: version counts what was published, and a draft has none; revision
// is the one of ETag and If-Match; content is what a person reads, with the
// clinic's data in it.
type noticeDTO struct {
	ID            string             `json:"id" format:"uuid"`
	Kind          string             `json:"kind" enums:"integral,simplified" example:"integral"`
	Lang          string             `json:"lang" example:"es-MX"`
	Status        string             `json:"status" enums:"draft,published,superseded" example:"published"`
	Version       int                `json:"version,omitempty" example:"1"`
	Revision      int64              `json:"revision" example:"1"`
	Summary       string             `json:"summary"`
	Elements      []noticeElementDTO `json:"elements"`
	Content       string             `json:"content"`
	Hash          string             `json:"hash,omitempty" example:"9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab"`
	InForce       bool               `json:"in_force" example:"true"`
	PublishedAt   *time.Time         `json:"published_at,omitempty" format:"date-time"`
	EffectiveFrom *time.Time         `json:"effective_from,omitempty" format:"date-time"`
	CreatedAt     time.Time          `json:"created_at" format:"date-time"`
	UpdatedAt     time.Time          `json:"updated_at" format:"date-time"`
} //@name Notice

func noticeDTOOf(n notice.Notice) noticeDTO {
	dto := noticeDTO{
		ID: n.ID.String(), Kind: string(n.Kind), Lang: n.Lang, Status: string(n.Status), Version: n.Version,
		Revision: n.Revision, Summary: n.Summary, Elements: []noticeElementDTO{}, Content: n.Content, Hash: n.HashHex(),
		InForce: n.InForce, PublishedAt: instant(n.PublishedAt), EffectiveFrom: instant(n.EffectiveFrom),
		CreatedAt: n.CreatedAt.UTC(), UpdatedAt: n.UpdatedAt.UTC(),
	}
	for _, e := range n.Elements {
		dto.Elements = append(dto.Elements, noticeElementDTO(e))
	}
	return dto
}

// instant leaves a time out of an answer that never came.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// publicNoticeDTO is a clinic's notice as anybody may read it. hash is the
// SHA-256 of content in UTF-8.
type publicNoticeDTO struct {
	Clinic        string    `json:"clinic" example:"Clínica Jacarandas"`
	Address       string    `json:"address" example:"Calle Ficticia 48, Centro, C.P. 72000, Puebla, Puebla"`
	Lang          string    `json:"lang" example:"es-MX"`
	Version       int       `json:"version" example:"1"`
	Hash          string    `json:"hash" example:"9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab9f2c41ab"`
	InForce       bool      `json:"in_force" example:"true"`
	EffectiveFrom time.Time `json:"effective_from" format:"date-time"`
	Content       string    `json:"content"`
	URL           string    `json:"url" example:"https://historias.example/privacy-notice/clinica-jacarandas/v/1"`
} //@name PublicNotice
