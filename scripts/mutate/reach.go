package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// trial is one test, and the mutants that it reaches.
type trial struct {
	folder, test string
	reaches      map[int]bool
}

func (t trial) name() string { return t.folder + "." + t.test }

// followAll runs each test by itself, and so learns what it reaches. All must pass.
// What was learned of the same code before is kept in a file.
func (b *bench) followAll(kept string) ([]trial, error) {
	kept = filepath.Join(filepath.Dir(kept), "reached-"+b.digest[:16]+".json")
	known := map[string][]int{}
	if text, err := os.ReadFile(kept); err == nil { //nolint:gosec // a file of our own
		if err := json.Unmarshal(text, &known); err != nil {
			return nil, err
		}
	}
	trials := b.trials()
	var unknown []*trial
	for _, t := range trials {
		ids, ok := known[t.name()]
		t.reach(ids)
		if !ok {
			unknown = append(unknown, t)
		}
	}
	err := inParallel(b.workers, unknown, b.follow)
	var all []trial
	for _, t := range trials {
		all = append(all, *t)
		known[t.name()] = t.ids()
	}
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(known)
	if err != nil {
		return nil, err
	}
	return all, os.WriteFile(kept, text, 0o600)
}

func (b *bench) trials() []*trial {
	var all []*trial
	for folder, tests := range b.tests {
		for _, test := range tests {
			all = append(all, &trial{folder: folder, test: test, reaches: map[int]bool{}})
		}
	}
	slices.SortFunc(all, func(x, y *trial) int { return cmp.Compare(x.name(), y.name()) })
	return all
}

func (t *trial) reach(ids []int) {
	for _, id := range ids {
		t.reaches[id] = true
	}
}

func (t *trial) ids() []int {
	ids := []int{}
	for id := range t.reaches {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// follow runs one test without any mutant. One that fails is asked twice more,
// since a crowded machine makes some fail, and then ends the run.
func (b *bench) follow(t *trial) error {
	diary := filepath.Join(b.work, "reached-"+strings.ReplaceAll(t.name(), "/", "-"))
	var by string
	for range 3 {
		var err error
		if by, err = b.ask(t.folder, []string{t.test}, "HISTORIAS_MUTANTS_REACHED="+diary); err != nil {
			return err
		}
		if by == "" {
			break
		}
		fmt.Fprintf(os.Stderr, "%s failed without any mutant\n", by)
	}
	if by != "" {
		return fmt.Errorf("%s fails without any mutant", by)
	}
	text, err := os.ReadFile(diary) //nolint:gosec // a file of our own
	if os.IsNotExist(err) {
		return nil
	}
	for _, line := range strings.Fields(string(text)) {
		id, err := strconv.Atoi(line)
		if err != nil {
			return err
		}
		t.reaches[id] = true
	}
	return err
}
