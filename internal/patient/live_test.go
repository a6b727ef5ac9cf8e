package patient_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/live"
	"historias/internal/testkit"
)

// What somebody saves reaches the pages that others of the clinic have open.
func TestOpenPagesHearOfEveryChangeOfARecord(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	hub := live.New(live.Options{DB: k.DB, Log: slog.New(slog.DiscardHandler)})
	t.Cleanup(hub.Close)
	s := serviceWith(t, k, time.UTC, hub)
	ctx := k.Doctor(t)
	page := hub.Open(actor.Clinic(ctx))
	t.Cleanup(page.Close)

	p, _, err := s.Create(ctx, renata())
	require.NoError(t, err)
	heard := live.Change{Clinic: actor.Clinic(ctx), Topic: live.Patient, PatientID: p.ID}
	require.Equal(t, heard, <-page.Changes())

	edit, err := s.Edit(ctx, p.ID, p.Version)
	require.NoError(t, err)
	_, _, err = edit.Save(ctx, renata())
	require.NoError(t, err)
	require.Equal(t, heard, <-page.Changes())

	_, err = s.Archive(ctx, p.ID, "Cambió de médico")
	require.NoError(t, err)
	require.Equal(t, heard, <-page.Changes())

	_, err = s.Unarchive(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, heard, <-page.Changes())
}
