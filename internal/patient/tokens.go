package patient

import (
	"strings"

	"historias/internal/mx"
	"historias/internal/vault"
)

// What a token stands for. Each is a separate space of hashes, so that a phone
// never meets a word. The texts never change: they are under every hash.
const (
	tokenName  = "patient.name"  // the beginning of a word of a name
	tokenCURP  = "patient.curp"  // 18 characters, capitals
	tokenPhone = "patient.phone" // +52 and ten digits
	tokenEmail = "patient.email" // lower case
	tokenBorn  = "patient.born"  // a word of a name and the birth date
)

// indexNo is the version of the index key that tokens are made with.
const indexNo = 1

// tokens are all the hashes under which a patient is found.
func (i Identity) tokens(index vault.Key) []int64 {
	var found tokenSet
	for _, word := range mx.IndexWords(i.GivenNames, i.FirstSurname, i.SecondSurname) {
		for _, beginning := range mx.Beginnings(word) {
			found.add(index, tokenName, beginning)
		}
	}
	for _, phone := range i.phones() {
		found.add(index, tokenPhone, phone)
	}
	found.add(index, tokenCURP, i.CURP)
	found.add(index, tokenEmail, strings.ToLower(i.Email))
	i.addBorn(&found, index)
	return found.list
}

// addBorn adds the hashes of each word of the name with the birth date. Those
// born on one day are many in a large clinic; those who share a name as well
// are few, so that few cards are opened to look for duplicates.
func (i Identity) addBorn(to *tokenSet, index vault.Key) {
	if i.BirthDate.IsZero() {
		return
	}
	birth := "|" + i.BirthDate.String()
	for _, word := range i.words() {
		to.add(index, tokenBorn, word+birth)
	}
}

// tokenSet keeps each hash once: the primary key allows no second.
type tokenSet struct {
	seen map[int64]bool
	list []int64
}

func (s *tokenSet) add(index vault.Key, kind, value string) {
	if value == "" {
		return
	}
	token := index.Index64(kind, value)
	if s.seen[token] {
		return
	}
	if s.seen == nil {
		s.seen = map[int64]bool{}
	}
	s.seen[token] = true
	s.list = append(s.list, token)
}
