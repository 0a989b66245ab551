#!/bin/sh
# Prepares the Python environment; safe to call before every command.
#   scripts/bootstrap.sh site   .venv with what builds the site   (requirements/site.lock)
#   scripts/bootstrap.sh test   .venv with the test tools as well (requirements/test.lock)
#   scripts/bootstrap.sh uv     .cache/uv-venv with uv, which only `make lock` uses
set -eu
cd "$(dirname "$0")/.."

# Packages found through these would count as installed, and be missing elsewhere.
unset PYTHONPATH PYTHONHOME

log=.cache/bootstrap.log
no_venv_module='python3-venv is missing: run  sudo apt install python3-venv  and try again'

say() { printf '%s\n' "$*"; }
die() {
  printf 'bootstrap: %s\n' "$*" >&2
  exit 1
}

# --- Python -----------------------------------------------------------------

is_new_enough() { "$1" -I -c 'import sys; sys.exit(sys.version_info < (3, 11, 2))' >/dev/null 2>&1; }
can_make_venv() { "$1" -I -c 'import ensurepip, venv' >/dev/null 2>&1; }
version_of() { "$1" -I -S -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null; }

# Sets $python. A candidate is run, not just looked up: a pyenv shim exists and still fails.
# One that can make environments goes before one that cannot.
find_python() {
  if [ -n "${PYTHON:-}" ]; then
    is_new_enough "$PYTHON" || die "PYTHON=$PYTHON does not run or is older than Python 3.11.2"
    python=$PYTHON
    return
  fi
  python=
  for candidate in python3.14 python3.13 python3.12 python3.11 python3; do
    is_new_enough "$candidate" || continue
    python=${python:-$candidate}
    if can_make_venv "$candidate"; then
      python=$candidate
      return
    fi
  done
  [ -n "$python" ] || die 'Python 3.11.2 or newer is missing: install it (Debian: sudo apt install python3 python3-venv) or name one with  make PYTHON=/path/to/python3'
}

# --- creating an environment ------------------------------------------------

may_use_apt() {
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" -eq 0 ] || sudo -n true >/dev/null 2>&1
}

apt_get() {
  set -- env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@"
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi </dev/null >>"$log" 2>&1 9<&-
}

install_venv_module() {
  may_use_apt || die "$no_venv_module"
  say '      python3-venv is missing; installing it with apt …'
  apt_get install -y --no-install-recommends python3-venv && return
  # The package lists may be empty or old, as in a new container.
  { apt_get update && apt_get install -y --no-install-recommends python3-venv; } ||
    die "$no_venv_module (apt: $(tail -n 1 "$log" | cut -c -200))"
}

# try_venv DIR: makes DIR with a working pip, or leaves nothing. The mark .incomplete stays until
# the caller has installed everything, so that a killed run is never taken for a finished one.
try_venv() {
  can_make_venv "$python" || return 1
  { mkdir -p "$1" && touch "$1/.incomplete"; } 2>/dev/null || die "cannot write $1: does the folder belong to another user?"
  if "$python" -m venv "$1" >>"$log" 2>&1; then
    "$1/bin/python" -I -m pip --version >>"$log" 2>&1 && return
  elif ! grep -q 'ensurepip is not available' "$log"; then
    rm -rf "$1"
    die "$python -m venv $1 failed ($(tail -n 1 "$log" | cut -c -200)); details: $log"
  fi
  rm -rf "$1"
  return 1
}

make_venv() {
  rm -rf "$1" 2>/dev/null || die "cannot remove $1: does it belong to another user?"
  try_venv "$1" && return
  install_venv_module
  : >"$log"
  find_python
  try_venv "$1" || die "$no_venv_module"
}

# --- installing -------------------------------------------------------------

# run_pip VENV ARGUMENTS: quiet; the reason of a failure is in $reason. --no-user, because a
# `user = true` in someone's pip.conf makes pip fail inside an environment.
run_pip() {
  venv=$1
  shift
  "$venv/bin/python" -m pip install --disable-pip-version-check --no-input --no-user \
    --quiet --progress-bar off "$@" </dev/null >>"$log" 2>&1 && return
  reason=$(sed -n 's/^ERROR: //p' "$log" | tail -n 1 | sed 's/\. .*//' | cut -c -200)
  reason=${reason:-no reason given}
  return 1
}

site_packages() { printf '%s\n' .venv/lib/python3*/site-packages/* | cksum; }

# The stamp's content: place, Python and lock file. From the environment's own Python, so that it
# also tells whether that still runs.
stamp_for() {
  .venv/bin/python -I -S -c '
import hashlib, os, sys
with open(sys.argv[1], "rb") as lock:
    digest = hashlib.sha256(lock.read()).hexdigest()
print(os.getcwd(), "%d.%d.%d" % sys.version_info[:3], digest)' "requirements/$1.lock" 2>/dev/null
}

is_ready() {
  [ -f ".venv/.stamp-$1" ] && [ -f .venv/pyvenv.cfg ] && [ ! -e .venv/.incomplete ] || return 1
  stamp=$(stamp_for "$1") && [ "$stamp" = "$(cat ".venv/.stamp-$1")" ] || return 1
  [ -z "${PYTHON:-}" ] || [ "$(version_of "$PYTHON")" = "$(version_of .venv/bin/python)" ]
}

# Says why .venv cannot be used, or nothing.
venv_fault() {
  if [ -e .venv/.incomplete ]; then
    say 'was left half-made'
  elif [ ! -f .venv/pyvenv.cfg ] || ! is_new_enough .venv/bin/python; then
    say 'has no Python 3.11.2 or newer that runs'
  elif ! .venv/bin/python -I -m pip --version >/dev/null 2>&1; then
    say 'has no pip that runs'
  elif [ -n "${PYTHON:-}" ] && [ "$(version_of "$PYTHON")" != "$(version_of .venv/bin/python)" ]; then
    say "is not of $PYTHON"
  else
    # Its scripts name the folder where it was made.
    made=$(sed -n 's/^command = //p' .venv/pyvenv.cfg)
    case $made in
      '' | *" $(pwd -P)/.venv") ;;
      *) say 'was made in another folder' ;;
    esac
  fi
}

prepare_venv() {
  fault=
  if [ -e .venv ] || [ -L .venv ]; then
    fault=$(venv_fault)
    [ -n "$fault" ] || return 0
  fi
  find_python
  say "[1/2] ${fault:+.venv $fault: }creating .venv with Python $(version_of "$python") …"
  make_venv .venv
}

install_lock() {
  lock=requirements/$1.lock
  say "[2/2] installing $(grep -c '^[A-Za-z0-9].*==' "$lock") packages from $lock; this can take a minute …"
  fresh=
  if [ -e .venv/.incomplete ]; then
    fresh=yes
  else
    touch .venv/.incomplete 2>/dev/null || die 'cannot write to .venv: does it belong to another user?'
  fi
  before=$(site_packages)
  if ! run_pip .venv --require-hashes -r "$lock"; then
    # pip fetches everything before it installs anything: what worked before still does.
    if [ -z "$fresh" ] && [ "$before" = "$(site_packages)" ]; then rm -f .venv/.incomplete; fi
    die "pip could not install $lock ($reason); check the network and pip.conf, then run make again; details: $log"
  fi
  stamp=$(stamp_for "$1") || die 'the Python in .venv no longer runs; run make again'
  rm -f .venv/.stamp-site .venv/.stamp-test
  say "$stamp" >".venv/.stamp-$1"
  # The test lock holds all of the site lock, line by line, unless somebody changed only one.
  if [ "$1" = test ] && ! grep -qvxFf requirements/test.lock requirements/site.lock; then
    stamp_for site >.venv/.stamp-site
  fi
  rm -f .venv/.incomplete
}

# Two makes at once: the second waits, then finds everything done. The lock lies on a folder that
# is always there, not in .venv, which may have to be removed.
take_turn() {
  command -v flock >/dev/null 2>&1 || return 0
  exec 9<requirements
  if ! flock -n 9; then
    say '      another make is preparing the environment; waiting for it …'
    flock 9 || return 0
  fi
}

start_log() {
  { mkdir -p .cache && rm -f "$log" && touch "$log"; } 2>/dev/null ||
    die 'cannot write to .cache: does the folder belong to another user?'
}

case ${1:-} in
  site | test)
    is_ready "$1" && exit 0
    take_turn
    is_ready "$1" && exit 0
    start_log
    prepare_venv
    install_lock "$1"
    ;;
  uv)
    take_turn
    [ ! -e .cache/uv-venv/.incomplete ] && .cache/uv-venv/bin/uv --version >/dev/null 2>&1 && exit 0
    start_log
    find_python
    say '[1/2] creating .cache/uv-venv …'
    make_venv .cache/uv-venv
    say '[2/2] installing uv …'
    run_pip .cache/uv-venv uv || die "pip could not install uv ($reason); check the network and pip.conf; details: $log"
    rm -f .cache/uv-venv/.incomplete
    ;;
  *)
    die 'usage: scripts/bootstrap.sh site|test|uv'
    ;;
esac
