#!/usr/bin/env bash
# Compares /api/redis-leaderboard with /api/v1 in one run: a top list with a top list, and all periods of a user with a rank in
# one period. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/first-interface.sh [ROUNDS] [SECONDS]
#
# Each row is measured ROUNDS times (5) for SECONDS (5) in turns. From the environment: PLAYERS (20000), each with one score;
# WARM, seconds of warm-up per path (10); JAVA_OPTS; PORT, and the one after it; LAUREL_... as for the service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
source benchmarks/lib/rows.sh # for warm
source benchmarks/lib/turns.sh
rounds=${1:-5} seconds=${2:-5} warm=${WARM:-10}
export PLAYERS=${PLAYERS:-20000} PREFIX SUFFIX=''
need wrk wrk
make_data_folder
first=/api/redis-leaderboard ours=/api/v1/boards/pomodoro

seed() {
  local from
  for from in $(seq 0 4000 $((PLAYERS - 1))); do
    seq "$from" $((from + 3999 < PLAYERS ? from + 3999 : PLAYERS - 1)) |
      awk '{printf "{\"playerId\":\"p%012d\",\"score\":%d}\n", $1, $1 * 7919 % 10007}' |
      curl -sf "$base$ours/scores/batch" -H 'Content-Type: application/x-ndjson' --data-binary @- >/dev/null
  done
}

each_row() { # command
  "$1" "top 10, first interface" path "$first/daily"
  "$1" "top 10, /api/v1" path "$ours/rankings/daily"
  PREFIX=$first/user/ "$1" "a user in all periods, first interface" player
  PREFIX=$ours/rankings/daily/players/ "$1" "rank of a player, /api/v1" player
}
warm_row() { warm "$warm" "$2" "${3:-}"; }
turn_row() { turn "$1" 64 "$2" "${3:-}"; }

echo "machine: $(machine)"
echo "run: $PLAYERS players, 64 connections, $rounds turns of $seconds s for each row, medians; all processes on this machine"
start_service
seed
each_row warm_row
for _ in $(seq "$rounds"); do each_row turn_row; done
echo
echo "| request | a second | the other, a second | p99, ms | the other's | ratio of rates | wanted |"
echo "|---|---:|---:|---:|---:|---:|---|"
against "top 10, first interface" "top 10, /api/v1" "at least 0.95"
against "a user in all periods, first interface" "rank of a player, /api/v1" "at least 0.50"
