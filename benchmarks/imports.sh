#!/usr/bin/env bash
# Measures an import: rows a second that are checked, and that are applied and shown; memory; and the latency of a top 10 and of
# submissions meanwhile. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/imports.sh [ROWS] [PLAYERS]
#
# ROWS (default 1000000) of PLAYERS (100000) go into an empty board with five periods, first as a test (dryRun), then for good; 20 reads
# and 20 submissions a second to another board's worth of players go on meanwhile. From the environment: JAVA_OPTS; PORT; LAUREL_... as
# for the service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
rows=${1:-1000000} players=${2:-100000} board=bench
need psql postgresql-client
make_data_folder
json() { curl -sf "$@" -H 'Content-Type: application/json'; }

file=$data/rows.csv
awk -v rows="$rows" -v players="$players" 'BEGIN {srand(7); print "player,score"
  for (i = 0; i < rows; i++) printf "p%012d,%d\n", int(rand() * players), 1 + int(rand() * 1000)}' >"$file"

field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/p"; }

upload() { # further fields
  curl -sf -F file=@"$file" -F board=$board -F mode=EVENTS -F reason=benchmark -F author=benchmark "$@" \
    "$base/api/v1/imports" | field id
}

await() { # number of the import
  local state
  until state=$(curl -sf "$base/api/v1/imports/$1" | field state) && [[ $state == DONE* || $state == FAILED ]]; do sleep 0.2; done
  echo "$state"
}

latencies() { # file of seconds
  sort -n "$1" | awk '{t[NR] = 1000 * $1} END {printf "%.1f | %.1f | %.1f", t[int((NR + 1) / 2)], t[int(NR * 0.99 + 0.5)], t[NR]}'
}

ask() { while :; do curl -s -o /dev/null -w '%{time_total}\n' "$base/api/v1/boards/$board/rankings/daily?limit=10" >>"$data/reads"; sleep 0.05; done; }
submit() {
  local n=0
  while :; do
    curl -s -o /dev/null -w '%{time_total}\n' -X POST "$base/api/v1/boards/$board/scores" -H 'Content-Type: application/json' \
      -d "{\"playerId\":\"s$((n++ % 1000))\",\"score\":1}" >>"$data/writes"
    sleep 0.05
  done
}

start_service
json -X PUT "$base/api/v1/boards/$board" -d '{"title":"Benchmark","periods":["DAILY","WEEKLY","MONTHLY","YEARLY","ALL_TIME"]}' >/dev/null
json "$base/api/v1/boards/$board/scores" -d '{"playerId":"first","score":1}' >/dev/null
ask & reader=$!
submit & writer=$!
trap 'kill $reader $writer 2>/dev/null || true; stop_service; discard_data' EXIT
echo "| import of $rows rows | state | rows/s | rows/s with loading | heap MB |"
echo '|---|---|---|---|---|'
for kind in test real; do
  started=$EPOCHREALTIME
  id=$(upload $([[ $kind == test ]] && echo -F dryRun=true))
  state=$(await "$id")
  job=$(curl -sf "$base/api/v1/imports/$id")
  heap=$(curl -sf "$management/q/metrics" | awk '/^jvm_memory_used_bytes.*area="heap"/ {s += $2} END {printf "%d", s / 1048576}')
  awk -v kind=$kind -v state="$state" -v rate="$(field rate <<<"$job")" -v n="$rows" -v ms="$(field durationMs <<<"$job")" -v heap="$heap" \
    'BEGIN {printf "| %s | %s | %s | %.0f | %s |\n", kind, state, rate, n / (ms / 1000), heap}'
done
kill $reader $writer
echo
echo '| meanwhile | median ms | p99 ms | worst ms |'
echo '|---|---|---|---|'
echo "| top 10 | $(latencies "$data/reads") |"
echo "| submission | $(latencies "$data/writes") |"
