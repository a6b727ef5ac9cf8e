package messaging_test

import "testing"

// The number in the menu grows when somebody has to be called and falls when
// that is settled.
func TestCallsWaiting(t *testing.T) {
	t.Parallel()
	c := newCircle(t)
	counted := func(want int) {
		t.Helper()
		if got, err := c.Messages.CallsWaiting(c.ctx); err != nil || got != want {
			t.Fatalf("%d wait, %v; want %d", got, err, want)
		}
	}
	id, message := c.asked("55 5555 0142")
	counted(0)
	if _, err := c.meta.Fail(t.Context(), message, 131026); err != nil {
		t.Fatal(err)
	}
	c.work()
	counted(1)
	if _, err := c.Messages.Resolve(c.ctx, c.question(id).ID, "Contestó su hija."); err != nil {
		t.Fatal(err)
	}
	counted(0)
}
