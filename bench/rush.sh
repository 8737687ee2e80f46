#!/usr/bin/env bash
# Everybody signs in and applies when the quota opens: three for each place, from a second process over loopback, and afterwards the office is
# verified whole. SQLite.
#   bench/rush.sh [PEOPLE [SECONDS [CLIENTS [COST [BUILD]]]]]
# 2,300 people in 300 s by 64 clients, passwords at least cost (19 MiB): a tenth of 23,000. COST: moderate, interactive or least.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
people=${1:-2300} seconds=${2:-300} clients=${3:-64} cost=${4:-least} build=${5:-build/release}
seats=$(((people + 2) / 3))
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
"$build/src/koshi" office init --data "$folder" --test-clock > /dev/null
printf 'shift_days=%d\n' $((($(date -d 2025-03-20 +%s) - $(date -d "$(date +%F)" +%s)) / 86400)) > "$folder/test-clock"
"$build/bench/rush" prepare "$folder/office.db" "$people" "$seats" "$cost"
"$build/src/koshi" serve --data "$folder" --port 0 --password-cost "$cost" > "$folder/log" 2> "$folder/err" &
server=$!
until port=$(grep -oE '127\.0\.0\.1:[0-9]+' "$folder/log" | head -1 | cut -d: -f2) && [ -n "$port" ]; do
  kill -0 "$server"
  sleep 0.05
done
printf 'load before: %s; passwords: %s\n' "$(cut -d' ' -f1 /proc/loadavg)" "$cost"
status=0
"$build/bench/rush" run "$port" "$people" "$seats" "$seconds" "$clients" || status=$?
printf 'load after: %s; processor of the server: %s ms\n' "$(cut -d' ' -f1 /proc/loadavg)" \
  $(($(awk '{print $14 + $15}' "/proc/$server/stat") * 1000 / $(getconf CLK_TCK)))
kill "$server"
wait "$server"
server=
"$build/src/koshi" office verify --data "$folder"
exit "$status"
