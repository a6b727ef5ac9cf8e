package patient

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"historias/internal/mx"
	"historias/internal/vault"
)

// Reason is why a record may be the same person's.
type Reason string

// The reasons, from the strongest to the weakest.
const (
	SameCURP         Reason = "same_curp"
	SameNameAndBirth Reason = "same_name_and_birth_date"
	SimilarName      Reason = "similar_name_same_birth_date"
	SamePhone        Reason = "same_phone" // families share a phone
)

// The scores, 0 to 100. A similar name scores by how similar it is.
const (
	scoreCURP        = 100
	scoreSame        = 95
	scoreSimilarFull = 90
	scorePhone       = 40
	// similarFrom is the similarity from which two names may be one person's.
	similarFrom = 0.7
)

func (r Reason) sentence() string {
	switch r {
	case SameCURP:
		return "tiene la misma CURP."
	case SameNameAndBirth:
		return "tiene el mismo nombre y la misma fecha de nacimiento."
	case SimilarName:
		return "tiene la misma fecha de nacimiento y un nombre parecido."
	}
	return "tiene el mismo teléfono."
}

func (r Reason) field() string {
	switch r {
	case SameCURP:
		return "curp"
	case SamePhone:
		return "phone"
	}
	return "given_names"
}

// Duplicate is a record that may be the same person's.
type Duplicate struct {
	Listed
	Score   int // 0 to 100
	Reasons []Reason
}

// maxDuplicates bounds how many are shown: more would be read by nobody.
const maxDuplicates = 10

// lookalikes are the hashes under which somebody who may be the same person is
// found: first those of which one is enough (CURP, phone), then the words of the
// name with the birth date, of which several must be shared.
type lookalikes struct {
	tokens []int64
	exact  int // how many of the tokens are enough alone
	shared int // how many of the others are needed
}

// fewWords is the most words of a name of which one must be shared exactly for
// two names to be compared; of longer names it is two, which a slip in a third
// word leaves.
const fewWords = 2

func lookalikesOf(id Identity, index vault.Key) lookalikes {
	found := newTokenSet(index)
	found.add(tokenCURP, id.CURP)
	found.add(tokenPhone, id.Phone)
	l := lookalikes{exact: len(found.list), shared: 1}
	id.addBorn(found)
	if l.tokens = found.list; len(l.tokens)-l.exact > fewWords {
		l.shared = 2
	}
	return l
}

// sighting is a patient found by the n-th token, from 1.
type sighting struct {
	token   int
	patient uuid.UUID
}

// candidates are the patients to open and compare. A clinic may have put its own
// phone into every record: more of those than are shown need not be opened, for
// who is alike for another reason too comes by another token. One more is the
// record itself.
func (l lookalikes) candidates(seen []sighting) []uuid.UUID {
	var ids []uuid.UUID
	byToken := make([]int, len(l.tokens)+1)
	words := map[uuid.UUID]int{}
	for _, s := range seen {
		if s.token > l.exact {
			if words[s.patient]++; words[s.patient] == l.shared {
				ids = append(ids, s.patient)
			}
		} else if byToken[s.token]++; byToken[s.token] <= maxDuplicates+1 {
			ids = append(ids, s.patient)
		}
	}
	return ids
}

// duplicates judges the records that share a token with id and keeps the likely
// ones, the likeliest first. self is left out.
func duplicates(id Identity, self uuid.UUID, others []Listed) []Duplicate {
	var found []Duplicate
	for _, other := range others {
		if other.ID == self {
			continue
		}
		if d := judge(id, other); len(d.Reasons) > 0 {
			found = append(found, d)
		}
	}
	slices.SortStableFunc(found, func(a, b Duplicate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.RecordNumber, b.RecordNumber))
	})
	return found[:min(len(found), maxDuplicates)]
}

func judge(id Identity, other Listed) Duplicate {
	d := Duplicate{Listed: other}
	because := func(r Reason, score int) {
		d.Reasons = append(d.Reasons, r)
		d.Score = max(d.Score, score)
	}
	if id.CURP != "" && id.CURP == other.CURP {
		because(SameCURP, scoreCURP)
	}
	if !id.BirthDate.IsZero() && id.BirthDate == other.BirthDate {
		switch alike := similarity(id.names(), other.names()); {
		case alike == 1:
			because(SameNameAndBirth, scoreSame)
		case alike >= similarFrom:
			because(SimilarName, int(alike*scoreSimilarFull))
		}
	}
	if id.Phone != "" && id.Phone == other.Phone {
		because(SamePhone, scorePhone)
	}
	return d
}

func (c Card) names() mx.Names {
	return mx.Names{GivenNames: c.GivenNames, FirstSurname: c.FirstSurname, SecondSurname: c.SecondSurname}
}

func idsOf(found []Duplicate) []uuid.UUID {
	ids := make([]uuid.UUID, 0, len(found))
	for _, d := range found {
		ids = append(ids, d.ID)
	}
	return ids
}
