package filelock_test

import (
	"errors"
	"path/filepath"
	"testing"

	"historias/internal/pgembed/filelock"
)

func TestExclusiveExcludesEveryoneUntilReleased(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, err := filelock.Exclusive(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := filelock.Exclusive(path); !errors.Is(err, filelock.ErrHeld) {
		t.Fatalf("a second owner got %v, want ErrHeld", err)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	second, err := filelock.Exclusive(path)
	if err != nil {
		t.Fatalf("after release: %v", err)
	}
	t.Cleanup(func() { _ = second.Release() })
}

func TestSharersKeepAnOwnerOut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	var sharers []*filelock.Lock
	for range 2 {
		lock, err := filelock.Shared(path)
		if err != nil {
			t.Fatal(err)
		}
		sharers = append(sharers, lock)
	}
	for _, lock := range sharers {
		if _, err := filelock.Exclusive(path); !errors.Is(err, filelock.ErrHeld) {
			t.Fatalf("with a sharer inside: %v, want ErrHeld", err)
		}
		if err := lock.Release(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := filelock.Exclusive(path); err != nil {
		t.Fatalf("after the last sharer left: %v", err)
	}
}
