package session

import (
	"time"

	"historias/internal/actor"
)

// factorTerms are the columns of what a person's duty to have a second factor
// depends on: memberships m, users u, clinics c, clinic_security cs.
const factorTerms = `u.has_factor, greatest(factor_terms_since(m), u.factor_duty_from), cs.factor_since, c.demo`

// oblige says what the clinic asks of the person. When her days of grace are over
// she may do nothing but what is her own, which is where a second factor is got.
func oblige(a *actor.Actor, t actor.FactorTerms, now time.Time) {
	t.Role = a.Role
	a.FactorDuty = t.Duty()
	a.FactorOverdue = !a.HasFactor && a.FactorDuty.Overdue(now)
	if a.FactorOverdue {
		a.Permissions = actor.Permissions{actor.Signed: true}
	}
}

// turned tells whether the days of grace ended since the actor was read.
func turned(a *actor.Actor, now time.Time) bool {
	return !a.HasFactor && !a.FactorOverdue && a.FactorDuty.Overdue(now)
}
