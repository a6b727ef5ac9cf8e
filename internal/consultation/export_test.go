package consultation

import (
	"fmt"
	"strings"

	"historias/internal/errs"
)

// HotQueries are the statements of every day with the index that each must use.
func HotQueries() map[string]string {
	clause, _ := statusClause("")
	return map[string]string{
		fmt.Sprintf(pageOfPatient, clause): "consultations_by_patient", pageOfAuthor: "consultations_by_author",
		latestOfPatient: "consultations_by_patient", countSigned: "consultations_signed", firstSigned: "consultations_signed",
		selectOne: "consultations_pkey", selectAddenda: "consultation_addenda_clinic_id_consultation_id_seq_key",
		selectCopies: "consultation_copies_of",
	}
}

func fieldsOf(err error) string {
	e, ok := errs.As(err)
	if !ok {
		return err.Error()
	}
	var names []string
	for _, f := range e.Fields {
		names = append(names, f.Field)
	}
	return strings.Join(names, " ")
}
