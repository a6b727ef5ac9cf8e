package account

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

var sofia = Person{
	FullName: "Sofía Núñez Alcaraz", Email: "sofia.nunez@jacarandas.example", Phone: "+525555550100", LicenseNumber: "00123456",
}

// What anybody tries first is refused, each with its reason; so is what is little
// more than what everybody knows of the person.
func TestPasswordsThatWillNotDo(t *testing.T) {
	t.Parallel()
	for code, passwords := range map[string][]string{
		"too_short": {"", "breve", "catorce letra", strings.Repeat("ñ", 4) + "abcdexyzw"},
		"too_long":  {strings.Repeat("una frase larga ", 313), strings.Repeat("a", 257)},
		"trivial": {
			strings.Repeat(" ", 20), "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t", strings.Repeat("x", 30), "abcabcabcabcabcabc", "123456789012345",
			"qwertyuiopasdfgh", "abcdefghijklmnopqrstuvwxyz", "987654321098765", "1212121212121212", "xoxxooxoxxxoxoox", "gatoazgatoazgatoaz", "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂",
		},
		"common": {
			"contraseña123456", "Contraseña2026!!", "password12345678", "P@ssw0rd12345678", "  murciélago 2026 ", "murcielago-murcielago",
			"ILOVEYOU20262026", "bienvenido!!!!!!", "1q2w3e4r5t6y7u8i", "Guadalajara123456", "Historias2026!!!!", "c0ntr4s3ñ4-c0ntr4s3ñ4", "contra seña 2026 !!",
		},
		"personal": {
			"sofia nunez alcaraz", "SofíaNúñez198512!", "sofia.nunez@jacarandas.example", "historias-clinica-1", "jacarandas-2026-2026",
			"NUAS850412MPLXLF07", "clinica jacarandas 1", "doctora sofia nunez",
		},
	} {
		for _, password := range passwords {
			got, message := CheckPassword(password, sofia, "Clínica Jacarandas")
			require.Equal(t, code, got, "%q", password)
			if password != "" {
				require.NotContains(t, message, password)
			}
		}
	}
}

// Whatever is long and her own will do, in any script.
func TestPasswordsThatWillDo(t *testing.T) {
	t.Parallel()
	for _, password := range []string{
		"jacaranda morada 2026", "jacaranda morada en marzo", "una frase larga y propia", "otra frase larga y muy mía",
		"🌵🦎🌶️🥁🎺🪅🌮🐢🌋🍫🦜🌽🥑🐸🪁", "correcto caballo batería grapa", "Zk8#vT2!qW9$mB4x", "вечерний чай с лимоном",
		"mi doctora toma café con canela", "en 1985 nació la abuela",
	} {
		code, _ := CheckPassword(password, sofia, "Clínica Jacarandas")
		require.Empty(t, code, "%q", password)
	}
}

// Ten characters will do for somebody with a second factor, fifteen for the rest.
func TestTheSecondFactorAllowsAShorterOne(t *testing.T) {
	t.Parallel()
	const password = "Zk8#vT2!qW"
	require.Equal(t, 10, utf8.RuneCountInString(password))
	code, message := newRules(false, sofia.knownTexts()...).fault(password)
	require.Equal(t, "too_short", code)
	require.Contains(t, message, "15")
	code, _ = newRules(true, sofia.knownTexts()...).fault(password)
	require.Empty(t, code)
	code, message = newRules(true, sofia.knownTexts()...).fault(password[:9])
	require.Equal(t, "too_short", code)
	require.Contains(t, message, "10")
}

// The list of common passwords is whole: sorted, without repetition, and as
// large as it says.
func TestTheListOfCommonPasswordsIsWhole(t *testing.T) {
	t.Parallel()
	require.Zero(t, len(commonPasswords)%hashWidth)
	require.Greater(t, len(commonPasswords)/hashWidth, 50_000)
	require.Less(t, len(commonPasswords), 1<<20)
	for i := hashWidth; i < len(commonPasswords); i += hashWidth {
		before, here := commonPasswords[i-hashWidth:i], commonPasswords[i:i+hashWidth]
		require.Negative(t, strings.Compare(string(before), string(here)))
	}
}

// A hash of other parameters is known as such; one of now is not.
func TestStaleHashesAreKnown(t *testing.T) {
	t.Parallel()
	fresh, err := newHasher().hash(t.Context(), "jacaranda morada en marzo")
	require.NoError(t, err)
	require.False(t, stale(fresh))
	require.True(t, stale(strings.Replace(fresh, "m=47104", "m=19456", 1)))
	require.True(t, stale(strings.Replace(fresh, "t=1", "t=2", 1)))
	require.False(t, stale("no es un hash"))
}
