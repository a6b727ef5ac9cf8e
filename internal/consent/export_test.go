package consent

// HotQueries are the statements that large clinics run all day, with the index
// that each must use.
func HotQueries() map[string]string {
	return map[string]string{
		selectChain:      "consent_events_clinic_id_patient_id_seq_key",
		selectHead:       "consent_heads_pkey",
		selectRequest:    "consent_requests_pkey",
		lockOpenRequests: "consent_requests_open",
		selectByToken:    "consent_requests_by_token",
	}
}
