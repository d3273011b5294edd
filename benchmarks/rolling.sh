#!/usr/bin/env bash
# Measures the cost of the last 7 and the last 30 days: submissions to a board with and without them, ranks in them, loading
# them, and past windows that PostgreSQL computes. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/rolling.sh [PLAYERS] [SECONDS]
#
# PLAYERS (default 100000) have had a score on each of the last 30 days. Each row is measured for SECONDS (10). From the
# environment: WARM, seconds of warm-up per path (8); JAVA_OPTS; PORT; LAUREL_... as for the service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
source benchmarks/lib/rows.sh
players=${1:-100000} seconds=${2:-10} warm=${WARM:-8}
five='"DAILY","WEEKLY","MONTHLY","YEARLY","ALL_TIME"'
export PLAYERS=$players SUFFIX=''
need wrk wrk
need redis-cli redis-tools
need psql postgresql-client
make_data_folder

since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.2f", b - a}'; }

board() { # name, periods
  curl -sf -X PUT "$base/api/v1/boards/$1" -H 'Content-Type: application/json' \
    -d "{\"title\":\"Benchmark\",\"periods\":[$2]}" >/dev/null
  curl -sf "$base/api/v1/boards/$1/scores" -H 'Content-Type: application/json' \
    -d '{"playerId":"p000000000000","score":1}' >/dev/null
  sql -v board="$(id "$1")" -v players="$players" -f benchmarks/sql/seed.sql >/dev/null
}

id() { sql -c "SELECT id FROM board WHERE name = '$1'"; }

await_redis() { # board, periods in addresses
  local period
  for period in $2; do
    until curl -sf "$base/api/v1/boards/$1/rankings/$period" | grep -q '"source":"REDIS"'; do sleep 0.05; done
  done
}

past() { # period; prints the median of three times
  local started
  for back in 2 3 4; do
    started=$EPOCHREALTIME
    curl -sf "$base/api/v1/boards/rolling/rankings/$1?window=$(date -u -d "$back days ago" +%F)&offset=$back" |
      grep -q '"source":"POSTGRES"'
    since "$started"
    echo
  done | sort -n | sed -n 2p
}

echo "machine: $(machine)"
echo "run: $players players, $seconds s for each row after $warm s of warm-up; all processes on this machine"
start_service
board plain "$five"
board rolling "$five,\"LAST_7_DAYS\",\"LAST_30_DAYS\""
sql -v board="$(id rolling)" -v players="$players" -f benchmarks/sql/days.sql >/dev/null
redis-cli -p "$redis_port" FLUSHALL >/dev/null
started=$EPOCHREALTIME
await_redis plain "daily weekly monthly yearly all_time"
await_redis rolling "daily weekly monthly yearly all_time last_7_days last_30_days"
echo "twelve windows loaded into Redis: $(since "$started") s"
echo
header
for board in plain rolling; do
  export TARGET=/api/v1/boards/$board/scores
  warm "$warm" submit
  measure "submission, board $board" 64 submit
  measure "submission, board $board" 256 submit
done
for period in daily last_7_days last_30_days; do
  export PREFIX=/api/v1/boards/rolling/rankings/$period/players/
  warm "$warm" player
  measure "rank of a player, $period" 64 player
done
echo
echo "a past page of 7 days: $(past last_7_days) s, of 30 days: $(past last_30_days) s"
echo
echo "| ratio | measured | its floor | | wanted |"
echo "|---|---:|---:|---:|---:|"
for connections in 64 256; do
  ratio "submissions with rolling periods to those without, connections: $connections" \
    "${rate[submission, board rolling/$connections]}" "${rate[submission, board plain/$connections]}"
done
ratio "rank in 7 days to rank in a day" "${rate[rank of a player, last_7_days/64]}" "${rate[rank of a player, daily/64]}"
