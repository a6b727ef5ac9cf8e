package audit

import (
	"bytes"
	"os"
	"testing"
	"time"
)

// minute seals a few events and lets a minute's sweep pass.
func (w *world) minute() {
	w.Helper()
	w.read(2)
	w.sealAll(w.clinic)
	w.fake.Advance(time.Minute)
	w.must(w.sweep(w.Context()))
}

func (w *world) lines() [][]byte {
	w.Helper()
	raw, err := os.ReadFile(w.file)
	w.must(err)
	return bytes.Split(bytes.TrimSpace(raw), []byte{'\n'})
}

func TestCheckpointsSayWhereEveryChainStands(t *testing.T) {
	w := newWorld(t)
	if _, ok, err := w.LastCheckpoint(t.Context()); ok || err != nil {
		t.Errorf("a checkpoint before the first one (%v)", err)
	}
	for range 3 {
		w.minute()
	}
	head := w.sealAll(w.clinic)
	seen, ok, err := w.LastCheckpoint(t.Context())
	w.must(err)
	if got := seen.Heads[w.clinic]; !ok || !got.same(head) || got.Events != 6 || !seen.At.Equal(w.fake.Now()) {
		t.Errorf("checkpoint %+v, want head %+v", seen, head)
	}
	info, err := os.Stat(w.file)
	w.must(err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the file may be read by others: %v", info.Mode())
	}
}

func TestOneCheckpointAMinuteHoweverManyProcesses(t *testing.T) {
	w := newWorld(t)
	for range 3 {
		w.must(w.sweep(t.Context()))
	}
	if n := len(w.lines()); n != 1 {
		t.Errorf("%d lines", n)
	}
}

func TestACheckpointCutOffIsSkippedAndWrittenOn(t *testing.T) {
	w := newWorld(t)
	w.minute()
	raw, err := os.ReadFile(w.file)
	w.must(err)
	w.must(os.WriteFile(w.file, append(raw, raw[:len(raw)/2]...), 0o600))
	w.expectIntact()
	w.minute()
	r := w.expectIntact()
	if !r.Checkpoint.Equal(w.fake.Now()) {
		t.Errorf("the last checkpoint is of %v", r.Checkpoint)
	}
}

func TestAFileMovedAwayBeginsWithEveryHead(t *testing.T) {
	w := newWorld(t)
	w.minute()
	w.must(os.Rename(w.file, w.file+".1"))
	w.fake.Advance(time.Minute)
	w.must(w.sweep(t.Context()))
	seen, ok, err := w.LastCheckpoint(t.Context())
	w.must(err)
	if !ok || seen.Heads[w.clinic].Seq == 0 {
		t.Errorf("checkpoint %+v", seen)
	}
}

func TestALongFileIsReadFromItsEnd(t *testing.T) {
	w := newWorld(t)
	w.minute()
	key, err := w.platformKey(t.Context())
	w.must(err)
	var long []byte
	for range 3000 {
		line, err := checkpointBody{Version: checkpointVersion, At: noon, Kind: checkpointChanges}.encode(key)
		w.must(err)
		long = append(long, line...)
	}
	w.must(w.checkpoints.append(long))
	seen, ok, err := w.LastCheckpoint(t.Context())
	w.must(err)
	if !ok || seen.Heads[w.clinic].Seq == 0 {
		t.Errorf("the head behind %d bytes is not found", len(long))
	}
}

func TestADayLaterEveryHeadIsWrittenAgain(t *testing.T) {
	w := newWorld(t)
	w.minute()
	w.minute()
	w.fake.Advance(24 * time.Hour)
	w.must(w.sweep(t.Context()))
	lines := w.lines()
	if !bytes.Contains(lines[len(lines)-1], []byte(`"kind":"full"`)) || !bytes.Contains(lines[len(lines)-1], []byte(w.clinic.String())) {
		t.Errorf("the last line is %s", lines[len(lines)-1])
	}
}
