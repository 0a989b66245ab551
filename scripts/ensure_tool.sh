#!/bin/sh
# Makes sure that a program that the tests drive is there and runs.
#   scripts/ensure_tool.sh chromium      browser tests; CHROMIUM=/path overrides the search
#   scripts/ensure_tool.sh libreoffice   opens Word and Excel files; LIBREOFFICE=/path likewise
set -eu

tool=${1:?name a tool: chromium, libreoffice}
case $tool in
  chromium) names='chromium chromium-browser google-chrome' packages=chromium variable=CHROMIUM ;;
  libreoffice) names='soffice libreoffice' packages='libreoffice-writer libreoffice-calc libreoffice-impress' variable=LIBREOFFICE ;;
  *) printf 'ensure_tool: unknown tool %s\n' "$tool" >&2; exit 2 ;;
esac
eval "named=\${$variable:-}"

die() {
  printf '%s: %s\n' "$tool" "$*" >&2
  exit 1
}

# Run, not just looked up: Ubuntu's chromium-browser is a stub that only points to snap.
runs() { command -v "$1" >/dev/null 2>&1 && "$1" --version >/dev/null 2>&1 </dev/null; }

find_tool() {
  for name in $names; do
    if runs "$name"; then return 0; fi
  done
  return 1
}

if [ -n "$named" ]; then
  runs "$named" || die "$variable=$named does not run; correct it, or unset it to search the PATH"
  exit 0
fi

# The browser without windows opens a page in less than half the time. Where it cannot be had, the whole one does.
if [ "$tool" = chromium ] && ! runs chromium-headless-shell; then
  sh "$(dirname "$0")/apt_install.sh" chromium-headless-shell >/dev/null 2>&1 || :
fi
# Papers are set in Times New Roman; Tinos has its widths, and the letters of Vietnamese.
if [ "$tool" = libreoffice ] && ! fc-list 2>/dev/null | grep -q Tinos; then
  sh "$(dirname "$0")/apt_install.sh" fonts-croscore fontconfig >/dev/null 2>&1 || :
fi
if find_tool; then exit 0; fi
# shellcheck disable=SC2086 # several packages, one word each
why=$(sh "$(dirname "$0")/apt_install.sh" $packages) ||
  die "not found: $why, or name one with $variable=/path"
find_tool || die "what was just installed does not run: try  $tool --version"
