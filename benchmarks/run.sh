#!/usr/bin/env bash
# Measures the packaged service on its embedded stores, and in the same run its floors: the same server returning fixed bytes,
# Redis alone, PostgreSQL alone, and the service without group commit. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/run.sh [PLAYERS] [SECONDS]
#
# PLAYERS (default 100000) are seeded first, named p and twelve digits, as redis-benchmark draws numbers. Each row is measured
# for SECONDS (10). From the environment: WARM, seconds of warm-up per path (8); JAVA_OPTS; PORT, and the one after it for
# metrics; LAUREL_... as for the service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
source benchmarks/lib/rows.sh
players=${1:-100000} seconds=${2:-10} warm=${WARM:-8} board=bench batch=100
lanes=${LAUREL_SCORE_LANES:-$(grep -B1 'int lanes()' src/main/java/dev/laurel/score/ScoreConfig.java | tr -dc 0-9)}
rankings=/api/v1/boards/$board/rankings/all_time
export PLAYERS=$players PREFIX="$rankings/players/" EVENTS=$batch
need wrk wrk
need jcmd openjdk-17-jdk
need redis-benchmark redis-tools
need psql postgresql-client
need pgbench postgresql-contrib
make_data_folder

redis_memory() { redis-cli -p "$redis_port" INFO memory | tr -d '\r' | awk -F: '$1 == "used_memory" {print $2}'; }
heap_in_use() { # after a full collection, in MB
  jcmd "$service" GC.run >/dev/null
  curl -sf "$management/q/metrics" | awk '/^jvm_memory_used_bytes.*area="heap"/ {sum += $NF} END {printf "%.0f", sum / 1048576}'
}
rss() { awk '/VmRSS/ {printf "%.0f", $2 / 1024}' "/proc/$service/status"; }

reads() { # connections
  SUFFIX='' measure "fixed bytes" "$1" path /api/v1
  SUFFIX='' measure "top 10" "$1" path "$rankings"
  SUFFIX='' measure "rank of a player" "$1" player
  SUFFIX=/neighbours measure "neighbours, 11 rows" "$1" player
}

# Redis alone: the commands for a page and a rank, and the very script that returns a rank.
redis_alone() { # pipelined requests on each of 64 connections
  local set keys life sha
  set=$(all_time_set)
  keys=("$set" "${set%:set}:hash")
  life=$(redis-cli -p "$redis_port" INFO server | tr -d '\r' | awk -F: '$1 == "run_id" {print $2}')
  sha=$(cat src/main/resources/redis/standings/{window,around}.lua | redis-cli -p "$redis_port" -x SCRIPT LOAD)
  redis_row "Redis, ZRANGE of 10, pipeline $1" "$1" ZRANGE "$set" 0 9 WITHSCORES
  redis_row "Redis, ZRANK, pipeline $1" "$1" ZRANK "$set" "${tie}p__rand_int__"
  redis_row "Redis, around.lua, pipeline $1" "$1" EVALSHA "$sha" 2 "${keys[@]}" "$life" p__rand_int__ 1 1
}

redis_row() { # name, pipeline, command
  local result command=("${@:3}")
  # A non-empty answer proves that the benchmark does not measure empty ones.
  redis-cli -e -p "$redis_port" "${command[@]//__rand_int__/000000000001}" | grep -q . || { echo "Redis has no answer to ${command[*]}" >&2; exit 1; }
  observed redis-benchmark -p "$redis_port" -a "$REDISCLI_AUTH" -c 64 -n $((seconds * ($2 > 1 ? 100000 : 40000))) \
    -r "$players" -P "$2" --csv "${command[@]}"
  # name, rate, then average, least, p50, p95, p99
  read -r -a result < <(tail -1 "$data/out" | awk -F'","' '{print $2, $5, $7}')
  row "$1" 64 "${result[@]}" "" 0
}

# PostgreSQL alone: the function that the service calls, on a copy of the same standings, in batches of the service's size, over
# as many connections as it has lanes.
postgres_alone() { # size of a batch
  local result
  create_schema floor
  sql -c "INSERT INTO floor.board OVERRIDING SYSTEM VALUE SELECT * FROM public.board WHERE id = $board_id" \
    -c "INSERT INTO floor.board_window SELECT * FROM public.board_window WHERE board_id = $board_id" \
    -c "INSERT INTO floor.standing SELECT * FROM public.standing WHERE board_id = $board_id" \
    -c "VACUUM ANALYZE floor.standing" -c CHECKPOINT
  sql -v board="$board_id" -v players="$players" -v lanes="$lanes" -v size="$1" -f benchmarks/sql/batches.sql
  pgbench -n -M prepared -c "$lanes" -j 2 -T 3 -f benchmarks/sql/submit.pgbench >/dev/null
  observed pgbench -n -M prepared -c "$lanes" -j 2 -T "$seconds" -f benchmarks/sql/submit.pgbench
  result=$(tps <"$data/out" | awk -v size="$1" '{print $1 * size}')
  row "PostgreSQL alone, batches of $1" "$lanes" "$result" "" "" "" 0
  unset PGOPTIONS
  sql -c "SET client_min_messages = warning" -c "DROP SCHEMA floor CASCADE"
}

# After a restart or a flush, Redis is loaded again from PostgreSQL; the measurement waits for that.
await_redis() {
  local period
  for period in daily weekly monthly yearly all_time; do
    until curl -sf "$base${rankings%/*}/$period" | grep -q '"source":"REDIS"'; do sleep 0.1; done
  done
}

# One event over HTTP opens the windows; the other players are written directly into PostgreSQL, and Redis loads them.
seed() {
  local started
  curl -sf "$base/api/v1/boards/$board/scores" -H 'Content-Type: application/json' \
    -d '{"playerId":"p000000000000","score":1}' >/dev/null
  started=$EPOCHREALTIME
  sql -v board="$board_id" -v players="$players" -f benchmarks/sql/seed.sql >/dev/null
  echo "seeded by SQL: $(since "$started") s"
  redis-cli -p "$redis_port" FLUSHALL >/dev/null
  empty=$(redis_memory) started=$EPOCHREALTIME
  await_redis
  echo "five windows loaded into Redis: $(since "$started") s"
  seeded=$(redis_memory)
  [ "$(redis-cli -p "$redis_port" ZCARD "$(all_time_set)")" = "$players" ] || { echo "not all were loaded" >&2; exit 1; }
}

since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.1f", b - a}'; }
all_time_set() { redis-cli -p "$redis_port" --scan --pattern "laurel:{b$board_id}:all_time:*:set"; }

echo "machine: $(machine)"
echo "run: $players players, $seconds s for each row after $warm s of warm-up; $lanes lanes; all processes on this machine"
start_service
curl -sf -X PUT "$base/api/v1/boards/$board" -H 'Content-Type: application/json' -d '{"title":"Benchmark"}' >/dev/null
board_id=$(sql -c "SELECT id FROM board WHERE name = '$board'")
seed
# The tie key that precedes every member: all players have the same instant until they submit.
tie=$(printf '%012x' $(($(sql -c "SELECT max(a_at) FROM standing WHERE board_id = $board_id") + (1 << 47))))
standing=$(sql -c "SELECT pg_total_relation_size('standing')")
echo
header
for script in path player; do SUFFIX='' warm "$warm" "$script" "$rankings"; done
SUFFIX=/neighbours warm "$warm" player
warm "$warm" path /api/v1
for connections in 1 64 256; do reads $connections; done
redis_alone 1
redis_alone 16

export TARGET=/api/v1/boards/$board/scores/batch
warm "$warm" batch
# The service accepts 16 at once.
for connections in 1 16 64 256; do
  measure "events in batches of $batch" $connections batch '' events
done
export TARGET=/api/v1/boards/$board/scores
warm "$warm" submit
for connections in 1 64; do measure submission $connections submit; done
committed=$(metric laurel_score_batch_size_sum) batches=$(metric laurel_score_batch_size_count)
measure submission 256 submit
size=$(awk -v e="$(metric laurel_score_batch_size_sum "$committed")" \
  -v b="$(metric laurel_score_batch_size_count "$batches")" 'BEGIN {printf "%.0f", e / b}')
memory=$(rss) heap=$(heap_in_use)
postgres_alone "$size"
stop_service
LAUREL_SCORE_MAX_BATCH=1 start_service
await_redis
warm $((2 * warm)) submit
measure "submission, one to a batch" 256 submit

echo
echo "| ratio | measured | its floor | | wanted |"
echo "|---|---:|---:|---:|---:|"
for connections in 1 64 256; do
  ratio "top 10 to fixed bytes, connections: $connections" \
    "${rate[top 10/$connections]}" "${rate[fixed bytes/$connections]}" 70
  ratio "rank to fixed bytes, connections: $connections" \
    "${rate[rank of a player/$connections]}" "${rate[fixed bytes/$connections]}" 40
done
ratio "rank, 64 connections, to its script in Redis alone" \
  "${rate[rank of a player/64]}" "${rate[Redis, around.lua, pipeline 1/64]}"
ratio "the same to Redis with a pipeline of 16" \
  "${rate[rank of a player/64]}" "${rate[Redis, around.lua, pipeline 16/64]}"
ratio "submissions, 256 connections, to PostgreSQL alone in batches of $size" \
  "${rate[submission/256]}" "${rate[PostgreSQL alone, batches of $size/$lanes]}" 50
ratio "submissions, 256 connections, to one event in a batch" \
  "${rate[submission/256]}" "${rate[submission, one to a batch/256]}" 250
echo "| p99 of a submission, connections: 64 | ${p99[submission/64]} ms | | | below 60 ms |"
echo
echo "Memory after all rows: the service $memory MB resident, of which $heap MB of heap are in use."
awk -v p="$players" -v r="$((seeded - empty))" -v s="$standing" 'BEGIN {
  printf "For each player: %.0f bytes in Redis for five windows, %.0f bytes in the table of standings.\n", r / p, s / p}'
