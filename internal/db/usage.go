package db

import (
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Usage is how busy a set of connections is.
type Usage struct {
	// Used, Idle and Max count connections.
	Used, Idle, Max int
	// Acquired and Waited count, since the start, how often one was taken and how
	// often somebody had to wait for it; WaitTime is how long all of them waited.
	Acquired, Waited int64
	WaitTime         time.Duration
}

// Usage tells how busy the connections are: those of requests and jobs, and the
// few that are kept for Apart.
func (d *DB) Usage() (main, spare Usage) { return usageOf(d.pool.Stat()), usageOf(d.spare.Stat()) }

func usageOf(s *pgxpool.Stat) Usage {
	return Usage{
		Used: int(s.AcquiredConns()), Idle: int(s.IdleConns()), Max: int(s.MaxConns()),
		Acquired: s.AcquireCount(), Waited: s.EmptyAcquireCount(), WaitTime: s.EmptyAcquireWaitTime(),
	}
}
