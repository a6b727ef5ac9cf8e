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
	tokenPair  = "patient.pair"  // the beginnings of two words of a name
	tokenCURP  = "patient.curp"  // 18 characters, capitals
	tokenPhone = "patient.phone" // +52 and ten digits
	tokenEmail = "patient.email" // lower case
	tokenBirth = "patient.birth" // YYYY-MM-DD
	tokenBorn  = "patient.born"  // a word of a name and the birth date
)

// indexNo is the version of the index key that tokens are made with.
const indexNo = 1

// tokens are all the hashes under which a patient is found.
func (i Identity) tokens(index vault.Key) []int64 {
	found := newTokenSet(index)
	words := mx.IndexWords(i.GivenNames, i.FirstSurname, i.SecondSurname)
	for _, word := range words {
		for _, beginning := range mx.Beginnings(word) {
			found.add(tokenName, beginning)
		}
	}
	found.addPairs(words)
	for _, phone := range i.phones() {
		found.add(tokenPhone, phone)
	}
	found.add(tokenCURP, i.CURP)
	found.add(tokenEmail, strings.ToLower(i.Email))
	i.addBorn(found)
	return found.list
}

// addBorn adds the hashes of each word of the name with the birth date. Those
// born on one day are many in a large clinic; those who share a name as well
// are few, so that few cards are opened to look for duplicates.
//
// The upper half of each hash is the day's: a person's hashes then stand side by
// side in the index, and writing them touches one page of it instead of four.
func (i Identity) addBorn(to *tokenSet) {
	if i.BirthDate.IsZero() {
		return
	}
	birth := i.BirthDate.String()
	day := to.index.Index64(tokenBirth, birth) &^ lowerHalf
	for _, word := range i.words() {
		to.put(day | to.index.Index64(tokenBorn, word+"|"+birth)&lowerHalf)
	}
}

const lowerHalf = 1<<32 - 1

// tokenSet keeps each hash once: the primary key allows no second.
type tokenSet struct {
	index *vault.Indexer
	seen  map[int64]bool
	list  []int64
}

func newTokenSet(index vault.Key) *tokenSet {
	return &tokenSet{index: index.Indexer(), seen: map[int64]bool{}}
}

func (s *tokenSet) add(kind, value string) {
	if value != "" {
		s.put(s.index.Index64(kind, value))
	}
}

// without are the hashes of one list that another has not.
func without(tokens, others []int64) []int64 {
	kept := make(map[int64]bool, len(others))
	for _, token := range others {
		kept[token] = true
	}
	gone := []int64{}
	for _, token := range tokens {
		if !kept[token] {
			gone = append(gone, token)
		}
	}
	return gone
}

func (s *tokenSet) put(token int64) {
	if !s.seen[token] {
		s.seen[token] = true
		s.list = append(s.list, token)
	}
}
