#!/usr/bin/env bash
# Deja un servidor Debian o Ubuntu listo para Historias: usuario, cortafuegos,
# fail2ban, actualizaciones, SSH y núcleo. Se puede repetir: lo que ya está, se queda.
#
#   sudo scripts/server/harden.sh                 pone todo
#   sudo scripts/server/harden.sh --check         sólo dice qué falta; termina con 1 si falta algo
#        --user NOMBRE     quien entra y opera (deploy)
#        --admin DIRECCIÓN una dirección que fail2ban nunca cierra; puede repetirse
#
# Nunca cierra la puerta por la que usted entró: abre el puerto de SSH antes de
# encender el cortafuegos, y sólo apaga las contraseñas cuando el usuario ya tiene
# una llave.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
user=deploy
check=false
admins=""
root=${HISTORIAS_ROOT:-} # another root, for tests
changes=0

usage() {
  sed -n '2,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
  exit 2
}

while [ $# -gt 0 ]; do
  case $1 in
    --check) check=true ;;
    --user) [ $# -gt 1 ] || usage; user=$2; shift ;;
    --admin) [ $# -gt 1 ] || usage; admins="$admins $2"; shift ;;
    *) usage ;;
  esac
  shift
done

say() { printf '%s\n' "$*"; }
fail() { say "✗ $*" >&2; exit 1; }
done_already() { say "✓ $*"; }

# change WHAT COMMAND...: says what is changed and does it, or only says it.
change() {
  local what=$1
  shift
  changes=$((changes + 1))
  if $check; then
    say "✗ $what"
    return
  fi
  "$@"
  say "＋ $what"
}

[ "$(id -u)" -eq 0 ] || fail "Hace falta ser administrador: sudo $0"
command -v apt-get >/dev/null || fail "Este guion es para Debian y Ubuntu."
[[ $user =~ ^[a-z][a-z0-9-]{0,30}$ ]] || fail "El nombre de usuario no sirve: use letras minúsculas, números y guion."
for address in $admins; do
  [[ $address =~ ^[0-9a-fA-F:.]+(/[0-9]{1,3})?$ ]] || fail "«$address» no es una dirección."
done

put() { # put CONTENT PATH
  mkdir -p "$(dirname "$2")"
  printf '%s\n' "$1" >"$2.new"
  chmod 644 "$2.new"
  mv "$2.new" "$2"
}

# file WHAT CONTENT PATH: puts a file in place when it is not there as it should
# be; tells whether it changed.
file() {
  if [ -f "$3" ] && [ "$(cat "$3")" = "$2" ]; then
    done_already "$1"
    return 1
  fi
  change "$1" put "$2" "$3"
}

packages() {
  local missing=() name
  for name in ufw fail2ban python3-systemd unattended-upgrades openssh-server; do
    dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    done_already "paquetes"
    return
  fi
  change "paquetes: ${missing[*]}" install_packages "${missing[@]}"
}

install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "$@"
}

operator() {
  if id "$user" >/dev/null 2>&1; then
    done_already "usuario $user"
  else
    change "usuario $user, sin contraseña" adduser --disabled-password --gecos "" "$user"
  fi
  local from=$root/root/.ssh/authorized_keys to=$root/home/$user/.ssh/authorized_keys
  if [ -s "$to" ]; then
    done_already "llaves de $user"
  elif [ -s "$from" ]; then
    change "llaves de $user, copiadas de root" copy_keys "$from" "$to"
  else
    say "! $user no tiene llaves de SSH: ponga la suya en $to y repita el guion."
  fi
}

copy_keys() {
  mkdir -p "$(dirname "$2")"
  chmod 700 "$(dirname "$2")"
  cp "$1" "$2"
  chmod 600 "$2"
  [ -n "$root" ] || chown -R "$user:$user" "$(dirname "$2")"
}

# ssh_ports are where sshd listens and where this session came in.
ssh_ports() {
  {
    sshd -T 2>/dev/null | awk '$1 == "port" { print $2 }'
    awk '{ print $4 }' <<<"${SSH_CONNECTION:-}"
  } | grep -E '^[0-9]+$' | sort -un
}

firewall() {
  local status ports port
  ports=$(ssh_ports)
  ports=${ports:-22}
  status=$(ufw status verbose 2>/dev/null || true)
  for port in $ports 80 443; do
    if grep -Eq "^$port/tcp +ALLOW" <<<"$status"; then
      done_already "cortafuegos: puerto $port abierto"
    else
      change "cortafuegos: puerto $port abierto" ufw allow "$port/tcp"
    fi
  done
  if grep -q '^Default: deny (incoming)' <<<"$status"; then
    done_already "cortafuegos: lo demás, cerrado"
  else
    change "cortafuegos: lo demás, cerrado" ufw default deny incoming
  fi
  if grep -q '^Status: active' <<<"$status"; then
    done_already "cortafuegos encendido"
  else
    change "cortafuegos encendido" ufw --force enable
  fi
}

# chain is where a ban acts. What Docker publishes never passes INPUT: it is
# stopped in DOCKER-USER or not at all.
chain() {
  if command -v docker >/dev/null; then
    printf 'chain     = DOCKER-USER\nbanaction = iptables-multiport'
  else
    printf 'banaction = ufw'
  fi
}

nginx_log() {
  if command -v docker >/dev/null; then
    printf '%s' "/var/lib/docker/volumes/historias_nginx_logs/_data/access.log"
  else
    printf '%s' "/var/log/nginx/access.log"
  fi
}

jails() {
  local text changed=false name
  text=$(<"$here/fail2ban/jail.d/historias.local")
  text=${text//@IGNORE@/${admins# }}
  text=${text//@CHAIN@/$(chain)}
  text=${text//@NGINX_LOG@/$(nginx_log)}
  for name in historias historias-nginx historias-scan; do
    file "fail2ban: filtro $name" "$(<"$here/fail2ban/filter.d/$name.conf")" "$root/etc/fail2ban/filter.d/$name.conf" && changed=true
  done
  file "fail2ban: cárceles" "$text" "$root/etc/fail2ban/jail.d/historias.local" && changed=true
  if [ ! -e "$root$(nginx_log)" ]; then
    change "archivo de nginx, para que fail2ban empiece antes que él" touch_log "$root$(nginx_log)"
  fi
  if $changed && ! $check; then
    fail2ban-client -t >/dev/null || fail "fail2ban no acepta su configuración: fail2ban-client -t dice por qué."
    systemctl enable fail2ban
    systemctl restart fail2ban
  fi
}

touch_log() {
  mkdir -p "$(dirname "$1")"
  touch "$1"
}

upgrades() {
  file "actualizaciones de seguridad automáticas" "$(<"$here/apt/52historias-upgrades")" "$root/etc/apt/apt.conf.d/52historias-upgrades" || true
}

kernel() {
  if file "núcleo" "$(<"$here/sysctl/60-historias.conf")" "$root/etc/sysctl.d/60-historias.conf" && ! $check; then
    sysctl --system >/dev/null
  fi
}

clock() {
  if [ "$(timedatectl show -p NTP --value 2>/dev/null)" = yes ]; then
    done_already "reloj sincronizado"
  else
    change "reloj sincronizado" timedatectl set-ntp true
  fi
}

# ssh closes the door of passwords only when the operator has a key, and takes
# the change back when sshd does not accept it. Sessions that are open stay open.
ssh_door() {
  local drop=$root/etc/ssh/sshd_config.d/10-historias.conf
  if [ ! -s "$root/home/$user/.ssh/authorized_keys" ]; then
    say "! SSH sigue aceptando contraseñas, porque $user no tiene llave todavía."
    changes=$((changes + 1))
    return
  fi
  file "SSH: sólo llaves" "$(<"$here/sshd-historias.conf")" "$drop" || return 0
  $check && return
  if ! sshd -t; then
    rm -f "$drop"
    fail "sshd no acepta el cambio y se deshizo; SSH sigue como estaba."
  fi
  systemctl reload ssh 2>/dev/null || systemctl reload sshd
}

# mark lets `historias check --go-live` say when this was done.
mark() {
  local path=$root/var/lib/historias-servidor/endurecido
  $check && return
  if [ "$changes" -gt 0 ] || [ ! -f "$path" ]; then
    put "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$path"
  fi
}

packages
operator
firewall
jails
upgrades
kernel
clock
ssh_door
mark

if $check; then
  [ "$changes" -eq 0 ] || fail "Falta lo marcado con ✗. Póngalo con: sudo $0"
  say "Nada falta."
else
  say "Listo: $changes cambios. Antes de cerrar esta sesión, entre en otra como $user."
fi
