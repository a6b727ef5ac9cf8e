#!/bin/sh
# Copies the database once and then follows it. A copy that was cut off is begun
# anew: it is complete only when standby.signal stands in it.
set -eu
data=/var/lib/postgresql/data/replica
if [ ! -f "$data/standby.signal" ]; then
  rm -rf "$data"
  pg_basebackup --host=postgres-db --pgdata="$data" --wal-method=stream --checkpoint=fast --write-recovery-conf
fi
exec postgres -D "$data" -c hot_standby=on -c shared_buffers=128MB
