package main

import (
	"strings"
	"testing"
)

func TestRules(t *testing.T) {
	key := strings.Repeat("Ab3-", 10) + "xyz="
	cases := []struct {
		name, file, line, want string
	}{
		{"a note to self", "internal/a.go", "// TODO: later", "unfinished"},
		{"the Spanish word for all", "docs/manual.md", "TODO el expediente", ""},
		{"console in the client", "frontend/src/a.ts", "console.log(x)", "console"},
		{"console in a test runner", "frontend/e2e/run.mjs", "console.log(x)", ""},
		{"printing in a library", "internal/a.go", `fmt.Println("x")`, "print"},
		{"printing in a command", "cmd/historias/a.go", `fmt.Println("x")`, ""},
		{"printing into a writer", "internal/a.go", `fmt.Fprintln(w, "x")`, ""},
		{"private key", "docs/a.md", "-----BEGIN RSA PRIVATE KEY-----", "private-key"},
		{"public key", "docs/a.md", "-----BEGIN PUBLIC KEY-----", ""},
		{"AWS", "a.env", "AWS_ACCESS_KEY_ID=AKIA" + strings.Repeat("A1", 8), "aws-key"},
		{"Meta", "a.env", "TOKEN=EAA" + strings.Repeat("aB1c", 12), "meta-token"},
		{"GitHub", "a.env", "TOKEN=ghp_" + strings.Repeat("aB1c", 9), "github-token"},
		{"JWT", "a.ts", "eyJ" + strings.Repeat("a", 20) + ".eyJ" + strings.Repeat("b", 20) + "." + strings.Repeat("c", 43), "session-token"},
		{"Fernet key", ".env.example", "MEDICAL_ENCRYPTION_KEY=" + key, "fernet-key"},
		{"Fernet key of a test", "internal/a_test.go", `"` + key + `"`, ""},
		{"module checksum", "go.sum", "example.com/a v1.0.0 h1:" + key, ""},
		{"registry in a lock file", "package-lock.json", `"resolved": "https://example.com/a.tgz"`, "registry"},
		{"registry setting", ".npmrc", "registry=https://example.com", "registry"},
		{"home folder", "docs/a.md", "cd /home/ana/historias", "machine-path"},
		{"root's folder", "a.go", `"/root/go/bin"`, "machine-path"},
		{"address that looks like one", "a.ts", `"https://example.com/home/ana/"`, ""},
		{"route", "a.ts", `"/homes/work/"`, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			for _, found := range scan(c.file, []byte("first line\n"+c.line)) {
				got = found.rule.name
				if found.line != 2 {
					t.Errorf("line %d, want 2", found.line)
				}
			}
			if got != c.want {
				t.Errorf("broke %q, want %q", got, c.want)
			}
		})
	}
}

func TestAllowedFilesMayBreakTheirRuleOnly(t *testing.T) {
	allowed := parseAllowed("# comment\nprivate-key docs/*.pem  # an example\n")
	key := finding{file: "docs/a.pem", rule: rule{name: "private-key"}}
	if !allowed.covers(key) {
		t.Error("the listed exception is not taken")
	}
	token := finding{file: "docs/a.pem", rule: rule{name: "meta-token"}}
	elsewhere := finding{file: "internal/a.pem", rule: rule{name: "private-key"}}
	if allowed.covers(token) || allowed.covers(elsewhere) {
		t.Error("an exception reaches further than it says")
	}
}

func TestBinaryFilesAreNotRead(t *testing.T) {
	if found := scan("a.go", []byte("\x00 // TODO")); len(found) > 0 {
		t.Errorf("found %v", found)
	}
}
