#!/usr/bin/env bash
# How long a start takes until the server answers /readyz, with so many events in the journal: the first one reads them all, after kill -9 in
# between, further ones what came since. SQLite.
#   bench/restart.sh [EVENTS [BUILD]]     1,000,000 events; the build folder, build/release
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
events=${1:-1000000}
build=${2:-build/release}
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill -9 "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
"$build/src/koshi" office init --data "$folder/office" > /dev/null
begin=$(date +%s%N)
"$build/bench/fill_journal" "$folder/office/office.db" "$folder/office" "$events"
printf '%s events written in %s ms; the database has %s bytes; load %s\n' "$events" $((($(date +%s%N) - begin) / 1000000)) \
  "$(stat -c %s "$folder/office/office.db")" "$(cut -d' ' -f1 /proc/loadavg)"
start() {
  begin=$(date +%s%N)
  "$build/src/koshi" serve --data "$folder/office" --port 0 > "$folder/log" 2> "$folder/err" &
  server=$!
  until address=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$folder/log" | head -1) && [ -n "$address" ]; do
    kill -0 "$server"
    sleep 0.005
  done
  until curl -fs "$address/readyz" > /dev/null; do sleep 0.005; done
  printf '%-28s ready after %6s ms, of which processor %s ms\n' "$1" $((($(date +%s%N) - begin) / 1000000)) \
    $(($(awk '{print $14 + $15}' "/proc/$server/stat") * 1000 / $(getconf CLK_TCK)))
}
crash() { kill -9 "$server"; wait "$server" 2> /dev/null || true; }
start "first, reads all:"
crash
for i in 1 2 3; do
  start "after kill -9, number $i:"
  crash
done
start "and the whole, behind it:"
for _ in $(seq 200); do
  sleep 3
  used=$(awk '{print $14 + $15}' "/proc/$server/stat")
  [ "${before:-}" = "$used" ] && break
  before=$used
done
printf 'the reading of all behind the open door took %s ms of processor; kept: %s events\n' $((used * 1000 / $(getconf CLK_TCK))) \
  "$(sed -n 2p "$folder/office/journal.verified")"
