#!/usr/bin/env bash
# Measures analytics: how fast events are counted, each kind of answer uncached and cached, figures of 100 players, histograms, and
# how often the cache answers under a Zipf mix with writes. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/analytics.sh [PLAYERS] [EVENTS] [REQUESTS]
#
# PLAYERS (default 100000) have EVENTS (1000000) events over 90 days, with outcomes and tags, in classes of 30. Each kind of answer is
# asked for 1000 players, one request after the other; the mix has REQUESTS (40000), 5 % of them submissions, players by Zipf with
# exponent 1.2. From the environment: JAVA_OPTS; PORT; LAUREL_... as for the service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
players=${1:-100000} events=${2:-1000000} requests=${3:-40000} board=bench asked=1000
((asked <= players)) || asked=$players
need psql postgresql-client
make_data_folder
sql() { psql -qAtX -v ON_ERROR_STOP=1 "$@"; }
json() { curl -sf "$@" -H 'Content-Type: application/json'; }
player() { printf 'p%012d' "$1"; }

fill() {
  json -X PUT "$base/api/v1/boards/$board" -d '{"title":"Benchmark","periods":["DAILY","ALL_TIME"]}' >/dev/null
  json "$base/api/v1/boards/$board/scores" -d '{"playerId":"p000000000000","score":1}' >/dev/null
  local id
  id=$(sql -c "SELECT id FROM board WHERE name = '$board'")
  sql -v board="$id" -v players="$players" -f benchmarks/sql/seed.sql >/dev/null
  sql -c "INSERT INTO score_event (board_id, player_id, score, occurred_ms, received_at, activity, tags, outcome, duration_ms)
          SELECT $id, 'p' || lpad((random() * ($players - 1))::bigint::text, 12, '0'), (random() * 100)::int,
              (extract(epoch FROM now()) * 1000)::bigint - (random() * 90 * 86400000)::bigint, now(), 'quiz-' || n % 50,
              ARRAY['topic-' || n % 20], 1 + n % 3, (random() * 100000)::int
          FROM generate_series(1, $events) n" -c 'VACUUM ANALYZE score_event' >/dev/null
  local started=$EPOCHREALTIME total
  total=$(sql -c "SELECT count(*) FROM score_event WHERE board_id = $id")
  until (($(sql -c "SELECT coalesce(sum(events), 0) FROM activity_player WHERE board_id = $id") >= total)); do sleep 1; done
  awk -v n="$total" -v a="$started" -v b="$EPOCHREALTIME" \
    'BEGIN {printf "%d events counted in %.0f s: %.0f a second\n", n, b - a, n / (b - a)}'
  sql -c 'VACUUM ANALYZE activity_day' -c 'VACUUM ANALYZE activity_day_tag' -c 'VACUUM ANALYZE activity_player'
  redis-cli -p "$redis_port" FLUSHALL >/dev/null
  until curl -sf "$base/api/v1/boards/$board/rankings/all_time" | grep -q '"source":"REDIS"'; do sleep 0.1; done
}

group() {
  local n
  for n in $(seq 0 33); do
    json -X PUT "$base/api/v1/groups/class/c$n" -d '{"title":"Class"}' >/dev/null
    seq $((n * 30)) $((n * 30 + 29)) | awk -v q='"' '{printf "%s%sp%012d%s", (NR > 1 ? "," : ""), q, $1, q}' |
      sed 's/^/{"change":"REPLACE","playerIds":[/; s/$/]}/' | json "$base/api/v1/groups/class/c$n/members" -d @- >/dev/null
  done
}

row() { # name, file with a status and seconds in each line
  ! grep -vq '^200' "$2" || { echo "$1 failed" >&2; exit 1; }
  sort -k2 -n "$2" | awk -v name="$1" '{t[NR] = 1000 * $2; sum += t[NR]}
    END {printf "| %s | %d | %.2f | %.2f | %.2f |\n", name, NR, sum / NR, t[int((NR + 1) / 2)], t[int(NR * 0.99 + 0.5)]}'
}

ask() { # name, address with {} for the player and [] for the class
  local n
  for ((n = 0; n < asked; n++)); do
    local address=${2//\{\}/$(player "$n")}
    printf 'url = "%s"\noutput = /dev/null\nwrite-out = "%%{http_code} %%{time_total}\\n"\n' \
      "$base${address//\[\]/c$((n / 30))}"
  done >"$data/urls"
  for state in uncached cached; do
    curl -gs -K "$data/urls" >"$data/times"
    row "$1, $state" "$data/times"
  done
}

ask_once() { # name, times, then what curl needs
  local name=$1 times=$2 n
  shift 2
  for ((n = 1; n <= times; n++)); do
    curl -gs -o /dev/null -w '%{http_code} %{time_total}\n' "${@//\[n\]/$n}"
  done >"$data/times"
  row "$name" "$data/times"
}

mix() {
  awk -v n="$requests" -v players="$players" -v base="$base" -v board="$board" 'BEGIN {
    srand(7)
    for (i = 1; i <= players; i++) { sum += 1 / i ^ 1.2; at[i] = sum }
    for (k = 0; k < n; k++) {
      wanted = rand() * sum; low = 1; high = players
      while (low < high) { mid = int((low + high) / 2); if (at[mid] < wanted) low = mid + 1; else high = mid }
      p = sprintf("p%012d", low - 1)
      if (k) print "next"
      print "silent"
      if (rand() < 0.05) {
        print "output = /dev/null"
        print "url = \"" base "/api/v1/boards/" board "/scores\"\nheader = \"Content-Type: application/json\""
        print "data = \"{\\\"playerId\\\":\\\"" p "\\\",\\\"score\\\":1}\""
      } else {
        print "url = \"" base "/api/v1/players/" p "/analytics/summary?board=" board "\"\nwrite-out = \"\\n\""
      }
    }}' >"$data/mix"
  local started=$EPOCHREALTIME
  curl -g -K "$data/mix" >"$data/answers"
  # An answer that was computed when an earlier one of the same player was comes from the cache. No cache has an answer the first
  # time that a player is asked for; how many of these there are depends on how long the service has run.
  grep -o '^{"playerId":"[^"]*"\|"asOf":"[^"]*"' "$data/answers" | paste - - |
    awk -F '"' -v a="$started" -v b="$EPOCHREALTIME" -v n="$requests" '
      {late = NR > n / 2; asked[late]++}
      seen[$0]++ {hits[late]++; next}
      !known[$4]++ {first[late]++}
      END {printf "mix: %d requests in %.0f s\n\n", n, b - a
        print "| half | answers | from the cache (wanted: 85 %) | asked for the first time | dropped by an event |"
        print "|---|---:|---:|---:|---:|"
        for (half = 0; half < 2; half++) printf "| %s | %d | %.1f %% | %.1f %% | %.1f %% |\n",
          half ? "second" : "first, from an empty cache", asked[half], 100 * hits[half] / asked[half],
          100 * first[half] / asked[half], 100 * (asked[half] - hits[half] - first[half]) / asked[half]}'
}

echo "machine: $(machine)"
echo "run: $players players, $events events over 90 days; all processes on this machine"
echo
start_service
fill
group
# Everything is loaded and compiled once.
for n in $(seq $((players - 300)) $((players - 1))); do
  for part in summary trend mastery "comparison?segment=class:c0"; do
    join='?'; [[ $part == *\?* ]] && join='&'
    printf 'url = "%s"\noutput = /dev/null\n' "$base/api/v1/players/$(player "$n")/analytics/$part${join}board=$board"
  done
done >"$data/warm"
# Three times: also what answers from the cache has to be compiled.
for n in 1 2 3; do curl -gs -K "$data/warm"; done
echo
echo "| answer | requests | mean, ms | p50, ms | p99, ms |"
echo "|---|---:|---:|---:|---:|"
ask summary "/api/v1/players/{}/analytics/summary?board=$board"
ask trend "/api/v1/players/{}/analytics/trend?board=$board"
ask mastery "/api/v1/players/{}/analytics/mastery?board=$board"
ask "comparison with a class" "/api/v1/players/{}/analytics/comparison?board=$board&segment=class:[]"
ids=$(seq 0 99 | awk -v q='"' '{printf "%s%sp%012d%s", (NR > 1 ? "," : ""), q, $1, q}')
ask_once "figures of 100 players, never cached" 50 "$base/api/v1/analytics/players" -H 'Content-Type: application/json' \
  -d "{\"board\":\"$board\",\"playerIds\":[$ids],\"parts\":[\"SUMMARY\",\"STREAK\",\"MASTERY\"]}"
# Each with another number of buckets, so that none is cached.
ask_once "histogram, uncached" 50 "$base/api/v1/boards/$board/rankings/all_time/histogram?buckets=[n]"
ask_once "players of the board, uncached" 10 "$base/api/v1/boards/$board/analytics?weeks=[n]"
echo
mix
