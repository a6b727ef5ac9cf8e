package main

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// subject is a group of decisions, where they stand and which tests answer for
// them; those of its own package are asked first.
type subject struct {
	name  string
	files []string // patterns, relative to the root of the module
	tests []string // packages
}

var subjects = []subject{
	{"permissions", []string{"internal/actor/*.go"}, []string{"internal/actor", "api"}},
	{"sessions", []string{"internal/session/*.go"}, []string{"internal/session", "api"}},
	{"tokens", []string{
		"internal/vault/fernet.go", "internal/vault/seal.go", "internal/vault/key.go", "internal/vault/keyring.go",
		"internal/account/tokens.go",
	}, []string{"internal/vault", "internal/account", "api"}},
	{"guard", []string{"internal/guard/*.go"}, []string{"internal/guard", "api"}},
	{"factors", []string{"internal/factor/*.go"}, []string{"internal/factor", "api"}},
	{"staff", []string{
		"internal/staff/access.go", "internal/staff/change.go", "internal/staff/leave.go",
		"internal/staff/accept.go", "internal/staff/ownership.go",
	}, []string{"internal/staff", "api"}},
}

// about are the files of a package's tests that are about who may do what; the
// others come by the same decisions without looking at them, and are not asked.
var about = map[string][]string{
	"api": {
		"accounts", "desk", "factors", "factors_crowd", "factor_resets", "fields", "idle", "jwt", "late", "lock", "matrix",
		"passkeys", "permissions_internal", "recovery", "server_keys", "sessions", "staff", "staff_license",
	},
}

// chosenSubjects gives those that are named, all of them where none is, with the
// tests that are named.
func chosenSubjects(names, tests string) ([]subject, error) {
	all, err := namedSubjects(names)
	if tests == "" {
		return all, err
	}
	folders := strings.Split(tests, ",")
	for i := range all {
		all[i].tests = slices.DeleteFunc(slices.Clone(all[i].tests), func(folder string) bool { return !slices.Contains(folders, folder) })
	}
	return all, err
}

func namedSubjects(names string) ([]subject, error) {
	if names == "" {
		return slices.Clone(subjects), nil
	}
	var all []subject
	for name := range strings.SplitSeq(names, ",") {
		at := slices.IndexFunc(subjects, func(s subject) bool { return s.name == name })
		if at < 0 {
			return nil, fmt.Errorf("there is no subject %q", name)
		}
		all = append(all, subjects[at])
	}
	return all, nil
}

// has tells whether a file belongs to the subject.
func (s subject) has(file string) bool {
	return slices.ContainsFunc(s.files, func(pattern string) bool {
		match, err := path.Match(pattern, file)
		return err == nil && match
	})
}

// folders are the packages whose files are changed.
func (s subject) folders() []string {
	var all []string
	for _, f := range s.files {
		all = append(all, path.Dir(f))
	}
	slices.Sort(all)
	return slices.Compact(all)
}
