#!/usr/bin/env bash
# Measures reads and submissions of the packaged service on its embedded stores, beside the server's own floor: the same
# server answering fixed bytes, in the same run. Needs wrk and a build (mvn -DskipTests package).
#
#   benchmarks/reads.sh [PLAYERS] [SECONDS] [CONNECTIONS]
set -euo pipefail
cd "$(dirname "$0")/.."
players=${1:-100000} seconds=${2:-15} connections=${3:-64}
port=${PORT:-18080} base=http://127.0.0.1:$port board=bench
command -v wrk >/dev/null || { echo "wrk is needed (Debian package wrk)"; exit 2; }
data=$(mktemp -d "${TMPDIR:-/tmp}/laurel-bench.XXXXXX")

java ${JAVA_OPTS:-} -Dquarkus.http.port="$port" -Dlaurel.embedded.data-dir="$data/stores" \
  -jar target/quarkus-app/quarkus-run.jar >"$data/service.log" 2>&1 &
service=$!
trap 'kill "$service" 2>/dev/null; wait "$service" 2>/dev/null; rm -rf "$data"' EXIT
for _ in $(seq 300); do curl -sf "$base/q/health/ready" >/dev/null && break; sleep 0.2; done

echo "machine: $(nproc) cores, $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | sed 's/^ //'), $(java -version 2>&1 | sed -n 2p)"
echo "run: $players players, $connections connections, $seconds s each; generator, service and stores share the machine"
curl -sf -X PUT "$base/api/v1/boards/$board" -H 'Content-Type: application/json' -d '{"title":"Benchmark"}' >/dev/null
java benchmarks/Seed.java "$base" "$board" "$players"

rankings=/api/v1/boards/$board/rankings/all_time
floor=
measure() { # name, path or - for a script, script
  local name=$1 path=$2 script=${3:-} out rate
  out=$(wrk -t2 -c"$connections" -d"${seconds}s" --latency ${script:+-s "$script"} "$base$path")
  rate=$(awk '/Requests\/sec/ {print $2}' <<<"$out")
  [ -n "$floor" ] || floor=$rate
  printf '%-22s %9.0f /s  p50 %-9s p99 %-9s of fixed bytes %4.0f %%  errors %s\n' "$name" "$rate" \
    "$(awk '/^ +50%/ {print $2}' <<<"$out")" "$(awk '/^ +99%/ {print $2}' <<<"$out")" \
    "$(awk -v a="$rate" -v b="$floor" 'BEGIN {print 100 * a / b}')" \
    "$(grep -cE 'Non-2xx|Socket errors' <<<"$out" || true)"
}
export PLAYERS=$players PREFIX="$rankings/players/" TARGET="/api/v1/boards/$board/scores"
# Once without measuring, so that every path is compiled.
for script in benchmarks/random-player.lua benchmarks/submit.lua; do
  wrk -t2 -c"$connections" -d5s -s "$script" "$base" >/dev/null
done
wrk -t2 -c"$connections" -d5s "$base/api/v1" >/dev/null
wrk -t2 -c"$connections" -d5s "$base$rankings" >/dev/null

measure "fixed bytes" /api/v1
measure "top 10" "$rankings"
measure "rank of a player" "" benchmarks/random-player.lua
export SUFFIX=/neighbours
measure "neighbours, 11 rows" "" benchmarks/random-player.lua
measure "submission, 5 periods" "" benchmarks/submit.lua
echo "resident memory of the service: $(awk '/VmRSS/ {printf "%.0f MB", $2 / 1024}' "/proc/$service/status")"
