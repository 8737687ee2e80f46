# Shared by ./run, ./test and ./koshi: packages and builds. Sourced from the repository's root.

say() { printf '%s\n' "$*" >&2; }

# packages run|test: the missing ones of apt-packages.txt; the part below "# tests" only for tests.
packages() {
  local wanted missing=() name
  if [ "$1" = run ]; then wanted=$(sed '/^# tests/,$d' apt-packages.txt); else wanted=$(cat apt-packages.txt); fi
  for name in $(printf '%s\n' "$wanted" | sed 's/#.*//'); do
    case $name in
      nodejs) command -v node >/dev/null && continue ;;   # any recent Node serves, whoever packaged it
      npm) command -v npm >/dev/null && continue ;;
    esac
    dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null | grep -q '^installed$' || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { say "these packages are missing, and only root can install them: ${missing[*]}"; return 1; }
    as_root=(sudo)
  fi
  say "installing: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# build PRESET [TARGET…]: configures once, then builds what changed.
build() {
  local preset=$1; shift
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >&2
  if [ $# -gt 0 ]; then cmake --build --preset "$preset" --target "$@" >&2; else cmake --build --preset "$preset" >&2; fi
}

# portal: builds web/ into build/portal, if anything in it is newer than what is there.
portal() {
  [ -d web/node_modules ] && [ ! web/package-lock.json -nt web/node_modules ] || { npm --prefix web ci --no-audit --no-fund >&2 && touch web/node_modules; }
  if [ -f build/portal/index.html ] && [ -z "$(find web -path web/node_modules -prune -o -newer build/portal/index.html -type f -print -quit)" ]; then return 0; fi
  npm --prefix web run -s build >&2
}
