// Hygiene looks through every file of the repository for what must not be committed: leftovers of
// work in progress, secrets, addresses of package registries and paths of somebody's machine. The
// few exceptions stand in allow.txt, each with its reason.
package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path"
	"strings"
)

//go:embed allow.txt
var allowList string

func main() {
	files, err := committed()
	if err != nil {
		fmt.Fprintln(os.Stderr, "hygiene:", err)
		os.Exit(2)
	}
	allowed := parseAllowed(allowList)
	findings := 0
	for _, file := range files {
		content, err := os.ReadFile(file) //nolint:gosec // the names are git's
		if err != nil {
			continue // deleted, and not committed yet
		}
		for _, found := range scan(file, content) {
			if !allowed.covers(found) {
				fmt.Println(found)
				findings++
			}
		}
	}
	fmt.Printf("hygiene: %d files, %d findings\n", len(files), findings)
	if findings > 0 {
		os.Exit(1)
	}
}

// committed lists what is or would be committed.
func committed() ([]string, error) {
	out, err := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate").Output()
	if err != nil {
		return nil, fmt.Errorf("git ls-files: %w", err)
	}
	return strings.Split(strings.TrimRight(string(out), "\x00"), "\x00"), nil
}

// finding is one line that breaks a rule. It does not repeat the line, which may hold a secret.
type finding struct {
	file string
	line int
	rule rule
}

func (f finding) String() string {
	return fmt.Sprintf("%s:%d: %s: %s", f.file, f.line, f.rule.name, f.rule.reason)
}

// scan finds the lines of a text file that break a rule; of a binary file it reads nothing.
func scan(file string, content []byte) []finding {
	if bytes.IndexByte(content, 0) >= 0 {
		return nil
	}
	var applying []rule
	for _, r := range rules {
		if r.appliesTo(file) {
			applying = append(applying, r)
		}
	}
	var found []finding
	for number, line := range bytes.Split(content, []byte("\n")) {
		for _, r := range applying {
			if r.pattern.Match(line) {
				found = append(found, finding{file: file, line: number + 1, rule: r})
			}
		}
	}
	return found
}

// exception lets files break one rule.
type exception struct{ rule, files string }

type exceptions []exception

// parseAllowed reads lines of "rule glob  # reason".
func parseAllowed(list string) exceptions {
	var all exceptions
	for line := range strings.Lines(list) {
		line, _, _ = strings.Cut(line, "#")
		if fields := strings.Fields(line); len(fields) == 2 {
			all = append(all, exception{rule: fields[0], files: fields[1]})
		}
	}
	return all
}

func (all exceptions) covers(f finding) bool {
	for _, e := range all {
		if matches, err := path.Match(e.files, f.file); err == nil && matches && e.rule == f.rule.name {
			return true
		}
	}
	return false
}
