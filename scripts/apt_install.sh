#!/bin/sh
# Installs Debian packages where that is allowed: as root, or where sudo asks for no password.
# Else, or when apt fails, prints the one line that says what to do and fails; the caller adds for what.
#   scripts/apt_install.sh python3-venv
set -eu
log=$(mktemp)
trap 'rm -f "$log"' EXIT

as_root() {
  [ "$(id -u)" -eq 0 ] || set -- sudo -n "$@"
  "$@" </dev/null >"$log" 2>&1
}
apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@"; }

if ! command -v apt-get >/dev/null 2>&1 || ! as_root true; then
  echo "run  sudo apt install $*  and try again"
  exit 1
fi
echo "      $* is missing; installing it with apt …" >&2
# The package lists may be empty or old, as in a new container.
{ apt_get update && apt_get install -y --no-install-recommends "$@"; } || {
  echo "apt could not install $* ($(tail -n 1 "$log" | cut -c -200)); check the network and try again"
  exit 1
}
