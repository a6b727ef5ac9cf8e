package audit

import (
	"encoding/binary"
	"time"

	"github.com/google/uuid"

	"historias/internal/vault"
)

// newID makes the UUIDv7 of an event from the event's own time, with the
// microseconds in the 12 bits after the milliseconds (RFC 9562 5.7 and 6.2,
// method 3). So ids sort as their events do, and the primary key, which begins
// with the time, finds an event by its id alone.
func newID(at time.Time) uuid.UUID {
	micros := at.UnixMicro()
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], uint64(micros/1000)<<16)
	fraction := uint16(micros % 1000 * 4096 / 1000)
	binary.BigEndian.PutUint16(id[6:8], 7<<12|fraction)
	copy(id[8:], vault.RandomBytes(8))
	id[8] = id[8]&0x3f | 0x80
	return id
}

// millisecond gives the millisecond in which the event of this id happened.
func millisecond(id uuid.UUID) (from, to time.Time) {
	var ms [8]byte
	copy(ms[2:], id[:6])
	from = time.UnixMilli(int64(binary.BigEndian.Uint64(ms[:]))).UTC() //nolint:gosec // 48 bits
	return from, from.Add(time.Millisecond)
}
