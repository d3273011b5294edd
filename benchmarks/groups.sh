#!/usr/bin/env bash
# Measures groups and segments: a page of a segment next to one of the board, a player's place in a segment, rankings and statistics
# of groups, and what groups cost those who submit. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/groups.sh [PLAYERS] [GROUPS] [EVENTS] [SECONDS]
#
# PLAYERS (default 100000) are spread evenly over GROUPS (1000) groups of one kind and have sent EVENTS (1000000) events. Each row is
# measured for SECONDS (10). From the environment: WARM, seconds of warm-up per path (8); JAVA_OPTS; PORT; LAUREL_... as for the
# service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
source benchmarks/lib/rows.sh
players=${1:-100000} groups=${2:-1000} events=${3:-1000000} seconds=${4:-10} warm=${WARM:-8} board=bench
export PLAYERS=$players SUFFIX='' PREFIX='' TARGET=/api/v1/boards/bench/scores
need wrk wrk
need psql postgresql-client
make_data_folder

json() { curl -sf "$@" -H 'Content-Type: application/json'; }

fill() {
  json -X PUT "$base/api/v1/boards/$board" -d '{"title":"Benchmark"}' >/dev/null
  json "$base/api/v1/boards/$board/scores" -d '{"playerId":"p000000000000","score":1}' >/dev/null
  local id
  id=$(sql -c "SELECT id FROM board WHERE name = '$board'")
  sql -v board="$id" -v players="$players" -f benchmarks/sql/seed.sql >/dev/null
  sql -c "INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at)
          SELECT e.board_id, e.player_id, 0, e.occurred_ms, now() FROM score_event e, generate_series(2, $events / $players)
          WHERE e.board_id = $id" -c "VACUUM ANALYZE score_event" >/dev/null
  redis-cli -p "$redis_port" FLUSHALL >/dev/null
  until curl -sf "$base/api/v1/boards/$board/rankings/weekly" | grep -q '"source":"REDIS"'; do sleep 0.05; done
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

# One request after the other on one connection, each for another group: median and p99 in milliseconds.
each_group() { # name, address with {} for the group
  local n
  for ((n = 0; n < groups; n++)); do
    printf 'url = "%s"\noutput = /dev/null\nwrite-out = "%%{http_code} %%{time_total}\\n"\n' \
      "$base${2//\{\}/$(printf 'g%05d' "$n")}"
  done >"$data/urls"
  curl -s -K "$data/urls" >"$data/times"
  ! grep -vq '^200' "$data/times" || { echo "$1 failed" >&2; exit 1; }
  sort -k2 -n "$data/times" | awk -v name="$1" '{t[NR] = 1000 * $2}
    END {printf "| %s | %d | %.2f | %.2f |\n", name, NR, t[int((NR + 1) / 2)], t[int(NR * 0.99 + 0.5)]}'
}

ranking() { # name, rollup; after what is cached has passed
  local started
  sleep 1.5
  started=$EPOCHREALTIME
  curl -sf "$base/api/v1/boards/$board/group-rankings/weekly?kind=class&rollup=$2" >/dev/null
  echo "| ranking of $groups groups by $1 | $(since "$started") s |"
}

echo "machine: $(machine)"
echo "run: $players players, $groups groups, $events events, $seconds s for each row after $warm s of warm-up; all processes on this machine"
start_service
fill
echo
header
warm "$warm" submit
measure "submission, no groups" 64 submit
started=$EPOCHREALTIME
group
echo
echo "$groups groups and $players memberships written: $(since "$started") s"
echo
header
measure "submission, with groups" 64 submit
export GROUP_COUNT=$groups
statistics="/api/v1/groups/class/{}/statistics?board=$board&period=weekly"
segment="/api/v1/boards/$board/rankings/weekly?limit=10&segment=class:"
measure_path() { # name, connections, address
  warm "$warm" path "$3"
  measure "$1" "$2" path "$3"
}
measure_path "page of the board" 1 "/api/v1/boards/$board/rankings/weekly?limit=10"
measure_path "page of the board" 64 "/api/v1/boards/$board/rankings/weekly?limit=10"
export PREFIX=$segment
warm "$warm" group
measure "page of a segment" 1 group
measure "page of a segment" 64 group
measure_path "page of one segment" 64 "${segment}g00000"
export PREFIX=/api/v1/boards/$board/rankings/weekly/players/ SUFFIX="?segment=class:g00000"
warm "$warm" player
measure "a player in a segment" 64 player
echo
echo "| request, one after the other | requests | p50, ms | p99, ms |"
echo "|---|---:|---:|---:|"
each_group "page of a segment, first time" "$segment{}"
each_group "statistics of a group, uncached" "$statistics"
each_group "statistics of a group, cached" "$statistics"
echo
echo "| request | time |"
echo "|---|---:|"
ranking sum SUM
ranking mean AVERAGE
ranking "the best three" BEST_K
echo
echo "| ratio | measured | its floor | | wanted |"
echo "|---|---:|---:|---:|---:|"
ratio "submissions with groups to those without" "${rate[submission, with groups/64]}" "${rate[submission, no groups/64]}"
