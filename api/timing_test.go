package api_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/guard"
)

// An address that has an account and one that has none are answered with the same
// words. How long it takes is printed and not judged: 400 tries, in turns, with
// HISTORIAS_GUESSES set (docs/seguridad-cifras.md).
func TestAnAddressCannotBeToldByItsAnswer(t *testing.T) {
	t.Parallel()
	a := besieged(t)
	pairs := many(20)
	if pairs > 200 {
		pairs = 200
	}
	p := a.Doctor(t)
	var known, unknown []time.Duration
	for i := range pairs {
		if i%(guard.ByAccount-1) == 0 {
			a.Fake.Advance(guard.Window + time.Second) // the failures before count no more
		}
		two := []attempt{
			{email: p.Email, password: "no es la contraseña", from: "198.51.100.1"},
			{email: fmt.Sprintf("nadie.%d@jacarandas.example", i%7), password: "no es la contraseña", from: "198.51.100.1"},
		}
		if i%2 == 1 {
			slices.Reverse(two)
		}
		for _, one := range two {
			got := try(t, a.URL, one)
			require.Equal(t, "auth.invalid_credentials", got.code)
			if one.email == p.Email {
				known = append(known, got.took)
			} else {
				unknown = append(unknown, got.took)
			}
		}
	}
	t.Logf("known   %s", quantiles(known))
	t.Logf("unknown %s", quantiles(unknown))
	t.Logf("Mann-Whitney p = %.3f", mannWhitney(known, unknown))
}

func quantiles(all []time.Duration) string {
	sorted := slices.Sorted(slices.Values(all))
	at := func(q float64) time.Duration {
		return sorted[int(q*float64(len(sorted)-1)+0.5)].Round(100 * time.Microsecond)
	}
	return fmt.Sprintf("n=%d p50=%v p90=%v p99=%v", len(sorted), at(0.5), at(0.9), at(0.99))
}

// mannWhitney gives how likely two samples are to differ as much where nothing
// tells them apart (two-sided, normal approximation; times of nanoseconds have no
// ties to correct for).
func mannWhitney(x, y []time.Duration) float64 {
	var u float64
	for _, a := range x {
		for _, b := range y {
			switch {
			case a > b:
				u++
			case a == b:
				u += 0.5
			}
		}
	}
	n, m := float64(len(x)), float64(len(y))
	z := (u - n*m/2) / math.Sqrt(n*m*(n+m+1)/12)
	return math.Erfc(math.Abs(z) / math.Sqrt2)
}

// The measure itself tells equal samples from different ones.
func TestTheMeasureOfTimes(t *testing.T) {
	t.Parallel()
	var one, same, slower []time.Duration
	for i := range 100 {
		one = append(one, time.Duration(2*i))
		same = append(same, time.Duration(2*i+1))
		slower = append(slower, time.Duration(2*i+60))
	}
	require.Greater(t, mannWhitney(one, same), 0.5)
	require.Less(t, mannWhitney(one, slower), 0.01)
}
