#!/usr/bin/env bash
# What followers cost those who write, and how soon they see what was accepted. Three services side by side, each on stores of its
# own: one as it is, one whose followers rest, and one that also lacks the index they read by. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/followers.sh [ROUNDS] [SECONDS]
#
# Each row is measured ROUNDS times (5) for SECONDS (5) with each of them. Then the first takes RATE (2000) events a second for three
# times as long. From the environment: PLAYERS (100000); WARM, seconds for which each path runs before (10); RATE; JAVA_OPTS; PORT,
# and the five behind it; LAUREL_... as the service takes it.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
source benchmarks/lib/rows.sh # for warm
source benchmarks/lib/turns.sh
rounds=${1:-5} seconds=${2:-5} warm=${WARM:-10} port=${PORT:-18080} board=bench
export PLAYERS=${PLAYERS:-100000} RATE=${RATE:-2000} CONNECTIONS=64 TARGET EVENTS=100
need wrk wrk
need psql postgresql-client
make_data_folder
folder=$data
declare -A bases services managements
trap 'for service in "${services[@]}"; do stop_service; done; rm -rf "$folder"' EXIT

begin() { # variant, port, whether followers work
  data=$folder/$1
  mkdir "$data"
  LAUREL_FEED_ENABLED=$3 PORT=$2 start_service
  services[$1]=$service bases[$1]=$base managements[$1]=$management
  curl -sf -X PUT "$base/api/v1/boards/$board" -H 'Content-Type: application/json' -d '{"title":"Benchmark"}' >/dev/null
  [ "$1" != bare ] || sql -c 'DROP INDEX score_event_feed; ALTER TABLE score_event ALTER COLUMN tx DROP DEFAULT, ALTER COLUMN tx DROP NOT NULL'
}

each_row() { # command
  TARGET=/api/v1/boards/$board/scores "$1" submission 64 submit
  TARGET=/api/v1/boards/$board/scores/batch "$1" "batch of 100" 16 batch
}
warm_row() { warm "$warm" "$3" "${4:-}"; }
turn_row() { turn "$1, $variant" "$2" "$3" "${4:-}"; }
show_row() {
  against "$1, followers" "$1, resting" ""
  against "$1, resting" "$1, bare" ""
  against "$1, followers" "$1, bare" "at least 0.97"
}

buckets() { # answers upper bound in seconds and events below it, of the follower
  curl -sf "${managements[followers]}/q/metrics" |
    sed -n 's/^laurel_feed_delay_seconds_bucket{.*follower="board-days".*le="\([^"]*\)".*} \(.*\)$/\1 \2/p'
}

# Between two readings: the bounds below which the half, and 99 in 100, of the events were seen.
seen() { # readings before, after
  paste <(echo "$1") <(echo "$2") | awk '{
    bound[NR] = $1; n[NR] = $4 - $2} END {
    for (i = 1; i <= NR && !half; i++) if (n[i] >= n[NR] / 2) half = bound[i]
    for (i = 1; i <= NR && !tail; i++) if (n[i] >= n[NR] * 0.99) tail = bound[i]
    printf "| %d | %s s | %s s |\n", n[NR], half, tail}'
}

echo "machine: $(machine)"
echo "run: $PLAYERS players, $rounds turns of $seconds s for each row, middle values; all processes on this machine"
begin followers "$port" true
begin resting $((port + 2)) false
begin bare $((port + 4)) false
for variant in followers resting bare; do
  base=${bases[$variant]}
  each_row warm_row
done
for round in $(seq "$rounds"); do
  # Who is first changes.
  order=(followers resting bare followers resting)
  for variant in "${order[@]:$((round % 3)):3}"; do
    base=${bases[$variant]}
    each_row turn_row
  done
done
echo
echo "| request | the one, a second | the other, a second | the one, p99 ms | the other, p99 ms | ratio of rates | wanted |"
echo "|---|---:|---:|---:|---:|---:|---|"
each_row show_row

base=${bases[followers]} seconds=$((seconds * 3)) TARGET=/api/v1/boards/$board/scores
until [ "$(curl -sf "$base/api/v1/admin/followers" | grep -c '"lagItems":0')" = 1 ]; do sleep 0.5; done
before=$(buckets)
turn paced "$CONNECTIONS" paced
until [ "$(curl -sf "$base/api/v1/admin/followers" | grep -c '"lagItems":0')" = 1 ]; do sleep 0.5; done
echo
echo "| events, at about $RATE a second | half of them seen within (wanted: 0.05 s) | 99 in 100 within (wanted: 0.5 s) |"
echo "|---:|---:|---:|"
seen "$before" "$(buckets)"
