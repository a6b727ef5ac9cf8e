package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"sort"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// The acts on notes and recetas that a doctor waits for. Only saving has a
// floor, a plain update: nothing small signs a note or draws a receta.
const (
	savers     = 16
	signers    = 2
	readers    = 16
	chartReads = 3000
	papers     = 120
	saving     = 5 * time.Second
)

// records are the notes of the patients whose charts are compared: a short record,
// one that fills the page (it draws at most 60 readings), and a long one, which
// must cost what the full page costs.
var records = [...]int{5, 60, 500}

// act is one thing done again and again; i counts, worker says by whom.
type act func(worker, i int) error

// measureNotes prints what notes and recetas cost.
func measureNotes(ctx context.Context, w *world) error {
	c := &client{address: w.server.address, token: w.token}
	if err := c.completeClinic(); err != nil {
		return err
	}
	fmt.Printf("\n| act | at once | a second | p50 ms | p95 ms | p99 ms | server CPU ms | PostgreSQL CPU ms | MiB at most |\n|---|---|---|---|---|---|---|---|---|\n")
	if err := w.signNotes(ctx, c); err != nil {
		return fmt.Errorf("sign: %w", err)
	}
	if err := w.saveDrafts(ctx, c); err != nil {
		return fmt.Errorf("save: %w", err)
	}
	if err := w.readCharts(ctx, c); err != nil {
		return fmt.Errorf("chart: %w", err)
	}
	return w.drawRecetas(ctx, c)
}

// signNotes writes the notes of the records, whose patients are the first of the
// sample, and signs them; the signing is measured.
func (w *world) signNotes(ctx context.Context, c *client) error {
	var notes []string
	for patient, count := range records {
		for range count {
			note, err := c.draft(w.ids[patient], len(notes))
			if err != nil {
				return err
			}
			notes = append(notes, note)
		}
	}
	return w.measureAct(ctx, w.server, "sign a note", signers, len(notes), 0, func(_, i int) error {
		return c.sign("/api/consultations/" + notes[i])
	})
}

// saveDrafts changes the text of a draft as fast as it is saved, each worker her
// own, and then a row of the floor in the same way.
func (w *world) saveDrafts(ctx context.Context, c *client) error {
	drafts, versions := make([]string, savers), make([]int64, savers)
	for i := range drafts {
		var err error
		if drafts[i], err = c.draft(w.ids[len(records)+i], i); err != nil {
			return err
		}
		versions[i] = 2
	}
	err := w.measureAct(ctx, w.server, "save a draft", savers, 0, saving, func(worker, i int) error {
		saved, err := c.save(drafts[worker], versions[worker], i)
		versions[worker] = saved
		return err
	})
	if err != nil {
		return err
	}
	if err := w.floorDrafts(ctx, drafts); err != nil {
		return err
	}
	floor := &client{address: w.floor.address}
	w.server.pause()
	defer w.server.resume()
	return w.measureAct(ctx, w.floor, "floor: a plain update", savers, 0, saving, func(worker, i int) error {
		return floor.do(http.MethodPut, "/draft/"+drafts[worker], nil, noteText(i), nil)
	})
}

func (w *world) floorDrafts(ctx context.Context, drafts []string) error {
	pool, err := pgxpool.New(ctx, w.cfg.DatabaseURL)
	if err != nil {
		return err
	}
	defer pool.Close()
	_, err = pool.Exec(ctx, `insert into floor.drafts select unnest($1::text[])::uuid, 1, '', now()`, drafts)
	return err
}

// readCharts reads the charts in turn, twice, so that none has the quieter moment.
func (w *world) readCharts(ctx context.Context, c *client) error {
	for range 2 {
		for patient, count := range records {
			err := w.measureAct(ctx, w.server, fmt.Sprintf("chart of %d notes", count), readers, chartReads, 0, func(int, int) error {
				return c.do(http.MethodGet, "/api/patients/"+w.ids[patient]+"/summary", nil, nil, nil)
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// drawRecetas prints one receta alone and many at once, whose memory is bounded.
func (w *world) drawRecetas(ctx context.Context, c *client) error {
	receta, err := c.receta(w.ids[len(records)])
	if err != nil {
		return err
	}
	for _, workers := range []int{1, 4, 16} {
		err := w.measureAct(ctx, w.server, "PDF of a receta", workers, papers, 0, func(int, int) error {
			return c.do(http.MethodGet, receta+"/pdf", nil, nil, nil)
		})
		if err != nil {
			return fmt.Errorf("receta: %w", err)
		}
	}
	return nil
}

// measureAct lets workers repeat an act a number of times, or, with none, for a
// while, and prints the row.
func (w *world) measureAct(ctx context.Context, p *part, name string, workers, times int, length time.Duration, do act) error {
	if err := settle(ctx); err != nil {
		return err
	}
	p.forgetPeak()
	server, postgres := processorTime(p.cmd.Process.Pid), postgresTime(w.master)
	r, err := repeat(ctx, workers, times, length, do)
	r.server, r.postgres = processorTime(p.cmd.Process.Pid)-server, postgresTime(w.master)-postgres
	if err != nil {
		return err
	}
	fmt.Printf("| %s | %d | %.0f | %.1f | %.1f | %.1f | %.2f | %.2f | %d |\n", name, workers, r.perSecond(),
		ms(r.percentile(0.50)), ms(r.percentile(0.95)), ms(r.percentile(0.99)),
		perThousand(r.server, r), perThousand(r.postgres, r), p.memory("VmHWM")>>10)
	return nil
}

// repeat runs the workers and gathers what they took.
func repeat(ctx context.Context, workers, times int, length time.Duration, do act) (round, error) {
	var next atomic.Int64
	var wg sync.WaitGroup
	var mu sync.Mutex
	var total round
	var faults []error
	start := time.Now()
	for worker := range workers {
		wg.Go(func() {
			took, err := work(ctx, &next, times, start.Add(length), func(i int) error { return do(worker, i) })
			mu.Lock()
			defer mu.Unlock()
			total.latencies, faults = append(total.latencies, took...), append(faults, err)
		})
	}
	wg.Wait()
	total.took, total.requests = time.Since(start), len(total.latencies)
	sort.Slice(total.latencies, func(i, j int) bool { return total.latencies[i] < total.latencies[j] })
	return total, errors.Join(faults...)
}

func work(ctx context.Context, next *atomic.Int64, times int, until time.Time, do func(i int) error) ([]time.Duration, error) {
	var took []time.Duration
	for ctx.Err() == nil {
		i := int(next.Add(1)) - 1
		if times > 0 && i >= times || times == 0 && time.Now().After(until) {
			break
		}
		began := time.Now()
		if err := do(i); err != nil {
			return took, err
		}
		took = append(took, time.Since(began))
	}
	return took, ctx.Err()
}

// forgetPeak makes VmHWM begin anew (Linux, proc_pid_clear_refs(5)).
func (p *part) forgetPeak() {
	_ = os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", p.cmd.Process.Pid), []byte("5"), 0)
}
