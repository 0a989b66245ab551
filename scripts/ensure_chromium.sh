#!/bin/sh
# Makes sure that a Chromium for the browser tests and the PDFs is there and runs.
# CHROMIUM=/path/to/browser overrides the search.
set -eu

say() { printf '%s\n' "$*"; }
die() {
  printf 'chromium: %s\n' "$*" >&2
  exit 1
}

# Run, not just looked up: Ubuntu's chromium-browser is a stub that only points to snap.
runs() { command -v "$1" >/dev/null 2>&1 && "$1" --version >/dev/null 2>&1 </dev/null; }

find_chromium() {
  for name in chromium chromium-browser google-chrome; do
    if runs "$name"; then return 0; fi
  done
  return 1
}

may_use_apt() {
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" -eq 0 ] || sudo -n true >/dev/null 2>&1
}

apt_get() {
  set -- env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@"
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi </dev/null >"$log" 2>&1
}

if [ -n "${CHROMIUM:-}" ]; then
  runs "$CHROMIUM" || die "CHROMIUM=$CHROMIUM does not run; correct it, or unset it to search the PATH"
  exit 0
fi

if find_chromium; then exit 0; fi

may_use_apt ||
  die 'no Chromium found: run  sudo apt install chromium  and try again, or name one with CHROMIUM=/path/to/browser'

log=$(mktemp)
trap 'rm -f "$log"' EXIT
say "chromium: not found; installing Debian's package …"
{ apt_get update && apt_get install -y --no-install-recommends chromium; } ||
  die "apt could not install chromium ($(tail -n 1 "$log" | cut -c -200)); check the network and try again, or name one with CHROMIUM=/path/to/browser"
find_chromium || die 'the chromium that was just installed does not run: try  chromium --version'
