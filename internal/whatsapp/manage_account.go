package whatsapp

import (
	"context"
	"time"
)

// NumberInfo is what Meta says of the number that sends. The words are Meta's; one that is not known here is possible.
type NumberInfo struct {
	ID           string
	DisplayPhone string // as Meta writes it
	Name         string // that people see
	NameStatus   string // APPROVED, PENDING_REVIEW, DECLINED, …
	Status       string // CONNECTED, PENDING, FLAGGED, RESTRICTED, BANNED, …
	Quality      string // GREEN, YELLOW, RED, UNKNOWN
	// Limit is how many people may be written to in 24 hours, over all numbers of the business: TIER_250, TIER_2K, …
	Limit string
	// At is Meta's clock when it answered, Version the one of the Graph API that did: Meta answers a version that it retired
	// with a newer one. Both are empty when Meta did not say.
	At      time.Time
	Version string
}

const numberFields = "id,display_phone_number,verified_name,name_status,status,quality_rating,whatsapp_business_manager_messaging_limit"

// Number asks for the number that sends.
func (m *Manager) Number(ctx context.Context) (NumberInfo, error) {
	var wire struct {
		ID           looseString `json:"id"`
		DisplayPhone looseString `json:"display_phone_number"`
		Name         looseString `json:"verified_name"`
		NameStatus   looseString `json:"name_status"`
		Status       looseString `json:"status"`
		Quality      looseString `json:"quality_rating"`
		Limit        looseString `json:"whatsapp_business_manager_messaging_limit"`
	}
	meta, err := m.do(ctx, get(m.phone, numberFields), &wire)
	if err != nil {
		return NumberInfo{}, err
	}
	return NumberInfo{
		ID: string(wire.ID), DisplayPhone: string(wire.DisplayPhone), Name: string(wire.Name),
		NameStatus: string(wire.NameStatus), Status: string(wire.Status), Quality: string(wire.Quality),
		Limit: string(wire.Limit), At: meta.at, Version: meta.version,
	}, nil
}

// AccountInfo is what Meta says of the account.
type AccountInfo struct {
	ID           string
	Name         string
	Review       string // APPROVED, PENDING, REJECTED
	Verification string // of the business: verified, not_verified, …
	// Numbers are the ids of its numbers, the first hundred.
	Numbers []string
}

// Account asks for the account and its numbers. ErrNoAccount when none was configured.
func (m *Manager) Account(ctx context.Context) (AccountInfo, error) {
	if m.waba == "" {
		return AccountInfo{}, ErrNoAccount
	}
	var wire struct {
		ID           looseString `json:"id"`
		Name         looseString `json:"name"`
		Review       looseString `json:"account_review_status"`
		Verification looseString `json:"business_verification_status"`
	}
	if _, err := m.do(ctx, get(m.waba, "id,name,account_review_status,business_verification_status"), &wire); err != nil {
		return AccountInfo{}, err
	}
	var numbers struct {
		Data []struct {
			ID looseString `json:"id"`
		} `json:"data"`
	}
	list := get(m.waba+"/phone_numbers", "id")
	list.query.Set("limit", "100")
	if _, err := m.do(ctx, list, &numbers); err != nil {
		return AccountInfo{}, err
	}
	info := AccountInfo{ID: string(wire.ID), Name: string(wire.Name), Review: string(wire.Review), Verification: string(wire.Verification)}
	for _, n := range numbers.Data {
		info.Numbers = append(info.Numbers, string(n.ID))
	}
	return info, nil
}
