#!/bin/sh
# Prepares the Python environment; nearly free when it is ready, so that every command calls it.
#   scripts/bootstrap.sh site   .venv with what builds the site   (requirements/site.lock)
#   scripts/bootstrap.sh test   .venv with the test tools as well (requirements/test.lock)
#   scripts/bootstrap.sh uv     .cache/uv-venv with uv, which only `make lock` uses
#   scripts/bootstrap.sh canary .cache/canary-venv, audit .cache/audit-venv: with what their lock names
set -eu
cd "$(dirname "$0")/.."
# Packages found through these would count as installed, and be missing elsewhere.
unset PYTHONPATH PYTHONHOME
log=.cache/bootstrap.log

die() { printf 'bootstrap: %s\n' "$*" >&2; exit 1; }

case ${1:-} in
  site | test) venv=.venv wanted="--require-hashes -r requirements/$1.lock" locks=$(cat requirements/site.lock requirements/test.lock | cksum) ;;
  canary | audit) venv=.cache/$1-venv wanted="--require-hashes -r requirements/$1.lock" locks=$(cksum <"requirements/$1.lock") ;;
  uv) venv=.cache/uv-venv wanted=uv locks=none ;;
  *) die 'usage: scripts/bootstrap.sh site|test|uv|canary|audit' ;;
esac

# The stamp, written last: a line for place and Python, a line for the locks and what was installed.
stamped() { sed -n "$1p" "$venv/.stamp" 2>/dev/null; }
is_whole() {
  has=$("$venv/bin/python" -V 2>/dev/null) && [ "$(stamped 1)" = "$(pwd -P) $has" ] &&
    { [ -z "${PYTHON:-}" ] || [ "$("$PYTHON" -V 2>/dev/null)" = "$has" ]; }
}
is_ready() {
  is_whole || return 1
  case $(stamped 2) in "$locks $1" | "$locks test") ;; *) return 1 ;; esac
}

# A candidate is run, not just looked up: a pyenv shim exists and still fails.
runs() { "$python" -I -c "import sys${1:-}; sys.exit(sys.version_info < (3, 11, 2))" >/dev/null 2>&1; }
find_python() {
  if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- python3.14 python3.13 python3.12 python3.11 python3; fi
  for python; do if runs ', ensurepip, venv'; then return; fi; done
  for python; do
    runs || continue
    why=$(sh scripts/apt_install.sh python3-venv 9<&-) || die "$python cannot make environments: $why"
    runs ', ensurepip, venv' && return
    die "$python cannot make environments even with python3-venv: name another with  make PYTHON=/path/to/python3"
  done
  [ -z "${PYTHON:-}" ] || die "PYTHON=$PYTHON does not run or is older than Python 3.11.2"
  die 'Python 3.11.2 or newer is missing: run  sudo apt install python3 python3-venv  or name one with  make PYTHON=/path/to/python3'
}

is_ready "$1" && exit 0
# Two makes at once: the second waits. The lock lies on a folder that is always there.
if command -v flock >/dev/null 2>&1; then
  exec 9<requirements
  flock -n 9 || { echo '      another make is preparing the environment; waiting for it …'; flock 9 || :; }
  is_ready "$1" && exit 0
fi
{ mkdir -p .cache && rm -f "$log" && touch "$log"; } 2>/dev/null || die 'cannot write to .cache: does it belong to another user?'
if ! is_whole; then
  find_python
  echo "[1/2] creating $venv with $("$python" -V) …"
  { rm -rf "$venv/.stamp" "$venv" && "$python" -m venv "$venv"; } >>"$log" 2>&1 ||
    die "cannot create $venv ($(tail -n 1 "$log" | cut -c -200)); details: $log"
fi
echo "[2/2] installing ${wanted##* }; this can take a minute …"
# No stamp while pip works: what a killed run leaves is made anew.
mv -f "$venv/.stamp" "$venv/.stamp-before" 2>/dev/null || :
# --no-user: `user = true` in someone's pip.conf makes pip fail here.
# shellcheck disable=SC2086 # several words
"$venv/bin/python" -m pip install --disable-pip-version-check --no-input --no-user --progress-bar off $wanted </dev/null >>"$log" 2>&1 || {
  why=$({ sed -n 's/^ERROR: //p' "$log" | grep . || cat "$log"; } | tail -n 1 | cut -c -200)
  ! grep -q 'connection broken' "$log" || why='the package index cannot be reached'
  # pip fetches everything before it installs anything: until then what worked before still does.
  grep -q '^Installing collected' "$log" || mv -f "$venv/.stamp-before" "$venv/.stamp" 2>/dev/null || :
  die "pip could not install ${wanted##* } ($why); check the network and pip.conf, then try again; details: $log"
}
{ printf '%s\n' "$(pwd -P) $("$venv/bin/python" -V)" "$locks $1" >"$venv/.stamp"; } 2>/dev/null || die "cannot write $venv/.stamp: is the disk full?"
