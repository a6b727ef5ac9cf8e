package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"

	"historias/internal/mx"
)

// scenario is one thing that a clinic does all day, asked of both sides.
type scenario struct {
	name  string
	ours  func(w *world) func(i int) []byte
	floor func(w *world) func(i int) []byte
}

func scenarios() []scenario {
	return []scenario{
		{"read a patient", byID("/api/patients/%s"), byIDFloor("/read/%s")},
		{"search", search("/api/patients?q=", true), search("/search?q=", false)},
		{"chart summary", byID("/api/patients/%s/summary"), byIDFloor("/chart/%s")},
		{"create a patient", create("/api/patients", true), create("/create", false)},
		{"webhook intake", webhook("/api/webhooks/whatsapp", true), webhook("/webhook", false)},
	}
}

func byID(path string) func(w *world) func(i int) []byte {
	return func(w *world) func(i int) []byte {
		return func(i int) []byte { return get(fmt.Sprintf(path, w.ids[i*7919%len(w.ids)]), w.token) }
	}
}

func byIDFloor(path string) func(w *world) func(i int) []byte {
	return func(w *world) func(i int) []byte {
		return func(i int) []byte { return get(fmt.Sprintf(path, w.ids[i*7919%len(w.ids)]), "") }
	}
}

const typed = 4 // letters of each word that somebody types

// search asks for the beginnings of a name and a surname.
func search(path string, ours bool) func(w *world) func(i int) []byte {
	return func(w *world) func(i int) []byte {
		token := ""
		if ours {
			token = w.token
		}
		return func(i int) []byte {
			name, surname := mx.Normalize(givenNames[i%len(givenNames)]), mx.Normalize(surnames[i*31%len(surnames)])
			q := begin(name) + " " + begin(surname)
			return get(path+url.QueryEscape(q), token)
		}
	}
}

func begin(word string) string { return word[:min(typed, len(word))] }

// create registers somebody new each time. Numbers go on over all rounds, so
// that nobody is a duplicate.
func create(path string, ours bool) func(w *world) func(i int) []byte {
	first := 1_000_000
	return func(w *world) func(i int) []byte {
		first += 1_000_000
		base, token := first, ""
		if ours {
			token = w.token
		}
		return func(i int) []byte {
			form := person(base + i)
			body, _ := json.Marshal(map[string]any{
				"given_names": form.GivenNames, "first_surname": form.FirstSurname, "second_surname": form.SecondSurname,
				"birth_date": form.BirthDate, "sex": form.Sex, "phone": fmt.Sprintf("33%08d", 10000000+(base+i)%89999999),
				"address": form.Address, "occupation": form.Occupation, "blood_type": form.BloodType,
			})
			return post(path, token, "", body)
		}
	}
}

// webhook delivers one status of a message that nobody knows, signed.
func webhook(path string, _ bool) func(w *world) func(i int) []byte {
	first := 0
	return func(*world) func(i int) []byte {
		first += 10_000_000
		base := first
		return func(i int) []byte {
			body := fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"525555550100","phone_number_id":"100"},"statuses":[{"id":"wamid.bench%d","status":"delivered","timestamp":"1795461227","recipient_id":"5215555550142"}]}}]}]}`, base+i)
			mac := hmac.New(sha256.New, []byte(appSecret))
			mac.Write(body)
			return post(path, "", "X-Hub-Signature-256: sha256="+hex.EncodeToString(mac.Sum(nil))+"\r\n", body)
		}
	}
}
