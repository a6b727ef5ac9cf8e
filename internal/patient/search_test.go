package patient_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/page"
	"historias/internal/patient"
)

func TestAnyPatientIsFoundByWhatPeopleType(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	people := map[string]uuid.UUID{
		"renata": r.add(t, renata()).ID,
		"sean":   r.add(t, named("Sean", "O'Farrill", "Peña")).ID,
		"luz":    r.add(t, named("María de la Luz", "García-López", "Güemes")).ID,
		"maxima": r.add(t, named("Maximiliana", "Ñunco", "")).ID,
		"maximo": r.add(t, named("Maximiliano", "Ñunco", "")).ID,
		"emilia": r.add(t, child()).ID,
	}
	for query, want := range map[string][]string{
		"zuñ ren":                      {"renata"},
		"renata zuniga":                {"renata"},
		"ZÚÑIGA barragan Re":           {"renata"},
		"  barragán,  renata ":         {"renata"},
		"zuñiga barragan renata x":     {"renata"}, // one letter tells nothing
		"farrill":                      {"sean"},
		"ofarrill":                     {"sean"},
		"o'farrill pena":               {"sean"},
		"O’Farrill":                    {"sean"},
		"o farrill sean":               {"sean"},
		"garcialopez":                  {"luz"},
		"lopez luz":                    {"luz"},
		"guemes garcia":                {"luz"},
		"ñu maximiliana":               {"maxima"},
		"maximili":                     {"maximo", "maxima"},
		"maximiliano":                  {"maximo"},
		"mar gar":                      {"luz"}, // two words of three letters have a hash together
		"maria garc lop":               {"luz"},
		"garc lop xim":                 {},
		"mar mari":                     {"luz"}, // one word may answer for two
		"max maximiliana":              {"maxima"},
		"mari de la guem":              {"luz"},
		"maximiliana nun":              {"maxima"},
		"pen ofar":                     {"sean"},
		"o'far pen":                    {"sean"},
		"222 555 0177":                 {"renata"},
		"+52 1 222 555 0177":           {"renata"},
		"5212225550177":                {"renata"},
		"5555550188":                   {"emilia"}, // her mother's
		"zubr870413mplxrn00":           {"renata"},
		" ZUBR870413 MPLXRN00 ":        {"renata"},
		"renata.zuniga@Correo.example": {"renata"},
		"1":                            {"renata"},
		"H-000001":                     {"renata"},
		"h2":                           {"sean"},
		"h-6":                          {"emilia"},
		"renato":                       {},
		"zuñ sean":                     {},
		"z":                            {}, // one letter finds nobody, not everybody
		"¿?":                           {},
		"H-000099":                     {},
		"5555550000":                   {},
		"nobody@correo.example":        {},
		"%":                            {},
		"' or true --":                 {},
	} {
		want := want
		ids := []uuid.UUID{}
		for _, name := range want {
			ids = append(ids, people[name])
		}
		require.ElementsMatch(t, ids, r.found(t, query), "looking for %q", query)
	}
}

func TestAListedPatientShowsWhatAListNeeds(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	p := r.add(t, renata())
	list, err := r.Search(r.ctx, patient.Filter{Query: "zuñ"})
	require.NoError(t, err)
	require.Len(t, list.Items, 1)
	got := list.Items[0]
	require.Equal(t, "Renata Zúñiga Barragán", got.FullName())
	require.Equal(t, p.CURP, got.CURP)
	require.Equal(t, p.Phone, got.Phone)
	require.Equal(t, p.RecordNumber, got.RecordNumber)
	require.Equal(t, "39 años 7 meses", got.AgeText())
	require.Equal(t, p.LastSeenAt, got.LastSeenAt)
	require.Equal(t, patient.ConsentNone, got.ConsentStatus)
	require.Empty(t, list.NextCursor)
}

// all walks a list to its end.
func (r register) all(t testing.TB, f patient.Filter) []uuid.UUID {
	t.Helper()
	var ids []uuid.UUID
	for range 200 {
		list, err := r.Search(r.ctx, f)
		require.NoError(t, err)
		require.LessOrEqual(t, len(list.Items), f.Page.Size())
		for _, item := range list.Items {
			ids = append(ids, item.ID)
		}
		if list.NextCursor == "" {
			return ids
		}
		f.Page.Cursor = list.NextCursor
	}
	t.Fatal("the list has no end")
	return nil
}

// Whichever way a search takes, its pages hold each patient once, in the same
// order as one long page: few people sorted, many walked, common words merged,
// a rare word probed.
func TestPagesHoldEverybodyOnce(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	const total = 4000
	require.NoError(t, r.Load(r.ctx, total, town))
	everybody := r.all(t, patient.Filter{Page: page.Request{Limit: 100}})
	require.Len(t, everybody, total)
	require.Equal(t, everybody, r.all(t, patient.Filter{Page: page.Request{Limit: 37}}))

	for query, bounds := range map[string][2]int{
		"ma":            {1001, total}, // one common word: a walk
		"ma ga":         {1001, total}, // two common words with many in common: a walk
		"mari ju":       {50, 1000},    // two common words with few in common: merged and sorted
		"mari ju ga":    {20, 1000},    // three
		"so":            {100, 1000},   // one rare word: sorted
		"so garza":      {1, 400},      // a rare word: probed
		"hernandezuela": {1, 1000},     // more than eight letters: checked once open
		"zz ma":         {0, 0},
		"mariana ga":    {0, 0}, // begins as María does
	} {
		long := r.all(t, patient.Filter{Query: query, Page: page.Request{Limit: 100}})
		require.True(t, len(long) >= bounds[0] && len(long) <= bounds[1], "%s finds %d", query, len(long))
		require.Equal(t, r.byHand(t, everybody, query), long, query)
		require.Equal(t, long, r.all(t, patient.Filter{Query: query, Page: page.Request{Limit: 23}}), query)
	}
}

// town is a place where many are called the same.
func town(i int) patient.Form {
	pick := func(salt, of int) int { return int(uint32(i*2654435761+salt*97) >> 8 % uint32(of)) }
	given := append(slices.Repeat([]string{"María", "Juan Marcos"}, 8), "Sofía", "Sofía", "Sofía", "María Juana")
	first := []string{"García", "García", "Hernández"}
	second := []string{"Hernándezuela", "García", "Hernándezosa", "Garza", "López", "Núñez", "Osorio"}
	return named(given[pick(1, 97)%20], first[pick(2, 89)%3], second[pick(3, 83)%7])
}

// byHand compares everybody with a query one by one.
func (r register) byHand(t testing.TB, everybody []uuid.UUID, query string) []uuid.UUID {
	t.Helper()
	cards, err := r.Cards(r.ctx, everybody)
	require.NoError(t, err)
	var found []uuid.UUID
	for _, id := range everybody {
		if matches(cards[id], query) {
			found = append(found, id)
		}
	}
	return found
}

func TestTheMostRecentlySeenComeFirst(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	var ids []uuid.UUID
	for i := range 3 {
		r.Fake.Advance(hour)
		ids = append(ids, r.add(t, crowd(i)).ID)
	}
	require.Equal(t, []uuid.UUID{ids[2], ids[1], ids[0]}, r.all(t, patient.Filter{}))
	r.Fake.Advance(hour)
	_, err := r.Get(r.ctx, ids[0])
	require.NoError(t, err)
	r.Close() // writes what waits
	require.Equal(t, []uuid.UUID{ids[0], ids[2], ids[1]}, r.all(t, patient.Filter{}))
}

// Opening a chart over and over is one write a minute at most, and never in the
// way of the reader.
func TestLookingIsWrittenOnceAMinute(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	p := r.add(t, renata())
	r.Fake.Advance(59 * second)
	_, err := r.Get(r.ctx, p.ID)
	require.NoError(t, err)
	r.Close()
	again := serviceOn(t, r.Kit)
	got, err := again.Get(r.ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, p.LastSeenAt, got.LastSeenAt)
	r.Fake.Advance(second)
	_, err = again.Get(r.ctx, p.ID)
	require.NoError(t, err)
	again.Close()
	got, err = again.Get(r.ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, p.LastSeenAt.Add(60*second), got.LastSeenAt)
	require.EqualValues(t, 1, got.Version, "looking is not a change")
}

func TestFiltersOfAList(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	var ids []uuid.UUID
	for i := range 6 {
		r.Fake.Advance(hour)
		ids = append(ids, r.add(t, named("María", "Ñunco", fmt.Sprint(string(rune('A'+i)), "lfa"))).ID)
	}
	_, err := r.Archive(r.ctx, ids[0], "Cambió de médico.")
	require.NoError(t, err)
	r.consent(t, ids[1], "accepted")
	r.consent(t, ids[2], "accepted")
	r.consent(t, ids[3], "failed")
	r.consent(t, ids[4], "read")
	for name, c := range map[string]struct {
		filter patient.Filter
		want   []int
	}{
		"active":                {patient.Filter{}, []int{5, 4, 3, 2, 1}},
		"active by name":        {patient.Filter{Status: "active"}, []int{5, 4, 3, 2, 1}},
		"archived":              {patient.Filter{Status: "archived"}, []int{0}},
		"all, in one order":     {patient.Filter{Status: "all"}, []int{5, 4, 3, 2, 1, 0}},
		"accepted":              {patient.Filter{Consent: "accepted"}, []int{2, 1}},
		"failed":                {patient.Filter{Consent: "failed"}, []int{3}},
		"without consent":       {patient.Filter{Consent: "missing"}, []int{5, 4, 3}},
		"waiting":               {patient.Filter{Consent: "waiting"}, []int{4}},
		"without, archived too": {patient.Filter{Consent: "missing", Status: "all"}, []int{5, 4, 3, 0}},
		"found, archived":       {patient.Filter{Query: "ñun mar", Status: "archived"}, []int{0}},
		"found, accepted":       {patient.Filter{Query: "ñun", Consent: "accepted"}, []int{2, 1}},
		"number, archived":      {patient.Filter{Query: "h1", Status: "archived"}, []int{0}},
		"number, but archived":  {patient.Filter{Query: "h1"}, nil},
	} {
		var want []uuid.UUID
		for _, i := range c.want {
			want = append(want, ids[i])
		}
		require.Equal(t, want, r.all(t, c.filter), name)
		c.filter.Page.Limit = 1
		require.Equal(t, want, r.all(t, c.filter), "%s, one at a time", name)
	}
	_, err = r.Search(r.ctx, patient.Filter{Status: "asleep", Consent: "perhaps"})
	require.Equal(t, map[string]string{"status": "enum", "consent": "enum"}, faults(t, err))
	_, err = r.Search(r.ctx, patient.Filter{Page: page.Request{Cursor: "no es nuestro"}})
	require.ErrorIs(t, err, page.ErrCursor)
}

func (r register) consent(t testing.TB, id uuid.UUID, status patient.ConsentStatus) {
	t.Helper()
	require.NoError(t, r.DB.WithTx(r.ctx, func(ctx context.Context, t *db.Tx) error {
		return r.SetConsentStatus(ctx, t, id, status)
	}))
}

func TestOtherFeaturesReachThePatient(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	mother := r.add(t, renata())
	form := child()
	form.Representative.Phone = "2225550177"
	girl := r.add(t, form)

	s, err := r.Subject(r.ctx, girl.ID)
	require.NoError(t, err)
	require.True(t, s.Minor)
	require.Equal(t, "Emilia", s.GivenNames)
	require.Equal(t, actor.Clinic(r.ctx), s.ClinicID)
	require.Equal(t, []string{"+522225550177"}, s.Phones)
	require.Empty(t, s.Phone)
	require.Equal(t, "+522225550177", s.Representative.Phone)
	require.Equal(t, girl.DataKey(), s.DataKey)
	require.NotEqual(t, mother.DataKey(), s.DataKey, "each patient has a key of her own")

	both, err := r.FindByPhone(r.ctx, phone("5212225550177"))
	require.NoError(t, err)
	require.Len(t, both, 2)
	none, err := r.FindByPhone(r.ctx, phone("5555550000"))
	require.NoError(t, err)
	require.Empty(t, none)

	cards, err := r.Cards(r.ctx, []uuid.UUID{girl.ID, mother.ID, uuid.New()})
	require.NoError(t, err)
	require.Len(t, cards, 2)
	require.Equal(t, "Emilia Ruiz Cárdenas", cards[girl.ID].FullName())

	several, err := r.Subjects(r.ctx, []uuid.UUID{girl.ID, mother.ID, uuid.New()})
	require.NoError(t, err)
	require.Len(t, several, 2)
	require.Equal(t, s, several[girl.ID])

	r.consent(t, girl.ID, "accepted")
	got, err := r.Get(r.ctx, girl.ID)
	require.NoError(t, err)
	require.Equal(t, patient.ConsentStatus("accepted"), got.ConsentStatus)
	require.EqualValues(t, 1, got.Version, "a consent does not stop somebody who is editing")
	err = r.DB.WithTx(r.ctx, func(ctx context.Context, t *db.Tx) error {
		return r.SetConsentStatus(ctx, t, uuid.New(), "accepted")
	})
	require.Equal(t, errs.KindNotFound, errs.KindOf(err))
	err = r.DB.WithTx(r.ctx, func(ctx context.Context, t *db.Tx) error {
		return r.SetConsentStatus(ctx, t, girl.ID, "perhaps")
	})
	require.Error(t, err)
}
