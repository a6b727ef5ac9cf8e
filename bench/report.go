package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
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
	fmt.Println("| scenario | conns | side | requests/s | p50 ms | p95 ms | p99 ms | server CPU s/1,000 | PostgreSQL CPU s/1,000 | MiB | ratio (min–max) | by CPU |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|---|---|---|")
}

// printRow shows both sides of a scenario. The ratio is the middle one of the
// pairs of neighbouring rounds; by CPU is how much less processor time the floor
// takes for a request, which a busy machine changes less than speed.
func printRow(name string, conns int, ours, floor []round) {
	ratios := make([]float64, len(ours))
	for i := range ours {
		ratios[i] = ours[i].perSecond() / floor[i].perSecond()
	}
	sort.Float64s(ratios)
	all, least := together(ours), together(floor)
	printSide(name, conns, "floor", floor, "1 | 1")
	printSide(name, conns, "Historias", ours, fmt.Sprintf("**%.2f** (%.2f–%.2f) | %.2f", ratios[len(ratios)/2],
		ratios[0], ratios[len(ratios)-1], perThousand(least.server+least.postgres, least)/perThousand(all.server+all.postgres, all)))
}

func printSide(name string, conns int, side string, rounds []round, ratio string) {
	all := together(rounds)
	fmt.Printf("| %s | %d | %s | %.0f | %.1f | %.1f | %.1f | %.3f | %.3f | %d | %s |\n", name, conns, side, all.perSecond(),
		ms(all.percentile(0.50)), ms(all.percentile(0.95)), ms(all.percentile(0.99)),
		perThousand(all.server, all), perThousand(all.postgres, all), all.memory>>10, ratio)
}

// together is all rounds of a side as one.
func together(rounds []round) round {
	var all round
	for _, r := range rounds {
		all.requests += r.requests
		all.took += r.took
		all.latencies = append(all.latencies, r.latencies...)
		all.server += r.server
		all.postgres += r.postgres
		all.memory = max(all.memory, r.memory)
	}
	slices.Sort(all.latencies)
	return all
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func perThousand(d time.Duration, r round) float64 {
	if r.requests == 0 {
		return 0
	}
	return d.Seconds() / float64(r.requests) * 1000
}
