#!/usr/bin/env bash
# Measures what caches save: hits on players' records, analytics and achievements under a Zipf mix with writes, and how many
# statements PostgreSQL has to answer with these caches and without them. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/caches.sh [BOARDS] [PLAYERS] [REQUESTS]
#
# PLAYERS (default 100000) with records are spread over BOARDS (1000), and have an event each. The mix has REQUESTS (200000), 5 % of
# them submissions; the others ask for eligibility, analytics, achievements and rankings, players by Zipf with exponent 1.2. The first
# half fills empty caches, the second is measured. Statements are those of the reads: what the same submissions cost is measured
# with requests that no store answers in place of the reads, and subtracted. From the environment: JAVA_OPTS; PORT; LAUREL_... as
# for the service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
boards=${1:-1000} players=${2:-100000} requests=${3:-200000}
disabled=(players eligibility eligibility-cooldown analytics player-achievements achievements boards rankings)
need psql postgresql-client
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

# The same for every run: curl's list of requests.
requests() { # seed
  awk -v n=$((requests / 2)) -v seed="$1" -v players="$players" -v boards="$boards" -v base="$base" 'BEGIN {
    srand(seed)
    for (i = 1; i <= players; i++) { sum += i ^ -1.2; upto[i] = sum }
    for (r = 0; r < n; r++) {
      low = 1; high = players; wanted = rand() * sum
      while (low < high) { mid = int((low + high) / 2); if (upto[mid] < wanted) low = mid + 1; else high = mid }
      # The popular ones are spread over all boards.
      p = (low * 7919) % players; b = "b" (p % boards); kind = rand()
      print "next"
      if (kind < 0.05) {
        printf "url = \"%s/api/v1/boards/%s/scores\"\nheader = \"Content-Type: application/json\"\n", base, b
        printf "data = \"{\\\"playerId\\\":\\\"p%d\\\",\\\"score\\\":%d}\"\n", p, r
      } else if (kind < 0.45) printf "url = \"%s/api/v1/players/p%d/eligibility?board=%s\"\n", base, p, b
      else if (kind < 0.70) printf "url = \"%s/api/v1/players/p%d/analytics/summary?board=%s\"\n", base, p, b
      else if (kind < 0.90) printf "url = \"%s/api/v1/players/p%d/achievements\"\n", base, p
      else printf "url = \"%s/api/v1/boards/%s/rankings/all_time\"\n", base, b
      print "output = /dev/null\nwrite-out = \"%{http_code}\\n\"\nsilent"
    }}' | sed 1d
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

# Statements that a list of requests leads to, without those of an idle service.
statements_of() { # list of requests, file for the codes
  local before started
  before=$(transactions) started=$EPOCHREALTIME
  curl -gs -K "$1" >"$2"
  awk -v n="$(($(transactions) - before))" -v quiet="$quiet" -v a="$started" -v b="$EPOCHREALTIME" \
    'BEGIN {printf "%.0f", n - quiet * (b - a)}'
}

run() { # name; sets statements to the number for each read
  local codes reads writes all
  requests 1 >"$data/first"
  requests 2 >"$data/second"
  sed -E "s#^url = \".*/(eligibility|analytics|achievements|rankings).*#url = \"$base/api/v1/nothing\"#" "$data/second" >"$data/writes"
  reads=$(grep -c '/nothing"' "$data/writes")
  curl -gs -K "$data/first" >/dev/null
  quiet=$(idle)
  writes=$(statements_of "$data/writes" /dev/null)
  caches_before=$(figures)
  all=$(statements_of "$data/second" "$data/codes")
  caches_after=$(figures)
  statements=$(awk -v n=$((all - writes)) -v all="$reads" 'BEGIN {printf "%.3f", n / all}')
  codes=$(grep -cv '^20' "$data/codes" || true)
  echo "$1: $reads reads and $((requests / 2 - reads)) submissions, $codes refused, $statements statements for each read;" \
    "$writes for the submissions" >&2
}

need jq jq
echo "machine: $(machine)"
echo "run: $boards boards, $players players, $requests requests; all processes on this machine"
start_service
fill
run 'with caches'
with=$statements
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
awk -v with="$with" -v without="$statements" 'BEGIN {
  printf "Statements for each read: %.3f with caches, %.3f without: %.1f %%\n", with, without, 100 * with / without}'
