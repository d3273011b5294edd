#!/usr/bin/env bash
# What the index behind GET /players/{player}/events costs those who submit: the same service with and without it, in turns.
# Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/player-events.sh [ROUNDS] [SECONDS]
#
# Each row is measured ROUNDS times (3) for SECONDS (4), with the index and without; the figures are medians. From the environment:
# PLAYERS (100000), EVENTS that they have sent before (1000000); WARM, seconds of warm-up (8); JAVA_OPTS; PORT; LAUREL_... as for the
# service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
source benchmarks/lib/rows.sh # for warm
source benchmarks/lib/turns.sh
rounds=${1:-3} seconds=${2:-4} events=${EVENTS:-1000000} board=bench
export PLAYERS=${PLAYERS:-100000}
need wrk wrk
need psql postgresql-client
make_data_folder

fill() {
  curl -sf -X PUT "$base/api/v1/boards/$board" -H 'Content-Type: application/json' -d '{"title":"Benchmark"}' >/dev/null
  curl -sf "$base/api/v1/boards/$board/scores" -H 'Content-Type: application/json' \
    -d '{"playerId":"p000000000000","score":1}' >/dev/null
  local id
  id=$(sql -c "SELECT id FROM board WHERE name = '$board'")
  sql -v board="$id" -v players="$PLAYERS" -f benchmarks/sql/seed.sql >/dev/null
  sql -c "INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at)
          SELECT e.board_id, e.player_id, 0, e.occurred_ms, now() FROM score_event e, generate_series(2, $events / $PLAYERS)
          WHERE e.board_id = $id" -c "VACUUM ANALYZE score_event" >/dev/null
}

# Of the ledger and all its partitions.
with_index() { sql -c "CREATE INDEX IF NOT EXISTS score_event_player ON score_event (board_id, player_id, id)" -c CHECKPOINT; }
without_index() { sql -c "DROP INDEX IF EXISTS score_event_player" -c CHECKPOINT; }

turn_of() { # with, without
  "$1_index"
  TARGET=$scores turn "submission, $1" 64 submit
  TARGET=$scores/batch EVENTS=100 turn "batch of 100, $1" 16 batch
}

echo "machine: $(machine)"
echo "run: $PLAYERS players, $events events, $rounds turns of $seconds s, medians; all processes on this machine"
start_service
fill
await_followers
scores=/api/v1/boards/$board/scores
export TARGET EVENTS
TARGET=$scores warm "${WARM:-8}" submit
TARGET=$scores/batch EVENTS=100 warm "${WARM:-8}" batch
for round in $(seq "$rounds"); do
  order=(with without)
  ((round % 2)) || order=(without with)
  for side in "${order[@]}"; do turn_of "$side"; done
done
echo
echo "| request | with the index, a second | without, a second | with, p99 ms | without, p99 ms | ratio of rates | wanted |"
echo "|---|---:|---:|---:|---:|---:|---|"
for row in submission "batch of 100"; do against "$row, with" "$row, without" "at least 0.90"; done
with_index
await_followers
echo
echo "| request | a second | p50, ms | p99, ms | failed |"
echo "|---|---:|---:|---:|---:|"
PREFIX=/api/v1/players/ SUFFIX="/events?board=$board&limit=50" warm 4 player
read -r -a result < <(PREFIX=/api/v1/players/ SUFFIX="/events?board=$board&limit=50" wrk -t1 -c1 -d"${seconds}s" \
  -s benchmarks/wrk/player.lua "$base" | sed -n 's/^RESULT //p')
printf '| the newest 50 events of a player | %.0f | %s | %s | %s |\n' "${result[@]:0:3}" "${result[4]}"
PREFIX=/api/v1/players/ SUFFIX="/eligibility?board=$board" warm 4 player
for players in 1 "$PLAYERS"; do
  read -r -a result < <(PLAYERS=$players PREFIX=/api/v1/players/ SUFFIX="/eligibility?board=$board" wrk -t1 -c1 -d"${seconds}s" \
    -s benchmarks/wrk/player.lua "$base" | sed -n 's/^RESULT //p')
  printf '| the check of eligibility, of %s | %.0f | %s | %s | %s |\n' \
    "$([ "$players" = 1 ] && echo 'one player, cached' || echo 'random players, mostly for the first time')" "${result[@]:0:3}" "${result[4]}"
done
