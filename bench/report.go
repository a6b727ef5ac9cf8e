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

// goals are the ratios to reach among 100,000 patients, at 16 and at 64 connections.
const goalPatients = 100_000

var goals = map[string]map[int]string{
	"read a patient":   {16: "0.40", 64: "0.50"},
	"search":           {16: "0.35", 64: "0.35"},
	"chart summary":    {16: "0.50", 64: "0.50"},
	"create a patient": {16: "0.45", 64: "0.45"},
}

func printHead(patients int, loaded time.Duration) {
	fmt.Printf("\n%d patients, loaded in %.1f s:\n\n", patients, loaded.Seconds())
	fmt.Println("| scenario | conns | requests/s | floor | p50 ms | p95 | p99 | CPU s/1,000: server + PostgreSQL | floor | ratio (min–max) | by CPU | goal |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|---|---|---|")
}

// printRow shows both sides of a scenario. The ratio is the middle one of the
// pairs of neighbouring rounds; by CPU is how much less processor time the floor
// takes for a request, which a busy machine changes less than speed.
func printRow(name string, patients, conns int, ours, floor []round) {
	ratios := make([]float64, len(ours))
	for i := range ours {
		ratios[i] = ours[i].perSecond() / floor[i].perSecond()
	}
	sort.Float64s(ratios)
	all, least := together(ours), together(floor)
	goal := ""
	if patients == goalPatients {
		goal = goals[name][conns]
	}
	fmt.Printf("| %s | %d | %.0f | %.0f | %.1f | %.1f | %.1f | %.3f + %.3f | %.3f + %.3f | **%.2f** (%.2f–%.2f) | %.2f | %s |\n",
		name, conns, all.perSecond(), least.perSecond(), ms(all.percentile(0.50)), ms(all.percentile(0.95)), ms(all.percentile(0.99)),
		perThousand(all.server, all), perThousand(all.postgres, all), perThousand(least.server, least), perThousand(least.postgres, least),
		ratios[len(ratios)/2], ratios[0], ratios[len(ratios)-1],
		perThousand(least.server+least.postgres, least)/perThousand(all.server+all.postgres, all), goal)
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
