package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

//go:embed runtime.txt
var runtimeText []byte

// patience is how long tests may take that are asked about one mutant; one that
// lets them hang was noticed.
const patience = 4 * time.Minute

// bench is the test programs with every mutant in them.
type bench struct {
	root, work, overlay string
	digest              string // of the code with its mutants
	workers             int
	tests               map[string][]string // of each package
}

func newBench(root, work string, files []edited, workers int) (*bench, error) {
	b := &bench{root: root, work: work, overlay: filepath.Join(work, "overlay.json"), workers: workers, tests: map[string][]string{}}
	files = append(files, edited{filepath.Join(root, "internal", "mutant", "mutant.go"), runtimeText})
	replace, digest := map[string]string{}, sha256.New()
	for i, f := range files {
		stand := filepath.Join(work, strconv.Itoa(i)+".go")
		replace[f.path] = stand
		digest.Write(f.text)
		if err := os.WriteFile(stand, f.text, 0o600); err != nil {
			return nil, err
		}
	}
	b.digest = hex.EncodeToString(digest.Sum(nil))
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return nil, err
	}
	return b, os.WriteFile(b.overlay, text, 0o600)
}

// build compiles the test programs and lists their tests.
func (b *bench) build(chosen []subject) error {
	for _, s := range chosen {
		for _, folder := range s.tests {
			if _, done := b.tests[folder]; done {
				continue
			}
			build := exec.Command("go", "test", "-c", "-vet=off", "-overlay", b.overlay, "-o", b.program(folder), "./"+folder)
			if out, err := build.CombinedOutput(); err != nil {
				return fmt.Errorf("%s does not compile: %w\n%s", folder, err, out)
			}
			if err := b.listTests(folder); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bench) program(folder string) string {
	return filepath.Join(b.work, strings.ReplaceAll(folder, "/", "-")+".test")
}

var testName = regexp.MustCompile(`(?m)^Test\w+$`)

func (b *bench) listTests(folder string) error {
	b.tests[folder] = nil
	if _, err := os.Stat(b.program(folder)); errors.Is(err, os.ErrNotExist) {
		return nil // a package without tests
	}
	list := exec.Command(b.program(folder), "-test.list", ".")
	list.Dir = filepath.Join(b.root, folder)
	out, err := list.Output()
	if err != nil {
		return fmt.Errorf("%s: %w", folder, err)
	}
	asked, err := b.asked(folder)
	for _, name := range testName.FindAllString(string(out), -1) {
		if asked == nil || asked[name] {
			b.tests[folder] = append(b.tests[folder], name)
		}
	}
	return err
}

var testFunc = regexp.MustCompile(`(?m)^func (Test\w+)\(`)

// asked are the tests of a package that are asked; nil for all of them.
func (b *bench) asked(folder string) (map[string]bool, error) {
	var names map[string]bool
	for _, file := range about[folder] {
		text, err := os.ReadFile(filepath.Join(b.root, folder, file+"_test.go")) //nolint:gosec // a file of the module
		if err != nil {
			return nil, err
		}
		if names == nil {
			names = map[string]bool{}
		}
		for _, found := range testFunc.FindAllStringSubmatch(string(text), -1) {
			names[found[1]] = true
		}
	}
	return names, nil
}

var failed = regexp.MustCompile(`(?m)^--- FAIL: (\w+)`)

// ask runs some tests of a package with one variable more in their environment, and
// gives the first that failed, empty where all went well.
func (b *bench) ask(folder string, tests []string, variable string) (by string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, b.program(folder), "-test.failfast", "-test.run", "^("+strings.Join(tests, "|")+")$")
	cmd.Dir = filepath.Join(b.root, folder)
	cmd.Env = append(os.Environ(), variable)
	cmd.WaitDelay = time.Second
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	var left *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "(time is over)", nil
	case errors.As(err, &left):
		if found := failed.FindSubmatch(out.Bytes()); found != nil {
			return folder + "." + string(found[1]), nil
		}
		return folder + " (the program ended)", nil
	}
	return "", err
}
