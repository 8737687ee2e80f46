#!/usr/bin/env bash
# Requests per second of POST /api/v1/ask beside the server's own empty response, in one run, interleaved.
#   bench/http.sh [SECONDS] [CONNECTIONS]
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
seconds=${1:-5}
connections=${2:-64}
script=$(mktemp --suffix=.lua)
log=$(mktemp)
trap 'kill "$server" 2>/dev/null || true; rm -f "$script" "$log"' EXIT
cat > "$script" <<'LUA'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"norm":"person.registration_due","on":"2016-03-10","facts":{"nationality":"UZ","arrived":"2016-03-01"}}'
LUA
./koshi serve --port 0 > "$log" 2>&1 &
server=$!
for _ in $(seq 100); do
  address=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$log" | head -1) && [ -n "$address" ] && break
  sleep 0.1
done
measure() { wrk -t1 -c"$connections" -d"${seconds}s" --latency "$@" | awk '/99%/ {p=$2} /Requests\/sec/ {r=$2} /Non-2xx/ {bad=$0} END {printf "%10.0f requests/s   p99 %s %s\n", r, p, bad}'; }
for round in 1 2 3; do
  printf 'round %s  empty  ' "$round"; measure "$address/healthz"
  printf 'round %s  ask    ' "$round"; measure -s "$script" "$address/api/v1/ask"
done
