#!/usr/bin/env bash
# Measures tiers: counting the players of each, lists of them, and how long a command takes to start. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/tiers.sh [PLAYERS]
#
# PLAYERS (default 100000) have values of three metrics in a running week. The tiers have conditions about scores, the rank and the
# percentile by different metrics. From the environment: JAVA_OPTS; PORT; LAUREL_... as for the service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
players=${1:-100000}
need psql postgresql-client

json() { curl -sf "$@" -H 'Content-Type: application/json'; }

fill() {
  json -X PUT "$base/api/v1/boards/kingdom" \
    -d '{"title":"Kingdom","operator":"LATEST","periods":["WEEKLY"],"metrics":["power","kills","deaths"]}' >/dev/null
  local from
  for ((from = 0; from < players; from += 10000)); do
    seq "$from" $((from + 9999)) | awk '{printf "{\"playerId\":\"p%07d\",\"score\":%d,\"metrics\":{\"kills\":%d,\"deaths\":%d}}\n",
        $1, ($1 * 7919) % 1000003, ($1 * 104729) % 50021, ($1 * 1299709) % 997}' |
      curl -sf "$base/api/v1/boards/kingdom/scores/batch" -H 'Content-Type: application/x-ndjson' --data-binary @- >/dev/null
  done
  sql -c "VACUUM ANALYZE standing" >/dev/null
}

# Another definition each time, so that nothing of the one before is used.
define() { # number
  json -X PUT "$base/api/v1/boards/kingdom/tiers" -d '{"tiers":[
    {"name":"Warrior","all":[{"metric":"power","min":'"$((500000 + $1))"'},{"metric":"kills","min":25000}]},
    {"name":"Top 10 %","all":[{"percentile":true,"min":90}]},
    {"name":"Fallen","any":[{"metric":"deaths","rank":true,"max":1000},{"metric":"deaths","min":900}]},
    {"name":"Other"}]}' >/dev/null
}

took() { curl -sf -o /dev/null -w '%{time_total}\n' "$base$1"; }

each() { # name; times in seconds from the standard input
  sort -n | awk -v name="$1" '{t[NR] = 1000 * $1} END {printf "| %s | %d | %.1f | %.1f |\n", name, NR, t[int((NR + 1) / 2)], t[NR]}'
}

make_data_folder
start_service
fill
tiers=/api/v1/boards/kingdom/rankings/weekly/tiers
for n in $(seq 5); do define "$n"; took "$tiers" >/dev/null; took "$tiers/Other/players" >/dev/null; done
echo "machine: $(machine)"
echo "run: $players players, 3 metrics, 4 tiers; one request after the other"
echo
echo "| request | requests | median, ms | slowest, ms |"
echo "|---|---:|---:|---:|"
for n in $(seq 101 115); do define "$n"; took "$tiers"; done | each "counts after a change, lines included"
for n in $(seq 201 215); do define "$n"; took "$tiers" >/dev/null; took "$tiers/Other/players"; done | each "a page after that, lines known"
for n in $(seq 200); do took "$tiers"; done | each "counts, cached"
for n in $(seq 200); do took "$tiers/Other/players"; done | each "a page, cached"
for n in $(seq 10); do
  started=$EPOCHREALTIME
  java -jar target/quarkus-app/quarkus-run.jar help >/dev/null
  awk -v a="$started" -v b="$EPOCHREALTIME" 'BEGIN {print b - a}'
done | each "a command that asks nothing, on a JVM"
