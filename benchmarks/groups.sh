#!/usr/bin/env bash
# Measures groups and segments: pages and places in segments, small ones and one of half the players that its board declares; the
# standings of a player over all boards; rankings and statistics of groups; the search for players; and what groups and declared
# segments cost those who submit. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/groups.sh [PLAYERS] [GROUPS] [EVENTS] [SECONDS]
#
# PLAYERS (default 100000) are spread evenly over GROUPS (1000) groups of one kind and have sent EVENTS (1000000) events. Half of
# them live in VN. Each row is measured for SECONDS (6). From the environment: WARM, seconds of warm-up per path (4); JAVA_OPTS;
# PORT; LAUREL_... as for the service.
#
# On a machine that others use, in two parts: PHASE=load STATE=file benchmarks/groups.sh … leaves the service running, and
# PHASE=measure STATE=file benchmarks/groups.sh … measures and ends it.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
source benchmarks/lib/rows.sh
players=${1:-100000} groups=${2:-1000} events=${3:-1000000} seconds=${4:-6} warm=${WARM:-4} phase=${PHASE:-all}
boards=(bench declared other1 other2)
export PLAYERS=$players SUFFIX='' PREFIX='' TARGET='' GROUP_COUNT=$groups
need wrk wrk
need psql postgresql-client

json() { curl -sf "$@" -H 'Content-Type: application/json'; }

fill() { # board, definition
  json -X PUT "$base/api/v1/boards/$1" -d "$2" >/dev/null
  json "$base/api/v1/boards/$1/scores" -d '{"playerId":"p000000000000","score":1}' >/dev/null
  local id
  id=$(sql -c "SELECT id FROM board WHERE name = '$1'")
  sql -v board="$id" -v players="$players" -f benchmarks/sql/seed.sql >/dev/null
}

# Attributes and names as the service would write them: a record for each player, with two words in the name.
records() {
  sql -c "INSERT INTO player (tenant_id, id, display_name, attributes, visibility, words, revision, created_at, updated_at)
          SELECT 1, 'p' || lpad(n::text, 12, '0'), initcap(a || ' ' || b),
              jsonb_build_object('country', CASE WHEN n % 2 = 0 THEN 'VN' ELSE 'C' || n % 50 END), 'PUBLIC', a || ' ' || b, 1,
              now(), now()
          FROM generate_series(0, $players - 1) AS n,
              LATERAL (SELECT left(md5('a' || n), 6) AS a, left(md5('b' || n), 6) AS b) AS name" \
    -c "VACUUM ANALYZE player" -c "VACUUM ANALYZE player_word" >/dev/null
}

more_events() {
  sql -c "INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at)
          SELECT e.board_id, e.player_id, 0, e.occurred_ms, now()
          FROM score_event e JOIN board b ON b.id = e.board_id, generate_series(2, $events / $players)
          WHERE b.name = 'bench'" -c "VACUUM ANALYZE score_event" >/dev/null
}

# Through the interface, as an application would: a group, and its members in one call.
group() {
  local n
  for ((n = 0; n < groups; n++)); do
    local id
    id=$(printf 'g%05d' "$n")
    json -X PUT "$base/api/v1/groups/class/$id" -d "{\"title\":\"Class $n\"}" >/dev/null
    seq "$n" "$groups" $((players - 1)) | awk -v q='"' '{printf "%s%sp%012d%s", (NR > 1 ? "," : ""), q, $1, q}' |
      sed 's/^/{"change":"REPLACE","playerIds":[/; s/$/]}/' |
      json "$base/api/v1/groups/class/$id/members" -d @- >/dev/null
  done
  sql -c "VACUUM ANALYZE membership" -c "VACUUM ANALYZE player_group"
}

since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.2f", b - a}'; }

await_redis() {
  local board
  redis-cli -p "$redis_port" FLUSHALL >/dev/null
  for board in "${boards[@]}"; do
    until curl -sf "$base/api/v1/boards/$board/rankings/weekly" | grep -q '"source":"REDIS"'; do sleep 0.05; done
  done
}

load() {
  local board
  # A lock that the caller holds is not for the service to keep.
  start_service 6>&- 7>&- 8>&- 9>&-
  for board in "${boards[@]}"; do
    if [ "$board" = declared ]; then
      fill "$board" '{"title":"Benchmark","segments":["country"]}'
    else
      fill "$board" '{"title":"Benchmark"}'
    fi
  done
  more_events
  records
  started=$EPOCHREALTIME
  group
  written=$(since "$started")
  await_redis
  started=$EPOCHREALTIME
  await_followers
  followed=$(since "$started")
}

# Requests whose time does not count, so that what is measured next has been compiled.
unmeasured() {
  sed "s|.*|url = \"$base&\"\noutput = /dev/null|" >"$data/urls"
  curl -s -K "$data/urls"
}

# One request after the other on one connection: median and p99 in milliseconds. Addresses come from the standard input.
each() { # name
  sed "s|.*|url = \"$base&\"\noutput = /dev/null\nwrite-out = \"%{http_code} %{time_total}\\\\n\"|" >"$data/urls"
  curl -s -K "$data/urls" >"$data/times"
  ! grep -vq '^200' "$data/times" || { echo "$1 failed" >&2; exit 1; }
  sort -k2 -n "$data/times" | awk -v name="$1" '{t[NR] = 1000 * $2}
    END {printf "| %s | %d | %.2f | %.2f |\n", name, NR, t[int((NR + 1) / 2)], t[int(NR * 0.99 + 0.5)]}'
}

for_groups() { # address with {} for the group
  local n
  for ((n = 0; n < groups; n++)); do echo "${1//\{\}/$(printf 'g%05d' "$n")}"; done
}

for_players() { # how many, address with {} for the player, which player is the first
  local n
  for ((n = 0; n < $1; n++)); do echo "${2//\{\}/$(printf 'p%012d' $(((n * 7919 + ${3:-0}) % players)))}"; done
}

prefixes() { # every fifth of all with three hexadecimal digits, from which one on
  local n
  for ((n = ${1:-0}; n < 4096; n += 5)); do echo "/api/v1/players?search=$(printf '%03x' "$n")&limit=20"; done
}

pages() { # how many, address: each begins elsewhere, so that none is a finished response
  local n
  for ((n = 0; n < $1; n++)); do echo "$2&offset=$((n * 37 % (players / 3)))"; done
}

ranking() { # name, rollup; after what is cached has passed
  local started
  sleep 1.5
  started=$EPOCHREALTIME
  curl -sf "$base/api/v1/boards/bench/group-rankings/weekly?kind=class&rollup=$2" >/dev/null
  echo "| ranking of $groups groups by $1 | $(since "$started") s |"
}

submissions() { # name, board
  TARGET=/api/v1/boards/$2/scores measure "$1" 64 submit
}

# Somebody reads the segment all the time, so that its changes are logged.
follow() {
  while true; do
    curl -s -o /dev/null "$base$large" || true
    sleep 0.1
  done
}

measure_all() {
  local weekly=/api/v1/boards/bench/rankings/weekly declared=/api/v1/boards/declared/rankings/weekly follower
  large="$declared?limit=10&segment=country:VN"
  echo "machine: $(machine)"
  echo "run: $players players, $groups groups, $events events, $seconds s for each row after $warm s of warm-up; all processes on" \
    "this machine"
  echo
  echo "$groups groups and $players memberships written: $written s; followers then caught up in $followed s"
  echo
  header
  TARGET=/api/v1/boards/bench/scores warm "$warm" submit
  TARGET=/api/v1/boards/declared/scores warm "$warm" submit
  for turn in first second; do
    submissions "submission, $turn turn" bench
    submissions "submission, board declares a segment, $turn turn" declared
    follow &
    follower=$!
    submissions "submission, the segment is being read, $turn turn" declared
    kill "$follower"
    wait "$follower" 2>/dev/null || true
  done
  await_followers
  warm "$warm" path "$weekly?limit=10"
  measure "page of the board" 64 path "$weekly?limit=10"
  export PREFIX="$weekly?limit=10&segment=class:"
  warm "$warm" group
  measure "page of a segment of $((players / groups))" 64 group
  warm 2 path "$large"
  measure "page of a segment of $((players / 2))" 64 path "$large"
  export PREFIX=$declared/players/ SUFFIX="?segment=country:VN"
  warm 2 player
  measure "a player in a segment of $((players / 2))" 64 player
  echo
  echo "| request, one after the other | requests | p50, ms | p99, ms |"
  echo "|---|---:|---:|---:|"
  for_groups "$weekly?limit=10&segment=class:{}" | each "page of a segment of $((players / groups))"
  pages 500 "$large" | each "pages of a segment of $((players / 2))"
  (TARGET=/api/v1/boards/declared/scores wrk -t1 -c4 -d8s -s benchmarks/wrk/submit.lua "$base" >/dev/null) &
  follower=$!
  pages 500 "$large" | each "the same while four clients submit to its board"
  pages 500 "$declared?limit=10" | each "pages of the whole board meanwhile"
  wait "$follower"
  await_followers
  of_player="/api/v1/players/{}/standings?boards=$(IFS=,; echo "${boards[*]}")"
  for_players 5000 "$of_player" 1 | unmeasured
  for_players 1000 "$of_player" | each "standings of a player on all boards and periods"
  prefixes 1 | unmeasured
  prefixes | each "search for players"
  for_groups "/api/v1/groups/class/{}/statistics?board=bench&period=daily" | unmeasured
  for_groups "/api/v1/groups/class/{}/statistics?board=bench&period=weekly" | each "statistics of a group, uncached"
  for_groups "/api/v1/groups/class/{}/statistics?board=bench&period=weekly" | each "statistics of a group, cached"
  echo
  echo "| request | time |"
  echo "|---|---:|"
  ranking sum SUM
  ranking mean AVERAGE
  ranking "the best three" BEST_K
  sql -c "UPDATE membership SET joined_at = '1970-01-01'" -c "VACUUM ANALYZE membership"
  json -X PUT "$base/api/v1/boards/bench" -d '{"title":"Benchmark","groupPoints":"STAY"}' >/dev/null
  ranking "sum, where points stay" SUM
  echo
  echo "| ratio | measured | its floor | | wanted |"
  echo "|---|---:|---:|---:|---:|"
  for turn in first second; do
    ratio "submissions to a board that declares a segment, $turn turn" \
      "${rate[submission, board declares a segment, $turn turn/64]}" "${rate[submission, $turn turn/64]}" 71
    ratio "submissions while the segment is being read, $turn turn" \
      "${rate[submission, the segment is being read, $turn turn/64]}" "${rate[submission, $turn turn/64]}" 71
  done
}

if [ "$phase" != measure ]; then
  make_data_folder
  load
fi
if [ "$phase" = load ]; then
  trap - EXIT
  declare -p base management service redis postgres redis_port data written followed PGHOST PGPORT PGUSER PGDATABASE PGPASSWORD \
    REDISCLI_AUTH >"$STATE"
  exit
fi
if [ "$phase" = measure ]; then
  source "$STATE"
  trap 'kill "$service"; while kill -0 "$service" 2>/dev/null; do sleep 0.1; done; rm -rf "$data"' EXIT
fi
measure_all
