package messaging

import (
	"time"

	"github.com/google/uuid"
)

// HotQuery is a statement that large clinics run all day, and the index that it
// must use.
type HotQuery struct {
	SQL   string
	Index string
}

// HotQueries lists them.
func HotQueries() map[string]HotQuery {
	list := func(f Filter) string {
		sql, _ := f.query(uuid.Nil, position{At: time.Time{}}, 21)
		return sql
	}
	return map[string]HotQuery{
		"one":           {selectOne, "messages_pkey"},
		"latest":        {selectLatest, "messages_by_patient"},
		"list":          {list(Filter{}), "messages_by_time"},
		"of a patient":  {list(Filter{PatientID: uuid.New()}), "messages_by_patient"},
		"by state":      {list(Filter{State: StateFailed}), "messages_by_state"},
		"to call":       {list(Filter{NeedsCall: true}), "messages_to_call"},
		"by handle":     {selectByHandle, "message_handles_by_token"},
		"person of tap": {selectUser, "messages_by_subject"},
	}
}
