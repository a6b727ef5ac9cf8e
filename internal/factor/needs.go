package factor

import (
	"context"

	"github.com/google/uuid"

	"historias/internal/db"
	"historias/internal/mail"
)

// Contact is how somebody is named and written to.
type Contact struct {
	FullName string
	Email    string
}

// People knows who somebody is.
type People interface {
	// Contact gives a person's name and address.
	Contact(ctx context.Context, user uuid.UUID) (Contact, error)
	// Contacts gives several at once; whoever is not known is left out.
	Contacts(ctx context.Context, users []uuid.UUID) (map[uuid.UUID]Contact, error)
}

// Letters writes to people.
type Letters interface {
	// Queue writes a letter into the transaction of the act that causes it.
	Queue(ctx context.Context, t *db.Tx, l mail.Letter) error
	// Link gives the address of a page of ours.
	Link(path string) string
}
