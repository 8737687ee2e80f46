#!/usr/bin/env bash
# Runs what stands in this folder, but for the unit, which boot.sh runs: here it is verified, and the proxy's example serves an office of its own, on free ports of loopback with a
# certificate of its own. Needs nginx, openssl and curl; systemd-analyze if it is there. Usage: deploy/check.sh PROGRAM
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
program=$(readlink -f "$1")
export KOSHI_HOME=${KOSHI_HOME:-$(dirname "$here")}
dir=$(mktemp -d)
server='' proxy=''
finish() {
  [ -z "$proxy" ] || kill -QUIT "$proxy" 2>/dev/null || true
  [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true
  wait || true
  rm -rf "$dir"
}
trap finish EXIT
good() { printf 'ok    %s\n' "$1"; }
bad() { printf 'WRONG %s: %s\n' "$1" "${2:-}"; exit 1; }
# says WHAT EXPECTED ACTUAL
says() { case $3 in *"$2"*) good "$1" ;; *) bad "$1" "no '$2' in: $3" ;; esac; }
keeps_quiet() { case $3 in *"$2"*) bad "$1" "'$2' in: $3" ;; *) good "$1" ;; esac; }

if command -v systemd-analyze > /dev/null; then
  # The program is where it is here; all else is as it stands.
  sed -e "s|/opt/koshi/bin/koshi|$program|" -e '/^Documentation=/d' "$here/koshi.service" > "$dir/koshi.service"
  said=$(systemd-analyze verify --man=no "$dir/koshi.service" 2>&1 | grep koshi.service || true)
  [ -z "$said" ] && good 'koshi.service is a unit' || bad 'koshi.service' "$said"
  says 'koshi.service is shut in' OK "$(systemd-analyze security --offline=yes "$dir/koshi.service" 2>&1 | tail -1)"
fi

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=koshi.example.kz -addext subjectAltName=DNS:koshi.example.kz \
  -keyout "$dir/key.pem" -out "$dir/cert.pem" 2> /dev/null
"$program" office init --data "$dir/office" > /dev/null
echo 'correct horse battery' | "$program" office account add clerk --name Clerk --role akimat:KZ-75 --password-file - --data "$dir/office" > /dev/null
"$program" serve --data "$dir/office" --port 0 --behind-tls --metrics-port 0 --password-cost least --log-json > "$dir/out" 2> "$dir/log" &
server=$!
until grep -q Measures "$dir/out"; do kill -0 "$server" || bad 'the server starts' "$(cat "$dir/log")"; sleep 0.1; done
port=$(sed -n 's|.*listens on http://127.0.0.1:\([0-9]*\)/|\1|p' "$dir/out")

# nginx cannot choose a port by itself, so another one is tried until one is free.
for _ in $(seq 20); do
  tls=$((20000 + RANDOM)) plain=$((20000 + RANDOM))
  {
    printf 'daemon off; pid %s/pid; error_log %s/error; worker_processes 1; events {}\nhttp {\n' "$dir" "$dir"
    for kind in client_body proxy fastcgi uwsgi scgi; do printf '%s_temp_path %s/%s;\n' "$kind" "$dir" "$kind"; done
    sed -e '/listen \[::\]/d' -e "s/listen 80;/listen 127.0.0.1:$plain;/" -e "s/listen 443 /listen 127.0.0.1:$tls /" -e "s|127.0.0.1:8080|127.0.0.1:$port|" \
      -e "s|/etc/ssl/koshi/fullchain.pem|$dir/cert.pem|" -e "s|/etc/ssl/koshi/key.pem|$dir/key.pem|" "$here/nginx.conf"
    echo '}'
  } > "$dir/nginx.conf"
  nginx -p "$dir" -c "$dir/nginx.conf" 2> "$dir/said" &
  proxy=$!
  until [ -s "$dir/pid" ]; do kill -0 "$proxy" 2> /dev/null || break; sleep 0.1; done
  kill -0 "$proxy" 2> /dev/null && break
  proxy=''
done
[ -n "$proxy" ] || bad 'nginx takes nginx.conf' "$(cat "$dir/said" "$dir/error" 2> /dev/null)"
good 'nginx takes nginx.conf'

ask() { curl --noproxy '*' -sS --max-time 30 --cacert "$dir/cert.pem" --resolve "koshi.example.kz:$tls:127.0.0.1" --resolve "koshi.example.kz:$plain:127.0.0.1" "$@"; }
site=https://koshi.example.kz:$tls
says 'the server answers behind it' 200 "$(ask -o /dev/null -w '%{http_code}' "$site/readyz")"
says 'by HTTP/2' 2 "$(ask -o /dev/null -w '%{http_version}' "$site/")"
says 'with Strict-Transport-Security' 'strict-transport-security: max-age=31536000; includeSubDomains' "$(ask -D - -o /dev/null "$site/")"
says 'and the strict policy' "default-src 'none'" "$(ask -D - -o /dev/null "$site/")"
keeps_quiet 'its version is not told' nginx/ "$(ask -D - -o /dev/null "$site/")"
if ask --tlsv1.1 --tls-max 1.1 --ciphers ALL:@SECLEVEL=0 -o /dev/null "$site/" 2> /dev/null; then bad 'TLS 1.1 is refused'; else good 'TLS 1.1 is refused'; fi
says 'pages are led to https' '301 https://koshi.example.kz/desk' "$(ask -o /dev/null -w '%{http_code} %{redirect_url}' "http://koshi.example.kz:$plain/desk")"
says 'programs in the clear are refused' 403 "$(ask -o /dev/null -w '%{http_code}' "http://koshi.example.kz:$plain/api/v1/quota")"
keeps_quiet 'measures are not outside' koshi_ "$(ask "$site/metrics")"
head=$(ask -D - -o /dev/null -H 'Content-Type: application/json' -d '{"login":"clerk","password":"correct horse battery"}' "$site/api/v1/session")
says 'signed in' 200 "$head"
says 'by a cookie of this host' '__Host-koshi_session=' "$head"
says 'that is Secure' 'Secure' "$head"
# Ten from one address, which the client cannot choose; the proxy lets six through at once.
for i in $(seq 12); do
  code=$(ask -o /dev/null -w '%{http_code}' -H "X-Forwarded-For: 10.0.0.$i" -H 'Content-Type: application/json' -d '{"login":"x","password":"guess"}' "$site/api/v1/session")
done
says 'guessing is slowed down' 429 "$code"
says 'a body that is too large is refused' 413 "$(head -c 9000000 /dev/zero | ask -o /dev/null -w '%{http_code}' -H 'Content-Type: application/json' --data-binary @- "$site/api/v1/ask")"
kill -TERM "$server"
wait "$server" && good 'SIGTERM ends the server with 0' || bad 'SIGTERM ends the server with 0' "$?"
server=''
says 'and nobody answers' 502 "$(ask -o /dev/null -w '%{http_code}' "$site/readyz")"
