#!/usr/bin/env bash
# Measures the two layouts of current standings in PostgreSQL that ADR 0002 compares, and the second one also with an index that
# returns rankings in order:
#
#   slots         one row for each player, with the five current windows inside: the migrations as they are
#   rows          one row for each window and player (rows.sql)
#   rows-indexed  the same with an index on the score
#
#   benchmarks/layouts/run.sh [SECONDS] [LAYOUT...]
#
# Uses the embedded PostgreSQL of the packaged service (mvn -DskipTests package), which commits with fsync and
# synchronous_commit on, or the database named by DATABASE_URL, where it creates and drops a schema per layout.
set -euo pipefail
source "$(dirname "$0")/../lib/common.sh"
here=$root/benchmarks/layouts
seconds=${1:-5}
layouts=("${@:2}")
[ ${#layouts[@]} -gt 0 ] || layouts=(slots rows rows-indexed)
players=100000 closing=${CLOSING:-1000000}
need psql postgresql-client
need pgbench postgresql-contrib
make_data_folder
if [ -n "${DATABASE_URL:-}" ]; then export PGDATABASE=$DATABASE_URL; else start_service; fi

seed() { # players
  sql -c "TRUNCATE $table, score_event"
  sql -v players="$1" -f "$here/${layout%-indexed}-seed.sql"
  sql -c "VACUUM ANALYZE $table" -c CHECKPOINT
}

bytes() { sql -c "SELECT pg_total_relation_size('$table') / $1"; }

submissions() { # batch size, connections
  sql -v board=1 -v players=$players -v lanes="$2" -v size="$1" -f "$root/benchmarks/sql/batches.sql"
  pgbench -n -M prepared -c "$2" -j "$2" -T "$seconds" -f "$here/submit.pgbench" | tps |
    awk -v size="$1" '{printf "%.0f", $1 * size}'
}

# Every event of the ledger must have been counted in every row it belongs to.
check_submissions() {
  local each=1
  [ "$layout" = slots ] || each=5
  [ "$(sql -c "SELECT (SELECT sum(version - 1) FROM $table) = $each * (SELECT count(*) FROM score_event)")" = t ] ||
    { echo "events were lost" >&2; exit 1; }
}

# Milliseconds per read of the daily window, one reader.
read_ms() { # name of the query, offset, limit
  cat "$here/${layout%-indexed}-live.sql" "$here/$1.sql" |
    if [ "$layout" = rows-indexed ]; then sed 's/AS MATERIALIZED/AS NOT MATERIALIZED/'; else cat; fi |
    tr '\n' ' ' >"$data/read.pgbench"
  sed -i '1i \\\\set player random(0, 99999)' "$data/read.pgbench"
  pgbench -n -M prepared -T "$seconds" -D window="$daily" -D first="${2:-0}" -D limit="${3:-0}" \
    -f "$data/read.pgbench" | awk '/latency average/ {printf "%.1f", $4}'
}

# Seconds to write the final ranking of the daily window and to release its rows.
close_seconds() {
  local started=$EPOCHREALTIME
  sql -c "SELECT begin_closing(1, 1::smallint, $daily, 'ROLLOVER')" \
    -c "SELECT finish_closing(1, 1::smallint, $daily, now())" >"$data/closed"
  [ "$(tail -1 "$data/closed")" = "$closing" ] || { echo "closed $(tail -1 "$data/closed") places" >&2; exit 1; }
  awk -v a="$started" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.1f", b - a}'
  sql -c "UPDATE board_window SET state = 'OPEN'" -c "TRUNCATE final_standing"
}

# The other case of closing: every player has entered the next window, so the old standings have moved.
leave_window() {
  sql -c "INSERT INTO window_standing SELECT 1, 1, d_window, player_id, d_score, d_at FROM standing" \
    -c "UPDATE standing SET d_window = d_window + 86400000::bigint * 1024" \
    -c "VACUUM ANALYZE standing, window_standing" -c CHECKPOINT
}

add() { # command whose output is the next column
  local column
  column=$("$@")
  results+=("$column")
}

measure() {
  local size connections
  results=()
  create_schema "bench_${layout//-/_}"
  table=standing
  if [ "$layout" != slots ]; then
    table=standing_row
    sql -f "$here/rows.sql"
  fi
  if [ "$layout" = rows-indexed ]; then
    sql -c "CREATE INDEX ON standing_row (board_id, period, window_key, (score * -1::bigint), reached_at, player_id)"
  fi
  sql -f "$here/board.sql"
  daily=$(sql -c "SELECT window_key FROM board_window WHERE period = 1")
  seed $players
  add bytes $players
  for size in 32 128; do
    for connections in 1 2 4; do add submissions "$size" "$connections"; done
  done
  check_submissions
  add bytes $players
  add read_ms rank
  add read_ms page 0 10
  add read_ms page 50000 50
  seed "$closing"
  add close_seconds
  if [ "$layout" = slots ]; then
    leave_window
    add close_seconds
  else
    results+=("${results[-1]}")
  fi
  printf '| %s |' "$layout" "${results[@]}" | sed 's/||/|/g'
  echo
  unset PGOPTIONS
  sql -c "SET client_min_messages = warning" -c "DROP SCHEMA bench_${layout//-/_} CASCADE"
}

echo "machine: $(machine)"
sql -F ' ' -c "SELECT 'PostgreSQL', current_setting('server_version'), 'fsync', current_setting('fsync'),
  'synchronous_commit', current_setting('synchronous_commit'), 'shared_buffers', current_setting('shared_buffers')"
echo "run: $players players, $seconds s each; closing: $closing players, once"
echo
echo "| layout | bytes a player, fresh | events/s, batches of 32, 1 connection | 2 | 4 | batches of 128, 1 connection | 2 | 4 | bytes a player after it | rank, ms | top 10, ms | page at 50,000, ms | closing, all in the current row, s | closing, all gone on, s |"
echo "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
for layout in "${layouts[@]}"; do measure; done
