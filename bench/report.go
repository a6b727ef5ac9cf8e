package main

import (
	"fmt"
	"os"
	"runtime"
	"sort"
	"strings"
	"time"
)

func machine() string {
	model := "unknown processor"
	raw, _ := os.ReadFile("/proc/cpuinfo")
	for _, line := range strings.Split(string(raw), "\n") {
		if rest, ok := strings.CutPrefix(line, "model name"); ok {
			model = strings.TrimLeft(rest, "\t: ")
			break
		}
	}
	return fmt.Sprintf("%s, %d processors, %s, %s", model, runtime.NumCPU(), runtime.Version(), time.Now().Format(time.DateOnly))
}

func printHead(patients int, loaded time.Duration) {
	fmt.Printf("\n## %d patients (loaded in %.1f s)\n\n", patients, loaded.Seconds())
	fmt.Println("| scenario | conns | side | requests/s | p50 ms | p95 ms | p99 ms | CPU s/1,000 (server + PostgreSQL) | ratio (min–max) |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|")
}

func printRow(name string, conns int, ours, floor []round) {
	ratios := make([]float64, len(ours))
	for i := range ours {
		ratios[i] = ours[i].perSecond() / floor[i].perSecond()
	}
	sort.Float64s(ratios)
	for _, side := range []struct {
		name   string
		rounds []round
		ratio  string
	}{
		{"floor", floor, "1"},
		{"Historias", ours, fmt.Sprintf("**%.2f** (%.2f–%.2f)", ratios[len(ratios)/2], ratios[0], ratios[len(ratios)-1])},
	} {
		m := middle(side.rounds)
		fmt.Printf("| %s | %d | %s | %.0f | %.1f | %.1f | %.1f | %.3f + %.3f | %s |\n", name, conns, side.name, m.perSecond(),
			ms(m.percentile(0.50)), ms(m.percentile(0.95)), ms(m.percentile(0.99)), perThousand(m.server, m), perThousand(m.postgres, m), side.ratio)
	}
}

// middle is the round with the median speed.
func middle(rounds []round) round {
	sorted := append([]round(nil), rounds...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].perSecond() < sorted[j].perSecond() })
	return sorted[len(sorted)/2]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func perThousand(d time.Duration, r round) float64 {
	if r.requests == 0 {
		return 0
	}
	return d.Seconds() / float64(r.requests) * 1000
}
