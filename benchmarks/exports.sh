#!/usr/bin/env bash
# Measures what clients that open an export and do not read it cost other clients: ranks and submissions at the same time,
# without and with them, in one run. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/exports.sh [CLIENTS] [PLAYERS] [SECONDS]
#
# CLIENTS (default 300) open an export of a board of PLAYERS (100000) and read nothing of it, while reads and submissions are
# measured for SECONDS (20). Their pace leaves the machine headroom: each of 16 connections waits PAUSE milliseconds (10) after a
# response. Also from the environment: WARM, seconds before the measurement (20); JAVA_OPTS; PORT; LAUREL_... as for the service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
source benchmarks/lib/rows.sh # for warm and p99
clients=${1:-300} players=${2:-100000} seconds=${3:-20} warm=${WARM:-20}
export PLAYERS=$players PAUSE=${PAUSE:-10} SUFFIX=''
export PREFIX=/api/v1/boards/exports/rankings/all_time/players/ TARGET=/api/v1/boards/exports/scores
need wrk wrk
make_data_folder

resident() { awk '/^VmRSS/ {printf "%.0f", $2 / 1024}' "/proc/$service/status"; }

both() { # name, [command]; ranks and submissions at once, one row each; the command runs a second after their start
  local name=$1 kind result
  wrk -t1 -c16 -d"${seconds}s" -s benchmarks/wrk/submit.lua "$base" >"$data/submission" &
  wrk -t1 -c16 -d"${seconds}s" -s benchmarks/wrk/player.lua "$base" >"$data/rank" &
  sleep 1
  ${2:-:}
  while pgrep -P $$ -x wrk >/dev/null; do sleep 0.2; done
  for kind in rank submission; do
    read -r -a result < <(sed -n 's/^RESULT //p' "$data/$kind")
    p99[$kind, $name]=${result[2]}
    printf '| %s, %s | %.0f | %s | %s | %s | %s |\n' "$kind" "$name" "${result[@]}"
  done
}

open_exports() { # keeps the connections until this shell ends
  local fd
  fds=()
  for _ in $(seq "$clients"); do
    exec {fd}<>"/dev/tcp/127.0.0.1/${base##*:}"
    printf 'GET /api/v1/boards/exports/rankings/all_time/export HTTP/1.1\r\nHost: localhost\r\n\r\n' >&"$fd"
    fds+=("$fd")
  done
}

first_words() { # of the received responses, counted
  local fd line
  for fd in "${fds[@]}"; do
    line=''
    read -r -t 1 -u "$fd" line || true
    echo "${line:0:12}"
  done | sort | uniq -c | sed 's/^ */- /'
}

echo "machine: $(machine)"
echo "run: $clients clients that do not read, $players players, $seconds s; all processes on this machine"
start_service
curl -sf -X PUT "$base/api/v1/boards/exports" -H 'Content-Type: application/json' -d '{"title":"Benchmark"}' >/dev/null
for ((from = 0; from < players; from += 10000)); do
  awk -v from="$from" -v players="$players" 'BEGIN {
    srand(from + 42)
    for (i = from; i < from + 10000 && i < players; i++) printf "{\"playerId\":\"p%012d\",\"score\":%d}\n", i, rand() * 10000}' |
    curl -sf "$base/api/v1/boards/exports/scores/batch" -H 'Content-Type: application/x-ndjson' --data-binary @- >/dev/null
done
for _ in 1 2 3; do curl -sf "$base/api/v1/boards/exports/rankings/all_time/export" | wc -c; done | tail -1 |
  sed 's/$/ bytes are one export/'
PAUSE=0 warm "$warm" player
PAUSE=0 warm "$warm" submit
echo
echo "| request | a second | p50, ms | p99, ms | p99.9, ms | refused or failed |"
echo "|---|---:|---:|---:|---:|---:|"
both "without"
before=$(resident)
(for _ in $(seq "$seconds"); do sleep 1; resident; echo; done >"$data/resident") &
both "exports not read" open_exports
echo
echo "resident memory of the service: $before MB before, $(sort -n "$data/resident" | tail -1) MB at most with exports"
echo "the $clients answers:"
first_words
echo
echo "| p99 | with exports, ms | without, ms | ratio | wanted |"
echo "|---|---:|---:|---:|---:|"
for kind in rank submission; do
  awk -v kind="$kind" -v a="${p99[$kind, exports not read]}" -v b="${p99[$kind, without]}" \
    'BEGIN {printf "| %s | %s | %s | %.2f | at most 2 |\n", kind, a, b, a / b}'
done
