package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"historias/internal/actor"
	"historias/internal/staff"
)

// Colleague is somebody who works in the demonstration clinic. All enter with
// Password.
type Colleague struct {
	FullName string
	Email    string
	Role     actor.Role
}

// Colleagues lists them: each role has its own screens to be looked at.
func Colleagues() []Colleague {
	return []Colleague{
		{"Lucía Bravo Tenorio", "lucia.bravo@jacarandas.example", actor.RoleNurse},
		{"Tomás Ibarra Quiroz", "tomas.ibarra@jacarandas.example", actor.RoleReceptionist},
		{"Carmen Arrieta Solano", "carmen.arrieta@jacarandas.example", actor.RolePrivacyOfficer},
	}
}

// awaited is somebody whose invitation waits.
var awaited = Colleague{"Rodrigo Salcedo Paz", "rodrigo.salcedo@jacarandas.example", actor.RoleDoctor}

// hire lets the colleagues join, a few minutes after the clinic was opened. Who
// opened it signs the letter that she asks of the others.
func (s *seeder) hire(ctx context.Context) error {
	letter, err := s.app.Staff.Confidentiality(s.ctx)
	if err != nil {
		return fmt.Errorf("demo: letter: %w", err)
	}
	if err := s.app.Staff.AcceptConfidentiality(s.ctx, letter.Version); err != nil {
		return fmt.Errorf("demo: letter: %w", err)
	}
	for _, c := range Colleagues() {
		s.pass(20 * time.Minute)
		link, err := s.app.Staff.Invite(s.ctx, staff.Invitation{Email: c.Email, FullName: c.FullName, Role: c.Role})
		if err != nil {
			return fmt.Errorf("demo: invite: %w", err)
		}
		s.pass(5 * time.Minute)
		_, err = s.app.Staff.Accept(ctx, link.URL[strings.LastIndex(link.URL, "/")+1:], staff.Answer{
			Newcomer: staff.Newcomer{Password: Password}, AcceptConfidentiality: true, Agent: "demo",
		})
		if err != nil {
			return fmt.Errorf("demo: accept: %w", err)
		}
	}
	return nil
}

// await leaves one invitation open, as of now.
func (s *seeder) await() error {
	s.clock.Set(s.now)
	_, err := s.app.Staff.Invite(s.ctx, staff.Invitation{Email: awaited.Email, FullName: awaited.FullName, Role: awaited.Role})
	return err
}
