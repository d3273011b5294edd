#!/usr/bin/env bash
# What followers cost those who write, and how soon they see what was accepted. Three services side by side, each on stores of its
# own: one as it is, one whose followers rest, and one that also lacks the index they read by. Prints Markdown.
#
# All followers have work: events are attempts with a tag, the board has leagues by the week, and there are four achievements
# with tiers, by total, events, streak and successes. With PLAIN=1 events are bare scores on a board without any of that.
#
#   mvn -DskipTests package
#   benchmarks/followers.sh [ROUNDS] [SECONDS]
#
# Each row is measured ROUNDS times (5) for SECONDS (5) with each of them. What followers have left undone is waited for after each
# turn, outside of the measured time, so that it is not charged to the service measured next; the table names the seconds that took, and a
# second ratio, of the events of a turn and the time until followers had seen all of them. Then the first takes RATE (2000) events a
# second for three times as long. From the environment: PLAYERS (100000); WARM, seconds for which each path runs before (10); RATE; JAVA_OPTS; PLAIN; PORT,
# and the five behind it; LAUREL_... as the service takes it.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
source benchmarks/lib/rows.sh # for warm
source benchmarks/lib/turns.sh
rounds=${1:-5} seconds=${2:-5} warm=${WARM:-10} port=${PORT:-18080} board=bench
export PLAYERS=${PLAYERS:-100000} RATE=${RATE:-2000} CONNECTIONS=64 TARGET EVENTS=100
leagues=',"periods":["DAILY","WEEKLY","MONTHLY","YEARLY","ALL_TIME"],"leagues":{"size":30,"promote":5,"demote":5,"tiers":["bronze","silver","gold"]}'
export MORE=',"activity":"quiz-1","tags":["loops"],"outcome":"COMPLETED","durationMs":60000'
[ -z "${PLAIN:-}" ] || leagues='' MORE=''
need wrk wrk
need psql postgresql-client
make_data_folder
folder=$data
declare -A bases services managements late
trap 'for service in "${services[@]}"; do stop_service; done; rm -rf "$folder"' EXIT

put() { # path, definition; a service that has just started may be too busy for the first ones
  curl -sSf --retry 5 --retry-all-errors --retry-delay 1 -X PUT "$base/api/v1/${1//_/-}" \
    -H 'Content-Type: application/json' -d "$2" >/dev/null
}

begin() { # variant, port, whether followers work
  data=$folder/$1
  mkdir "$data"
  LAUREL_FEED_ENABLED=$3 PORT=$2 start_service
  services[$1]=$service bases[$1]=$base managements[$1]=$management
  put "boards/$board" "{\"title\":\"Benchmark\"$leagues}"
  [ -n "${PLAIN:-}" ] || for measure in TOTAL EVENTS STREAK_DAYS OUTCOMES; do
    put "achievements/${measure,,}" "{\"title\":\"$measure\",\"rule\":{\"measure\":\"$measure\",\"board\":\"$board\"},
      \"tiers\":{\"bronze\":10,\"silver\":100,\"gold\":1000}}"
  done
  [ "$1" != bare ] || sql -c 'DROP INDEX score_event_feed; ALTER TABLE score_event ALTER COLUMN tx DROP DEFAULT, ALTER COLUMN tx DROP NOT NULL'
}

each_row() { # command
  TARGET=/api/v1/boards/$board/scores "$1" submission 64 submit
  TARGET=/api/v1/boards/$board/scores/batch "$1" "batch of 100" 16 batch
}
warm_row() { warm "$warm" "$3" "${4:-}"; }
turn_row() {
  turn "$1, $variant" "$2" "$3" "${4:-}"
  [ "$variant" != followers ] || late[$1]="${late[$1]:-} $(seconds_of await_followers)"
}
show_row() {
  against "$1, followers" "$1, resting" ""
  against "$1, resting" "$1, bare" ""
  against "$1, followers" "$1, bare" "at least 0.97"
}
show_late() { # how long followers needed after a turn, and the rate if that time counts
  awk -v name="$1" -v late="$(middle "${late[$1]}")" -v s="$seconds" -v a="$(middle "${rates[$1, followers]}")" \
    -v b="$(middle "${rates[$1, bare]}")" 'BEGIN {
    printf "| %s | %.1f | %.0f | %.2f |\n", name, late, a * s / (s + late), a * s / (s + late) / b}'
}

seconds_of() { # command
  local began=$EPOCHREALTIME
  "$@"
  awk -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN {print to - from}'
}

buckets() { # answers follower, upper bound in seconds, and events below it
  curl -sf "${managements[followers]}/q/metrics" |
    sed -n 's/^laurel_feed_delay_seconds_bucket{.*follower="\([^"]*\)".*le="\([^"]*\)".*} \(.*\)$/\1 \2 \3/p' | sort -s -k1,1
}

# Between two readings, for each follower with events: the bounds below which the half, and 99 in 100, of them were seen.
seen() { # readings before, after
  awk 'NR == FNR {before[$1, $2] = $3; next}
    $1 != name {tell(); name = $1; rows = 0}
    {bound[++rows] = $2; n[rows] = $3 - before[$1, $2]}
    function tell(i, half, tail) {
      if (!rows || !n[rows]) return
      for (i = 1; !half; i++) if (n[i] >= n[rows] / 2) half = bound[i]
      for (i = 1; !tail; i++) if (n[i] >= n[rows] * 0.99) tail = bound[i]
      printf "| %s | %d | %s s | %s s |\n", name, n[rows], half, tail
    }
    END {tell()}' <(echo "$1") <(echo "$2")
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
base=${bases[followers]} await_followers
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
echo
echo "| request, followers | seconds until they had seen all | a second, that time included | ratio to bare |"
echo "|---|---:|---:|---:|"
each_row show_late

base=${bases[followers]} seconds=$((seconds * 3)) TARGET=/api/v1/boards/$board/scores
await_followers
before=$(buckets)
turn paced "$CONNECTIONS" paced
await_followers
echo
echo "| follower | items, of about $RATE events a second | half of them seen within | 99 in 100 within (wanted: 1 s at 1000 a second) |"
echo "|---|---:|---:|---:|"
seen "$before" "$(buckets)"
