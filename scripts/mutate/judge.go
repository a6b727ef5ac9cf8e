package main

import (
	"bufio"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// What became of a mutant.
const (
	killed    = "killed"
	survived  = "survived"
	unreached = "unreached"
)

// firstTests is how many tests of a package are asked first about a mutant: those
// that are about its file more than about anything else. Then as many again as
// moreTests; a change that all of these let pass counts as one that nobody noticed.
const (
	firstTests = 8
	moreTests  = 24
)

// judgeAll finds the fate of each mutant, and writes it down as it goes.
func judgeAll(b *bench, mutants []*mutant, chosen []subject, o options) error {
	before, err := readFates(o.from)
	if err != nil {
		return err
	}
	var open []*mutant
	for _, m := range mutants {
		if old, ok := before[m.name]; ok && old.fate == killed {
			m.fate, m.by = old.fate, old.by
			continue
		}
		open = append(open, m)
	}
	if err := os.MkdirAll(filepath.Dir(o.out), 0o750); err != nil {
		return err
	}
	trials, err := b.followAll(o.out)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d mutants, %d to ask, %d tests\n", len(mutants), len(open), len(trials))
	err = inParallel(b.workers, open, func(m *mutant) error { return b.judge(m, mutants, trials, chosen) })
	return cmp.Or(writeFates(o.out, mutants), err)
}

// judge asks the tests that reach a mutant, in the order of its subject's packages.
func (b *bench) judge(m *mutant, all []*mutant, trials []trial, chosen []subject) error {
	of := chosen[slices.IndexFunc(chosen, func(s subject) bool { return s.has(m.file) })]
	m.fate = unreached
	for _, rounds := range b.rounds(m, all, trials, of) {
		m.fate = survived
		by, err := b.ask(rounds.folder, rounds.tests, "HISTORIAS_MUTANT="+strconv.Itoa(m.id))
		if err != nil {
			return err
		}
		if by != "" {
			m.fate, m.by = killed, by
			break
		}
	}
	fmt.Fprintf(os.Stderr, "%s\t%d\t%s\t%s\n", m.fate, m.id, m.name, m.by)
	return nil
}

type round struct {
	folder string
	tests  []string
}

// rounds are the tests that reach a mutant: of each package first those that are
// most about its file.
func (b *bench) rounds(m *mutant, all []*mutant, trials []trial, of subject) []round {
	var first, rest []round
	for _, folder := range of.tests {
		var asked []trial
		for _, t := range trials {
			if t.folder == folder && t.reaches[m.id] {
				asked = append(asked, t)
			}
		}
		slices.SortStableFunc(asked, func(x, y trial) int { return cmp.Compare(y.about(m.file, all), x.about(m.file, all)) })
		asked = asked[:min(firstTests+moreTests, len(asked))]
		n := min(firstTests, len(asked))
		if n > 0 {
			first = append(first, round{folder, names(asked[:n])})
		}
		if n < len(asked) {
			rest = append(rest, round{folder, names(asked[n:])})
		}
	}
	return append(first, rest...)
}

func names(trials []trial) []string {
	var all []string
	for _, t := range trials {
		all = append(all, t.test)
	}
	return all
}

// about tells how much of what a test reaches stands in a file.
func (t trial) about(file string, all []*mutant) float64 {
	n := 0
	for id := range t.reaches {
		if all[id-1].file == file {
			n++
		}
	}
	return float64(n) / float64(len(t.reaches)+1)
}

// inParallel does the same with each of many things.
func inParallel[T any](workers int, all []T, do func(T) error) error {
	waiting := make(chan T)
	faults := make(chan error, len(all))
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for one := range waiting {
				if err := do(one); err != nil {
					faults <- err
				}
			}
		})
	}
	for _, one := range all {
		waiting <- one
	}
	close(waiting)
	group.Wait()
	close(faults)
	return <-faults
}

type fate struct{ fate, by string }

// readFates reads what an earlier run wrote.
func readFates(path string) (map[string]fate, error) {
	fates := map[string]fate{}
	if path == "" {
		return fates, nil
	}
	f, err := os.Open(path) //nolint:gosec // named by whoever runs the command
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if part := strings.Split(lines.Text(), "\t"); len(part) == 3 {
			fates[part[1]] = fate{part[0], part[2]}
		}
	}
	return fates, lines.Err()
}

func writeFates(path string, mutants []*mutant) error {
	var text strings.Builder
	for _, m := range mutants {
		fmt.Fprintf(&text, "%s\t%s\t%s\n", m.fate, m.name, m.by)
	}
	return os.WriteFile(path, []byte(text.String()), 0o600)
}
