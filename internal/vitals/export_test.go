package vitals

// HotQueries are the statements that run often, and the index each must use.
func HotQueries() map[string]struct{ SQL, Index string } {
	type hot = struct{ SQL, Index string }
	const byPatient, byID, byNote = "vital_signs_by_patient", "vital_signs_pkey", "vital_signs_by_consultation"
	return map[string]hot{
		"page":    {selectPage, byPatient},
		"latest":  {selectLatest, byPatient},
		"one":     {selectOne, byID},
		"of note": {selectOfNote, byNote},
		"adopt":   {adoptReading, byPatient},
		"weight":  {selectWeight, byPatient},
		"void":    {voidReading, byID},
		"change":  {changeReading, byID},
	}
}
