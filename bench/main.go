// Command bench measures the program against the floor: a minimal net/http and
// pgx server without sessions, walls, sealing or audit, on the same database
// server, in the same run, by the same client. It prints requests a second,
// latencies, processor time per 1,000 requests and memory, and the ratio of each
// scenario to its floor.
//
// Short rounds of both are interleaved, because a machine is not the same from
// one minute to the next. While the floor is measured the program stands still,
// so that what it does behind its answers (sealing, jobs) is counted as its own.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"time"
)

// notesSection names the acts that are measured after the scenarios.
const notesSection = "notes"

type options struct {
	patients    []int
	conns       []int
	seconds     time.Duration
	rounds      int
	only        string
	profile     string
	hold        bool
	socket      bool
	profileTime time.Duration
}

func main() {
	// The program starts itself again in the part that is being measured.
	if part := os.Getenv(partVariable); part != "" {
		exit(runPart(part))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, readOptions())
	stop()
	exit(err)
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func readOptions() options {
	var o options
	patients := flag.String("patients", "10000,100000", "sizes of the clinic")
	conns := flag.String("conns", "16,64", "connections of the client")
	flag.DurationVar(&o.seconds, "time", time.Second, "length of a round")
	flag.IntVar(&o.rounds, "rounds", 9, "rounds of each side")
	flag.StringVar(&o.only, "only", "", "one scenario, or "+notesSection)
	flag.StringVar(&o.profile, "profile", "", "write a processor profile of the server for each scenario into this folder")
	flag.DurationVar(&o.profileTime, "profile-time", 4*time.Second, "length of the round that a profile is taken of")
	flag.BoolVar(&o.hold, "hold", false, "measure nothing: leave the first size standing until interrupted")
	flag.BoolVar(&o.socket, "socket", false, "reach PostgreSQL over its Unix socket instead of TCP")
	flag.Parse()
	o.patients, o.conns = numbers(*patients), numbers(*conns)
	return o
}

// withNotes tells whether notes are measured, which is among the most patients only.
func (o options) withNotes(patients int) bool {
	return (o.only == "" || o.only == notesSection) && patients == slices.Max(o.patients)
}

func numbers(list string) []int {
	var out []int
	for _, text := range strings.Split(list, ",") {
		if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && n > 0 {
			out = append(out, n)
		}
	}
	return out
}

func run(ctx context.Context, o options) error {
	if o.hold {
		return hold(ctx, o)
	}
	fmt.Println(machine())
	for _, patients := range o.patients {
		if err := measure(ctx, o, patients); err != nil {
			return err
		}
	}
	return nil
}

func measure(ctx context.Context, o options, patients int) error {
	w, err := newWorld(ctx, o, patients)
	if err != nil {
		return err
	}
	defer w.close()
	printHead(patients, w.loaded)
	for _, s := range scenarios() {
		if o.only != "" && o.only != s.name {
			continue
		}
		for _, conns := range o.conns {
			ours, floor, err := compare(ctx, w, s, conns, o)
			if err != nil {
				return fmt.Errorf("%s: %w", s.name, err)
			}
			printRow(s.name, patients, conns, ours, floor)
			if err := w.profileServer(ctx, s, conns); err != nil {
				return err
			}
		}
	}
	fmt.Printf("\nmemory of the server: %d MiB now, %d MiB at most\n", w.server.memory("VmRSS")>>10, w.server.memory("VmHWM")>>10)
	if o.withNotes(patients) {
		if err := measureNotes(ctx, w); err != nil {
			return fmt.Errorf("notes: %w", err)
		}
	}
	return nil
}

// compare runs rounds of both sides in turn, after one of each that does not count.
func compare(ctx context.Context, w *world, s scenario, conns int, o options) (ours, floor []round, err error) {
	for i := range o.rounds + 1 {
		w.server.pause()
		f, err := w.round(ctx, w.floor, s.floor(w), conns, o.seconds)
		w.server.resume()
		if err != nil {
			return nil, nil, err
		}
		p, err := w.round(ctx, w.server, s.ours(w), conns, o.seconds)
		if err != nil {
			return nil, nil, err
		}
		if i > 0 {
			ours, floor = append(ours, p), append(floor, f)
		}
	}
	return ours, floor, nil
}
