package patient

import "github.com/google/uuid"

// Planning is what a search sets before it runs.
const Planning = planning

// HotQueries are the statements that run often, and the indexes each must use.
func HotQueries() map[string]struct {
	SQL     string
	Indexes []string
} {
	type hot = struct {
		SQL     string
		Indexes []string
	}
	active := scope{statuses: []Status{StatusActive}}
	all := scope{statuses: []Status{StatusActive, StatusArchived}, consents: []ConsentStatus{ConsentNone, consentAccepted}}
	search := func(sc scope, tokens int, number Number) string {
		sc.query = query{tokens: make([]int64, tokens), number: number}
		sql, _ := sc.searchSQL(uuid.Nil, widths[0])
		return sql
	}
	const byToken, byID, recent, consent = "patient_tokens_pkey", "patients_pkey", "patients_by_recency", "patients_by_consent"
	return map[string]hot{
		"read":                    {selectRow, []string{byID}},
		"list":                    {search(active, 0, 0), []string{recent}},
		"list by consent":         {search(all, 0, 0), []string{consent}},
		"search one word":         {search(active, 1, 0), []string{byToken, byID, recent}},
		"search two words":        {search(active, 2, 0), []string{byToken, byID, recent}},
		"search three by consent": {search(all, 3, 0), []string{byToken, byID, consent}},
		"search a number":         {search(active, 0, 1), []string{"patients_clinic_id_record_number_key"}},
		"duplicates":              {selectLookalikes, []string{byToken}},
		"by phone":                {selectByToken, []string{byToken, byID}},
		"cards":                   {selectCards, []string{byID}},
		"several":                 {selectRows, []string{byID}},
		"save":                    {updatePatient, []string{byID}},
		"replace tokens":          {deleteTokens, []string{byToken}},
		"seen":                    {touch, []string{byID}},
		"consent":                 {setConsent, []string{byID}},
		"history":                 {selectStates, []string{"patient_versions_pkey"}},
	}
}
