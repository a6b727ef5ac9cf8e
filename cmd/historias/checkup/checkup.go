package checkup

import (
	"context"
	"time"

	"historias/internal/clock"
	"historias/internal/config"
	"historias/internal/db"
	"historias/internal/vault"
)

// Options say what to look at.
type Options struct {
	Config *config.Config
	// File is where the variables came from; nil when nobody said so.
	File *config.File
	// Kept are the variables of the file that the environment overruled.
	Kept  []string
	Clock clock.Clock
	// Newest are the numbers of the migrations of this program.
	Migrations []int64
	// Shelves are the tables that keep wrapped keys.
	Shelves []vault.Shelf
	// WhatsApp looks at the account at Meta; nil looks at nothing.
	WhatsApp func(ctx context.Context, c *config.Config) []Finding
}

// patience bounds each look at a server.
const patience = 15 * time.Second

// Run looks at everything. Where the variables do not permit a start it still
// looks at what can be looked at, so that all is told at once.
func Run(ctx context.Context, o Options) []Finding {
	all := variables(o)
	all = append(all, database(ctx, o)...)
	all = append(all, disk(o.Config)...)
	all = append(all, port(ctx, o.Config), zones())
	all = append(all, post(ctx, o.Config)...)
	return append(all, meta(ctx, o)...)
}

// variables are the faults of the environment and of its file.
func variables(o Options) []Finding {
	all := file(o)
	fatal := false
	for _, f := range o.Config.Faults() {
		mark := Doubt
		if f.Fatal {
			mark, fatal = Bad, true
		}
		all = append(all, Finding{mark, f.Name, f.What, f.Do})
	}
	if !fatal {
		all = append(all, good("Variables", "permiten empezar (%s)", o.Config.Environment))
	}
	return all
}

func zones() Finding {
	if _, err := time.LoadLocation("America/Mexico_City"); err != nil {
		return bad("Husos horarios", "el programa no tiene sus tablas", "use el programa que hace «make build», que las lleva dentro")
	}
	return good("Husos horarios", "el programa lleva sus tablas")
}

// open connects as the program does.
func open(ctx context.Context, c *config.Config) (*db.DB, error) {
	return db.Open(ctx, db.Options{URL: c.DatabaseURL, TransactionPooler: c.DatabasePooler == "transaction", MaxConns: 2})
}
