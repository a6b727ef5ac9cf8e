package session

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"historias/internal/actor"
	"historias/internal/db"
	"historias/internal/errs"
)

// mark is a word of a User-Agent and what it stands for; the first that is found
// counts, since programs also name those whose pages they can show.
type mark struct{ word, name string }

var browsers = []mark{
	{"Edg", "Edge"},
	{"OPR/", "Opera"},
	{"SamsungBrowser/", "Samsung Internet"},
	{"Firefox/", "Firefox"},
	{"FxiOS/", "Firefox"},
	{"CriOS/", "Chrome"},
	{"Chrome/", "Chrome"},
	{"Chromium/", "Chrome"},
	{"Safari/", "Safari"},
}

var systems = []mark{
	{"iPhone", "iPhone"},
	{"iPad", "iPad"},
	{"Android", "Android"},
	{"Windows", "Windows"},
	{"CrOS", "ChromeOS"},
	{"Macintosh", "Mac"},
	{"Linux", "Linux"},
}

// Device says in Spanish which browser a User-Agent is of, «Chrome en Windows». It
// is what a program says of itself and proves nothing.
func Device(agent string) string {
	browser, system := firstMark(browsers, agent), firstMark(systems, agent)
	switch {
	case browser == "" && system == "":
		return "Un programa sin navegador"
	case browser == "":
		return "Un programa en " + system
	case system == "":
		return browser
	}
	return browser + " en " + system
}

func firstMark(marks []mark, agent string) string {
	for _, m := range marks {
		if strings.Contains(agent, m.word) {
			return m.name
		}
	}
	return ""
}

// newcomer is how long somebody is new: her first browser is no news to her.
const newcomer = time.Minute

// announce tells a person by mail that somebody signed in as her with a browser
// that she had never used.
func (s *Service) announce(ctx context.Context, t *db.Tx, user uuid.UUID, agent string, now time.Time) error {
	try, err := s.guard.Person(ctx, user)
	if err != nil {
		return err
	}
	met, err := s.guard.Met(ctx, try)
	if err != nil {
		return err
	}
	s.guard.QueueKnown(t, try)
	if met {
		return nil
	}
	var old bool
	err = t.One([]any{&old}, `select exists (select from users where id = $1 and created_at < $2)`, user, now.Add(-newcomer))
	if err != nil || !old {
		return errs.Internal("session: newcomer", err)
	}
	address := actor.OriginOf(ctx).Address
	if address == "" {
		address = "desconocida"
	}
	return s.herald.NewDevice(ctx, t, user, Device(agent), address, now)
}
