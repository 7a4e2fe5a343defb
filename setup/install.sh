#!/bin/bash
# Installs the Debian packages of the groups given (setup/packages.txt); nothing, within a moment,
# when all are there. Asks for sudo where it is not run by root.
set -euo pipefail
cd "$(dirname "$0")"

has_node() {
  local major
  major=$(node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/') || return 1
  [ "${major:-0}" -ge 18 ] && command -v npm >/dev/null
}

wanted=()
for group in "$@"; do
  # A node from elsewhere would be at odds with Debian's.
  if [ "$group" = node ] && has_node; then continue; fi
  mapfile -t packages < <(awk -v group="$group" '$1 == group {print $2}' packages.txt)
  if [ ${#packages[@]} -eq 0 ]; then
    echo "setup: no group '$group' in setup/packages.txt" >&2
    exit 2
  fi
  wanted+=("${packages[@]}")
done

if ! command -v dpkg-query >/dev/null; then
  echo "setup: this is not a Debian system; install by hand what setup/packages.txt lists" >&2
  exit 1
fi

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing=()
for package in "${wanted[@]}"; do
  is_installed "$package" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "setup: run this as root: apt-get install ${missing[*]}" >&2
    exit 1
  }
  as_root=(sudo)
fi
echo "setup: installing ${missing[*]}"
apt_get() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "$@"; }
apt_get update -q

# Tests start services of their own: an install starts none, and makes no cluster of PostgreSQL.
begun=()
tidy() { [ ${#begun[@]} -eq 0 ] || "${as_root[@]}" rm -f "${begun[@]}"; }
trap tidy EXIT
if [ ! -e /usr/sbin/policy-rc.d ]; then
  begun+=(/usr/sbin/policy-rc.d)
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" install -m 755 /dev/stdin /usr/sbin/policy-rc.d
fi
if [[ " ${missing[*]} " == *" postgresql-15 "* ]] && ! is_installed postgresql-common; then
  echo 'create_main_cluster = false' |
    "${as_root[@]}" install -D -m 644 /dev/stdin /etc/postgresql-common/createcluster.conf
fi
apt_get install -y -q --no-install-recommends "${missing[@]}"
