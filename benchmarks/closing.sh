#!/usr/bin/env bash
# Closes a window of many players, first alone, then while ranks and top lists of another window are read. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/closing.sh [PLAYERS] [CONNECTIONS]
#
# PLAYERS defaults to 1000000, and CONNECTIONS of each of the two generators to 16. From the environment: PAUSE, milliseconds
# that each connection waits before its next request (10; 0 for no wait); JAVA_OPTS; PORT; LAUREL_... as for the service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
players=${1:-1000000} connections=${2:-16} board=pomodoro
rankings=/api/v1/boards/$board/rankings/all_time
export PAUSE=${PAUSE:-10} PLAYERS=$players PREFIX="$rankings/players/" SUFFIX=''
need wrk wrk
need redis-cli redis-tools
need psql postgresql-client
make_data_folder

since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.1f", b - a}'; }

await_redis() {
  for period in daily weekly monthly yearly all_time; do
    until curl -sf "$base${rankings%/*}/$period" | grep -q '"source":"REDIS"'; do sleep 0.2; done
  done
}

# All players enter the current window of the day.
fill_day() {
  sql -c "UPDATE standing SET d_window = (SELECT max(window_key) FROM board_window WHERE board_id = $board_id AND period = 1),
      d_score = a_score, d_at = a_at WHERE board_id = $board_id" -c "VACUUM ANALYZE standing" >/dev/null
  redis-cli -p "$redis_port" FLUSHALL >/dev/null
  await_redis
}

close_day() { # prints how long it took
  local started=$EPOCHREALTIME archived
  archived=$(curl -sf -X POST "$base/api/redis-leaderboard/admin/reset/daily" | sed 's/.*"archived":\([0-9]*\).*/\1/')
  [ "$archived" = "$players" ] || { echo "archived $archived of $players" >&2; exit 1; }
  since "$started"
}

event() {
  curl -sf "$base/api/v1/boards/$board/scores" -H 'Content-Type: application/json' \
    -d '{"playerId":"p000000000000","score":1}' >/dev/null
}

read_for() { # seconds
  wrk -t1 -c"$connections" -d"$1s" -s benchmarks/wrk/player.lua "$base" >"$data/ranks" &
  wrk -t1 -c"$connections" -d"$1s" -s benchmarks/wrk/path.lua "$base$rankings" >"$data/tops"
  wait $!
}

row() { # text, file
  local result
  # rate, p50, p99, p99.9, errors
  read -r -a result < <(sed -n 's/^RESULT //p' "$data/$2")
  printf '| %s | %.0f | %s | %s | %s | %s |\n' "$1" "${result[@]}"
}

echo "machine: $(machine)"
echo "run: a day of $players players is closed; 2 x $connections connections that wait $PAUSE ms; all processes on this machine"
start_service
event
board_id=$(sql -c "SELECT id FROM board WHERE name = '$board'")
sql -v board="$board_id" -v players="$players" -f benchmarks/sql/seed.sql >/dev/null
fill_day
alone=$(close_day)
event
fill_day
read_for 8
echo
echo "| read | a second | p50, ms | p99, ms | p99.9, ms | failed |"
echo "|---|---:|---:|---:|---:|---:|"
read_for 10
row "rank of a player, nothing is closed" ranks
row "top 10, nothing is closed" tops
read_for "$(awk -v t="$alone" 'BEGIN {printf "%d", t + 1}')" &
reads=$!
under_reads=$(close_day)
wait "$reads"
row "rank of a player while the day is closed" ranks
row "top 10 while the day is closed" tops
echo
echo "closed in $alone s alone, in $under_reads s under these reads (at most 60 s wanted; p99 of reads at most 50 ms)"
