package account

import "strings"

// Bounds of what is not obvious, in characters.
const (
	fewestDistinct = 5
	fewestSteps    = 6
	shortestUnit   = 8
)

// rows are what a finger runs along.
var rows = []string{"1234567890", "qwertyuiop", "asdfghjklñ", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "01234567890"}

// obvious tells whether a password has little in it but repetition and runs:
// «abcabcabcabcabc», «123456789012345», «qwertyuiopasdfgh»,
// nothing but spaces.
func obvious(password string) bool {
	plain := []rune(strings.ToLower(password))
	distinct := map[rune]bool{}
	for _, r := range plain {
		distinct[r] = true
	}
	return len(distinct) < fewestDistinct || len(plain)-runs(plain) < fewestSteps || unit(plain) < shortestUnit
}

// runs counts the characters that follow the one before as the next of a row,
// forwards or backwards, or repeat it.
func runs(plain []rune) int {
	n := 0
	for i := 1; i < len(plain); i++ {
		if plain[i] == plain[i-1] || neighbours(plain[i-1], plain[i]) {
			n++
		}
	}
	return n
}

func neighbours(a, b rune) bool {
	for _, row := range rows {
		if strings.Contains(row, string([]rune{a, b})) || strings.Contains(row, string([]rune{b, a})) {
			return true
		}
	}
	return false
}

// unit is the length of the shortest text that the whole repeats.
func unit(plain []rune) int {
	for size := 1; size <= len(plain)/2; size++ {
		same := true
		for i := size; same && i < len(plain); i++ {
			same = plain[i] == plain[i-size]
		}
		if same {
			return size
		}
	}
	return len(plain)
}
