#!/bin/sh
# The nightly copy, as the plan names it (7.1). Cron runs it at two:
#
#   0 2 * * * /home/deploy/scripts/backup.sh
#
# The work is done by «historias backup create»: one encrypted file in BACKUP_DIR
# and in S3 if it is configured, and the old ones deleted. Where the program runs
# in containers the service «backup» of the compose file does it, else the program
# itself. It ends with the code of the program, so that cron tells of a failure.
set -eu

APP_DIR=${APP_DIR:-/home/deploy/app}
ENV_FILE=${ENV_FILE:-$APP_DIR/.env.production}
LOG=${BACKUP_LOG:-/var/log/medical-records-backup.log}

create() {
  if [ -f "$APP_DIR/docker-compose.prod.yml" ] && command -v docker >/dev/null 2>&1; then
    cd "$APP_DIR"
    docker compose --env-file "$ENV_FILE" -f docker-compose.prod.yml run --rm -T backup create
  else
    set -a
    # shellcheck source=/dev/null
    . "$ENV_FILE"
    set +a
    "${HISTORIAS:-/usr/local/bin/historias}" backup create
  fi
}

said=$(create 2>&1) && code=0 || code=$?
stamp=$(date '+%Y%m%d_%H%M%S')
printf '[%s] %s\n' "$stamp" "$said" >>"$LOG" || true
if [ "$code" -ne 0 ]; then
  printf '%s\n' "$said" >&2
fi
exit "$code"
