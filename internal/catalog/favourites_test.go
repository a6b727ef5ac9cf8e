package catalog_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/catalog"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/testkit"
)

type picker struct {
	*testkit.Kit
	ctx context.Context
}

func (p picker) uses(t *testing.T, kind catalog.Kind, codes ...string) {
	t.Helper()
	require.NoError(t, p.DB.WithTx(p.ctx, func(ctx context.Context, tx *db.Tx) error {
		return p.Catalogs.Used(ctx, tx, kind, codes, p.Fake.Now())
	}))
}

func (p picker) found(t *testing.T, text string) (codes []string, favourites int) {
	t.Helper()
	items, err := p.Catalogs.Diagnoses(p.ctx, text, 0)
	require.NoError(t, err)
	for _, d := range items {
		codes = append(codes, d.Code)
		if d.Favourite {
			favourites++
		}
	}
	return codes, favourites
}

// A list that nobody can look through is none: beyond 200 the person is told to
// take something out, and what is there may be pinned again.
func TestPinnedFavouritesHaveABound(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	p := picker{k, k.Doctor(t)}
	all, err := p.Catalogs.Diagnoses(p.ctx, "tumor maligno", 201)
	require.NoError(t, err)
	require.Len(t, all, 201)
	for _, d := range all[:200] {
		require.NoError(t, p.Catalogs.Favourite(p.ctx, catalog.KindDiagnoses, d.Code, true))
	}
	one, other := all[0].Code, all[200].Code
	err = p.Catalogs.Favourite(p.ctx, catalog.KindDiagnoses, other, true)
	require.True(t, errs.Is(err, "favorite.too_many"), "%v", err)
	require.NoError(t, p.Catalogs.Favourite(p.ctx, catalog.KindDiagnoses, one, true))
	require.NoError(t, p.Catalogs.Favourite(p.ctx, catalog.KindDiagnoses, one, false))
	require.NoError(t, p.Catalogs.Favourite(p.ctx, catalog.KindDiagnoses, other, true))
}

// What a doctor uses and pins comes first, for her and nobody else.
func TestFavouritesComeFirst(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	p := picker{k, k.Doctor(t)}
	codes, _ := p.found(t, "")
	require.Empty(t, codes, "nobody reads fourteen thousand codes")
	before, n := p.found(t, "diabetes mellitus")
	require.Zero(t, n)
	require.NotEqual(t, "E13.5", before[0])

	p.uses(t, catalog.KindDiagnoses, "E11.9", "I10", "I10")
	p.uses(t, catalog.KindDiagnoses, "I10")
	p.uses(t, catalog.KindDiagnoses)
	require.NoError(t, p.Catalogs.Favourite(p.ctx, catalog.KindDiagnoses, "E13.5", true))
	codes, n = p.found(t, "")
	require.Equal(t, []string{"E13.5", "I10", "E11.9"}, codes, "pinned, then by use")
	require.Equal(t, 3, n)
	codes, n = p.found(t, "diabetes mellitus")
	require.Equal(t, []string{"E13.5", "E11.9"}, codes[:2])
	require.Equal(t, 2, n)
	codes, _ = p.found(t, "E11")
	require.Equal(t, "E11", codes[0], "the code itself is what was asked for")

	require.NoError(t, p.Catalogs.Favourite(p.ctx, catalog.KindDiagnoses, "I10", false))
	codes, _ = p.found(t, "")
	require.Equal(t, []string{"E13.5", "E11.9"}, codes, "what is not wanted is forgotten with its count")

	other := picker{k, k.Doctor(t)}
	codes, _ = other.found(t, "")
	require.Empty(t, codes)
}

func TestMedicinesHaveFavouritesToo(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	p := picker{k, k.Doctor(t)}
	found, err := k.Catalogs.Medications(p.ctx, "losartan", 0)
	require.NoError(t, err)
	last := found[len(found)-1]
	p.uses(t, catalog.KindMedications, last.ID.String())
	found, err = k.Catalogs.Medications(p.ctx, "losartan", 0)
	require.NoError(t, err)
	require.Equal(t, last.ID, found[0].ID)
	require.True(t, found[0].Favourite)
	found, err = k.Catalogs.Medications(p.ctx, "", 0)
	require.NoError(t, err)
	require.Len(t, found, 1)
}

func TestOnlyWhatExistsIsAFavourite(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	ctx := k.Doctor(t)
	for kind, codes := range map[catalog.Kind][]string{
		catalog.KindDiagnoses:   {"X99.99", "", "' or 1=1", "i10"},
		catalog.KindMedications: {"I10", uuid.NewString(), strings.Repeat("a", 500)},
		catalog.KindStudies:     {"acido-urico"},
		"nothing":               {"I10"},
	} {
		for _, code := range codes {
			err := k.Catalogs.Favourite(ctx, kind, code, true)
			require.True(t, errs.Is(err, "favorite.not_found"), "%s %q: %v", kind, code, err)
		}
	}
}

func TestLookUps(t *testing.T) {
	t.Parallel()
	service, ctx := newLoaded(t).search(t)
	found, err := service.DiagnosesByCode(ctx, []string{"I10", "E11.9", "X99.99", "i10"})
	require.NoError(t, err)
	require.Len(t, found, 2)
	require.Equal(t, "Hipertensión esencial (primaria)", found["I10"].Label)
	_, ok, err := service.Diagnosis(ctx, "nada")
	require.NoError(t, err)
	require.False(t, ok)

	some, err := service.Medications(ctx, "amoxicilina", 1)
	require.NoError(t, err)
	byID, byName, err := service.Products(ctx, []uuid.UUID{some[0].ID, uuid.New()}, []string{"AMOXICILINA", "Losartán", "nada", ""})
	require.NoError(t, err)
	require.Len(t, byID, 1)
	require.Len(t, byName, 2)
	for _, p := range byName["amoxicilina"] {
		require.Equal(t, "amoxicilina", catalog.Fold(p.GenericName), "amoxicilina con ácido clavulánico is another name")
		require.False(t, p.Withdrawn)
	}
	names, err := service.Substances(ctx, "clavul", 10)
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		require.NotContains(t, name, "/", "of a combination each substance stands alone")
	}
}

// A medicine that a later version lacks is found by its id, marked.
func TestAWithdrawnMedicineIsStillKnown(t *testing.T) {
	t.Parallel()
	l := newLoaded(t)
	service, ctx := l.search(t)
	some, err := service.Medications(ctx, "amoxicilina", 1)
	require.NoError(t, err)
	_, err = l.owner.Exec(t.Context(), `update medications set active = false where id = $1`, some[0].ID)
	require.NoError(t, err)
	byID, _, err := service.Products(ctx, []uuid.UUID{some[0].ID}, nil)
	require.NoError(t, err)
	require.True(t, byID[some[0].ID].Withdrawn)
}
