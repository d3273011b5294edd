#!/usr/bin/env bash
# Measures what caches save: hits on players' records, analytics and achievements under a Zipf mix with writes, and how many
# statements PostgreSQL has to answer with these caches and without them. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/caches.sh [BOARDS] [PLAYERS] [SECONDS]
#
# PLAYERS (default 100000) with records are spread over BOARDS (1000), and have an event each. 16 connections send the mix of
# benchmarks/wrk/cached.lua, 5 % of it submissions, as fast as it is answered. The first SECONDS (120) fill empty caches, as many
# more are measured. Statements are those of the reads: what a submission costs is measured with requests that no store answers
# in place of the reads, and subtracted. From the environment: JAVA_OPTS; PORT; LAUREL_... as for the service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
export BOARDS=${1:-1000} PLAYERS=${2:-100000}
boards=$BOARDS players=$PLAYERS seconds=${3:-120}
disabled=(players eligibility eligibility-cooldown analytics player-achievements achievements boards rankings)
need psql postgresql-client
need wrk wrk
need jq jq
make_data_folder
sql() { psql -qAtX -v ON_ERROR_STOP=1 "$@"; }
json() { curl -sf "$@" -H 'Content-Type: application/json'; }

fill() {
  local b
  sql -c "INSERT INTO player (id, display_name, visibility, words, revision, created_at, updated_at)
          SELECT 'p' || n, 'Player ' || n, 'PUBLIC', 'player ' || n, 1, now(), now() FROM generate_series(0, $((players - 1))) n"
  for ((b = 0; b < boards; b++)); do
    json -X PUT "$base/api/v1/boards/b$b" -d '{"title":"Benchmark","periods":["DAILY","ALL_TIME"]}' >/dev/null
    seq "$b" "$boards" $((players - 1)) |
      awk -v q='"' '{printf "%s{%splayerId%s:%sp%d%s,%sscore%s:%d}", (NR > 1 ? "," : ""), q, q, q, $1, q, q, q, NR}' |
      sed 's/^/{"scores":[/; s/$/]}/' | json "$base/api/v1/boards/b$b/scores/batch" -d @- >/dev/null
  done
  for b in 0 1 2 3 4; do
    json -X PUT "$base/api/v1/achievements/collector$b" -d \
      '{"title":"Collector","rule":{"measure":"TOTAL","board":"b'$b'"},"tiers":{"bronze":10,"silver":50,"gold":90}}' >/dev/null
  done
  until (($(sql -c "SELECT coalesce(sum(events), 0) FROM activity_player") >= players)); do sleep 1; done
  sql -c 'VACUUM ANALYZE'
}

# Statements since the start of the service; each is a transaction of its own, or one of a few.
transactions() { sql -c 'SELECT pg_stat_force_next_flush()' -c \
  "SELECT sum(xact_commit) FROM pg_stat_database WHERE datname = current_database()" | tail -1; }

figures() { curl -sf "$base/api/v1/admin/caches"; }

figure() { # figures, cache, name
  jq -r --arg cache "$2" --arg name "$3" '.caches[] | select(.name == $cache) | .[$name]' <<<"$1"
}

# What the service does by itself in a second.
idle() {
  local before after
  before=$(transactions)
  sleep 10
  after=$(transactions)
  awk -v n=$((after - before)) 'BEGIN {print n / 10}'
}

# Sends the mix for a while, and sets: reads and writes, as the service counts them; statements, without those of an idle service.
mix() { # round, seconds, further environment
  local before started gets posts
  before=$(transactions) started=$EPOCHREALTIME gets=$(requests GET) posts=$(requests POST)
  env ROUND="$1" "${@:3}" wrk -t2 -c16 -d"$2" --timeout 20s -s benchmarks/wrk/cached.lua "$base" | grep '^RESULT' >"$data/result"
  await_followers
  reads=$(($(requests GET) - gets)) writes=$(($(requests POST) - posts))
  statements=$(awk -v n="$(($(transactions) - before))" -v quiet="$quiet" -v a="$started" -v b="$EPOCHREALTIME" \
    'BEGIN {printf "%.0f", n - quiet * (b - a)}')
}

# Requests that the service has answered.
requests() { # method
  curl -sf "$management/q/metrics" |
    awk -v method="method=\"$1\"" 'index($0, "http_server_requests_seconds_count") == 1 && index($0, method) {n += $NF} END {printf "%d\n", n}'
}

run() { # name; sets per_read to the number of statements for each read
  local each
  quiet=0
  mix 1 "$seconds"
  quiet=$(idle)
  mix 2 $((seconds / 4)) READS=no
  each=$(awk -v n="$statements" -v all="$writes" 'BEGIN {print n / all}')
  caches_before=$(figures)
  mix 3 "$seconds"
  caches_after=$(figures)
  per_read=$(awk -v n="$statements" -v each="$each" -v w="$writes" -v all="$reads" 'BEGIN {printf "%.3f", (n - each * w) / all}')
  echo "$1: $reads reads and $writes submissions, $(awk '{print $NF " refused, p50 " $3 " ms, p99 " $4 " ms"}' "$data/result")," \
    "$per_read statements for each read, $each for each submission" >&2
}

echo "machine: $(machine)"
echo "run: $boards boards, $players players, $seconds seconds; all processes on this machine"
start_service
fill
run 'with caches'
with=$per_read
echo
echo "| cache | lookups | hits | answered without PostgreSQL |"
echo "|---|---:|---:|---:|"
for cache in players eligibility analytics player-achievements boards; do
  hits=$(($(figure "$caches_after" $cache hits) - $(figure "$caches_before" $cache hits)))
  misses=$(($(figure "$caches_after" $cache misses) - $(figure "$caches_before" $cache misses)))
  shared=$(($(figure "$caches_after" $cache sharedHits) - $(figure "$caches_before" $cache sharedHits)))
  awk -v name=$cache -v h=$hits -v m=$misses -v s=$shared 'BEGIN {n = h + m; if (n)
    printf "| %s | %d | %.1f %% | %.1f %% |\n", name, n, 100 * h / n, 100 * (h + s) / n}'
done
stop_service
off=(-Dlaurel.cache.share=false)
for cache in "${disabled[@]}"; do off+=("-Dlaurel.cache.$cache.enabled=false"); done
start_service "${off[@]}"
run 'without'
echo
awk -v with="$with" -v without="$per_read" 'BEGIN {
  printf "Statements for each read: %.3f with caches, %.3f without: %.1f %%\n", with, without, 100 * with / without}'
