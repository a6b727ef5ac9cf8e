package measures

import (
	"time"

	"github.com/google/uuid"
)

// Point is one value of a series.
type Point struct {
	At    time.Time
	Value float64
	// Reading is the id of the set that it belongs to.
	Reading uuid.UUID
}

// Series is one measure over time, the oldest first, with the normal range at
// the patient's age; nil where it is open or there is none.
type Series struct {
	Key    string
	Label  string
	Unit   string
	Low    *float64
	High   *float64
	Points []Point
}
