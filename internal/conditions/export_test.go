package conditions

// HotQueries are the statements that run often, and the index each must use.
func HotQueries() map[string]struct{ SQL, Index string } {
	type hot = struct{ SQL, Index string }
	const byPatient, byID, once = "conditions_by_patient", "conditions_pkey", "conditions_once"
	return map[string]hot{
		"all":    {selectAll, byPatient},
		"active": {selectActive, byPatient},
		"chart":  {selectChart, byPatient},
		"one":    {selectOne, byID},
		"same":   {selectSame, once},
		"change": {updateCondition, byID},
		"denial": {selectDenial, "allergy_denials_by_patient"},
	}
}
