package prescription

import (
	"errors"
	"math/big"
	"strings"
)

// ErrAmount says that a text is no amount of a dose.
var ErrAmount = errors.New("prescription: not an amount")

// longestAmount bounds the text of an amount, so that nobody makes the exact
// arithmetic expensive.
const longestAmount = 16

// vulgar are the fractions that have a character of their own.
var vulgar = map[string]string{"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅛": "1/8"}

// ParseAmount reads the amount of a dose exactly: whole numbers, decimals with a
// point or a comma ("2,5"), fractions ("1/2", "½") and mixed numbers ("1 1/2",
// "1½"). ErrAmount for anything else, zero and negative numbers included.
func ParseAmount(text string) (*big.Rat, error) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > longestAmount {
		return nil, ErrAmount
	}
	for sign, plain := range vulgar {
		text = strings.Replace(text, sign, " "+plain, 1)
	}
	sum := new(big.Rat)
	parts := strings.Fields(text)
	for i, part := range parts {
		value, err := parsePart(part)
		// Only a fraction may follow, and only a whole number goes before it.
		if err != nil || len(parts) > 2 || i == 1 && (!strings.Contains(part, "/") || !sum.IsInt()) {
			return nil, ErrAmount
		}
		sum.Add(sum, value)
	}
	if sum.Sign() <= 0 {
		return nil, ErrAmount
	}
	return sum, nil
}

func parsePart(part string) (*big.Rat, error) {
	if strings.Trim(part, "0123456789./,") != "" {
		return nil, ErrAmount
	}
	if above, below, ok := strings.Cut(part, "/"); ok && (!digits(above) || !digits(below)) {
		return nil, ErrAmount
	}
	part = strings.Replace(part, ",", ".", 1)
	if strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".") {
		return nil, ErrAmount
	}
	value, ok := new(big.Rat).SetString(part)
	if !ok {
		return nil, ErrAmount
	}
	return value, nil
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// one tells whether an amount takes a noun in the singular: up to one.
func one(amount *big.Rat) bool { return amount.Cmp(big.NewRat(1, 1)) <= 0 }
