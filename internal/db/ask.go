package db

// Ask queues a query whose rows are read once the answers arrive, without
// making the transaction begin explicitly: each must not decide whether it
// commits, because by then it may have. It is for taking a number from a
// counter and reading something beside it in one round trip.
func (t *Tx) Ask(each func(Row) error, sql string, args ...any) { t.queue.All(each, sql, args...) }
