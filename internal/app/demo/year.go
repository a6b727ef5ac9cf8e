package demo

import (
	"context"
	"fmt"
	"sort"
	"time"

	"github.com/google/uuid"

	"historias/internal/measures"
)

// moment is something that happens to a patient.
type moment struct {
	at time.Time
	of *patientTold
	do func(ctx context.Context, patient uuid.UUID) error
}

// patientTold is a patient while her life is told.
type patientTold struct {
	person person
	name   string
	id     uuid.UUID
}

// newcomerDays is how long before the question about her consent somebody without
// a life of her own was registered.
const newcomerDays = 30

// plan puts all lives in the order of time.
func (s *seeder) plan(all []person) []moment {
	var moments []moment
	for i, p := range all {
		moments = append(moments, s.lifeOf(i, p)...)
	}
	sort.SliceStable(moments, func(i, j int) bool { return moments[i].at.Before(moments[j].at) })
	return moments
}

func (s *seeder) tell(moments []moment) error {
	for _, m := range moments {
		s.clock.Set(m.at)
		if err := m.do(s.ctx, m.of.id); err != nil {
			return fmt.Errorf("demo: %s, %s: %w", m.of.person.form.BirthDate, m.at.Format(time.DateOnly), err)
		}
	}
	s.clock.Set(s.now)
	return nil
}

// lifeOf gives the moments of one patient: registered, asked, seen.
func (s *seeder) lifeOf(i int, p person) []moment {
	one := &patientTold{person: p, name: fullName(p.form.GivenNames, p.form.FirstSurname, p.form.SecondSurname)}
	own, known := s.told.of(one.name)
	if !known {
		own = s.ordinary(i, p)
	}
	if own.Since == 0 {
		own.Since = p.daysAgo
	}
	moments := []moment{
		{s.day(float64(max(own.Since, p.daysAgo)), i), one, func(ctx context.Context, _ uuid.UUID) error { return s.register(ctx, one, own) }},
		{s.day(float64(p.daysAgo), i).Add(3 * time.Minute), one, func(ctx context.Context, id uuid.UUID) error { return s.question(ctx, id, p) }},
	}
	for _, v := range own.Visits {
		for n := range max(v.Times, 1) {
			v, at := v, s.day(v.DaysAgo-v.Every*float64(n), i+n).Add(10*time.Minute)
			moments = append(moments, moment{at, one, func(ctx context.Context, id uuid.UUID) error { return s.visit(ctx, id, v, n) }})
		}
	}
	return moments
}

// ordinary is the life of somebody without a written one: most were seen once.
func (s *seeder) ordinary(i int, p person) life {
	if i%4 == 3 {
		return life{}
	}
	ago := float64(p.daysAgo) + float64(i%7)*4 + 1
	return life{
		Since: int(ago) + newcomerDays*(i%3), NoAllergies: i%3 == 0,
		Visits: []visits{{DaysAgo: ago, told: s.reason(i, p)}},
	}
}

// reason is why somebody came: a child for what children have.
func (s *seeder) reason(i int, p person) told {
	years := s.now.Year()
	if born, err := time.Parse(time.DateOnly, p.form.BirthDate); err == nil {
		years = s.now.Year() - born.Year()
	}
	if years < s.told.Others[0].BelowYears {
		return s.child(p, years)
	}
	return s.told.Others[1+i%(len(s.told.Others)-1)].told
}

// child is the visit of a child, with the weight that children of that age have
// (APLS: twice the age plus eight, from one to ten years).
func (s *seeder) child(_ person, years int) told {
	t := s.told.Others[0].told
	weight := float64(min(years, 14)*2 + 8)
	t.Vitals = t.Vitals.With(measures.WeightKg, &weight)
	return t
}

// day is some hour of the morning, so many days ago, and never after now.
func (s *seeder) day(ago float64, i int) time.Time {
	at := s.now.Add(-time.Duration(ago * 24 * float64(time.Hour))).Truncate(24 * time.Hour).Add(15*time.Hour + time.Duration(i%9)*23*time.Minute)
	if last := s.now.Add(-2*time.Hour + time.Duration(i%9)*5*time.Minute); at.After(last) {
		return last
	}
	return at
}
