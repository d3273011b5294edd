#!/usr/bin/env bash
# Compares two builds of the service, each on stores of its own. Reads and submissions of both take turns, so that the effect of
# a change shows as a ratio. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/versions.sh BEFORE [ROUNDS] [SECONDS]
#
# BEFORE is the target/quarkus-app of another build, against which this one is measured. Each row is measured ROUNDS times (5) for
# SECONDS (5) with each build. From the environment: PLAYERS (100000), which are seeded first; WARM, seconds of warm-up per path
# (10); JAVA_OPTS; PORT, and the three after it; LAUREL_... as for the service.
set -euo pipefail
[ -d "${1:-}" ] || { echo "usage: benchmarks/versions.sh BEFORE [ROUNDS] [SECONDS]" >&2; exit 2; }
earlier=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
source benchmarks/lib/rows.sh # for warm
source benchmarks/lib/turns.sh
rounds=${2:-5} seconds=${3:-5} warm=${WARM:-10} port=${PORT:-18080} board=bench
export PLAYERS=${PLAYERS:-100000}
need wrk wrk
need redis-cli redis-tools
need psql postgresql-client
make_data_folder
folder=$data
declare -A bases services
trap 'for service in "${services[@]}"; do stop_service; done; rm -rf "$folder"' EXIT

begin() { # version, its build, port
  data=$folder/$1
  mkdir "$data"
  APP=$2 PORT=$3 start_service
  services[$1]=$service bases[$1]=$base
  curl -sf -X PUT "$base/api/v1/boards/$board" -H 'Content-Type: application/json' -d '{"title":"Benchmark"}' >/dev/null
  curl -sf "$base/api/v1/boards/$board/scores" -H 'Content-Type: application/json' \
    -d '{"playerId":"p000000000000","score":1}' >/dev/null
  sql -v board="$(sql -c "SELECT id FROM board WHERE name = '$board'")" -v players="$PLAYERS" -f benchmarks/sql/seed.sql >/dev/null
  redis-cli -p "$redis_port" FLUSHALL >/dev/null
  for period in daily weekly monthly yearly all_time; do
    until curl -sf "$base/api/v1/boards/$board/rankings/$period" | grep -q '"source":"REDIS"'; do sleep 0.1; done
  done
}

# Calls the command with each row: its name, connections, script and path.
each_row() { # command
  TARGET='' PREFIX='' SUFFIX='' "$1" "top 10" 64 path "$rankings"
  PREFIX=$rankings/players/ SUFFIX='' "$1" "rank of a player" 64 player
  PREFIX=$rankings/players/ SUFFIX=/neighbours "$1" "neighbours, 11 rows" 64 player
  TARGET=$scores "$1" "submission" 64 submit
  TARGET=$scores/batch EVENTS=100 "$1" "batch of 100" 16 batch
}
rankings=/api/v1/boards/$board/rankings/all_time scores=/api/v1/boards/$board/scores
export TARGET PREFIX SUFFIX EVENTS

warm_row() { warm "$warm" "$3" "${4:-}"; }
turn_row() { turn "$1, $version" "$2" "$3" "${4:-}"; }
show_row() { against "$1, after" "$1, before" "at least 1.00"; }

echo "machine: $(machine)"
echo "run: $PLAYERS players, $rounds turns of $seconds s for each row, medians; all processes on this machine"
begin before "$earlier" "$port"
begin after "$root/target/quarkus-app" $((port + 2))
for version in before after; do
  base=${bases[$version]}
  each_row warm_row
done
for round in $(seq "$rounds"); do
  # The order alternates, so that a checkpoint or a collection does not always fall on the same build.
  order=(before after)
  ((round % 2)) || order=(after before)
  for version in "${order[@]}"; do
    base=${bases[$version]}
    each_row turn_row
  done
done
echo
echo "| request | after, a second | before, a second | after, p99 ms | before, p99 ms | ratio of rates | wanted |"
echo "|---|---:|---:|---:|---:|---:|---|"
each_row show_row
