#!/usr/bin/env bash
# Measures what a key costs: the top 10 and a submission, each with a key and open, taking turns on one service. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/access.sh [PLAYERS] [SECONDS] [TURNS]
#
# PLAYERS (default 10000) have a score on one board. Each turn lasts SECONDS (4), and there are TURNS (7) of each row. From the
# environment: WARM, seconds of warm-up per path (5); JAVA_OPTS; PORT; LAUREL_... as for the service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
source benchmarks/lib/turns.sh
players=${1:-10000} seconds=${2:-4} turns=${3:-7} warm=${WARM:-5}
top='/api/v1/boards/bench/rankings/daily?limit=10'
export PLAYERS=$players TARGET=/api/v1/boards/bench/scores
need wrk wrk

json() { curl -sf "$@" -H 'Content-Type: application/json'; }

make_data_folder
start_service
json -X PUT "$base/api/v1/boards/bench" -d '{"title":"Benchmark"}' >/dev/null
seq 0 $((players - 1)) | awk '{printf "{\"playerId\":\"p%012d\",\"score\":%d}\n", $1, $1 % 997}' | split -l 5000 - "$data/batch."
for batch in "$data"/batch.*; do
  curl -sf "$base/api/v1/boards/bench/scores/batch" -H 'Content-Type: application/x-ndjson' --data-binary @"$batch" >/dev/null
done
key=$(json "$base/api/v1/admin/keys" -d '{"name":"benchmark","scopes":["read","write"]}' | sed -n 's/^{"key":"\([^"]*\)".*/\1/p')
[ -n "$key" ] || { echo 'no key was made' >&2; exit 1; }
await_followers

for round in 1 2; do
  wrk -t2 -c64 -d"${warm}s" -s benchmarks/wrk/path.lua "$base$top" >/dev/null
  KEY=$key wrk -t2 -c64 -d"${warm}s" -s benchmarks/wrk/path.lua "$base$top" >/dev/null
  KEY=$key wrk -t2 -c64 -d"${warm}s" -s benchmarks/wrk/submit.lua "$base" >/dev/null
done
await_followers
for ((turn = 0; turn < turns; turn++)); do
  turn 'top 10, open' 64 path "$top"
  KEY=$key turn 'top 10 with a key' 64 path "$top"
done
for ((turn = 0; turn < turns; turn++)); do
  turn 'submission, open' 64 submit
  KEY=$key turn 'submission with a key' 64 submit
done

echo "$(machine); $players players, $turns turns of $seconds s"
echo
echo '| request | a second | open | p99, ms | open | ratio | wanted |'
echo '|---|---:|---:|---:|---:|---:|---|'
against 'top 10 with a key' 'top 10, open' 'at least 0.90'
against 'submission with a key' 'submission, open' 'at least 0.95'
