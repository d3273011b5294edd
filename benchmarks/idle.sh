#!/usr/bin/env bash
# What a service costs that nobody uses: processor time of the service, of Redis and of PostgreSQL, and what is sent to both stores.
#
#   mvn -DskipTests package
#   benchmarks/idle.sh [ROUNDS] [SECONDS]
#
# Fills BOARDS (12) boards of five periods with PLAYERS (3000) each, waits SETTLE (150) seconds, until everything has been compared once,
# and then measures ROUNDS times (3) for SECONDS (60). Shares are of one core. From the environment as well: APP, JAVA_OPTS, PORT, and
# LAUREL_... as the service takes it.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
rounds=${1:-3} seconds=${2:-60} boards=${BOARDS:-12} players=${PLAYERS:-3000}
need psql postgresql-client
need redis-cli redis-tools
make_data_folder
start_service

for board in $(seq "$boards"); do
  curl -sSf -X PUT "$base/api/v1/boards/idle-$board" -H 'Content-Type: application/json' \
    -d '{"title":"Idle"}' >/dev/null
  for from in $(seq 1 1000 "$players"); do
    seq "$from" $((from + 999)) | awk '{print "{\"playerId\":\"player-" $1 "\",\"score\":" $1 "}"}' |
      curl -sSf -X POST "$base/api/v1/boards/idle-$board/scores/batch" \
        -H 'Content-Type: application/x-ndjson' --data-binary @- >/dev/null
  done
done
sleep "${SETTLE:-150}"

spent() { # process, with its children: ticks
  local all
  all=$(pgrep -P "$1" || true)
  for one in $1 $all; do awk '{print $14 + $15 + $16 + $17}' "/proc/$one/stat" 2>/dev/null; done |
    awk '{sum += $1} END {print sum + 0}'
}
own() { awk '{print $14 + $15}' "/proc/$1/stat"; }
commands() {
  redis-cli -p "$redis_port" --no-auth-warning info commandstats |
    sed -n 's/^cmdstat_\([^:]*\):calls=\([0-9]*\),usec=\([0-9]*\).*/\1 \2 \3/p'
}
transactions() { psql -qAtc "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"; }

ticks=$(getconf CLK_TCK)
echo "$(machine); $boards boards of $players players, $rounds times $seconds s"
echo
echo "| round | service | Redis | PostgreSQL | transactions a second |"
echo "|---|---|---|---|---|"
commands >"$data/commands"
for round in $(seq "$rounds"); do
  before=("$(own "$service")" "$(own "$redis")" "$(spent "$postgres")" "$(transactions)")
  sleep "$seconds"
  after=("$(own "$service")" "$(own "$redis")" "$(spent "$postgres")" "$(transactions)")
  for i in 0 1 2 3; do echo "${before[$i]} ${after[$i]}"; done |
    awk -v round="$round" -v ticks="$ticks" -v seconds="$seconds" '
      {rate[NR] = ($2 - $1) / seconds}
      END {printf "| %d | %.2f %% | %.2f %% | %.2f %% | %.1f |\n", round, rate[1] / ticks * 100, rate[2] / ticks * 100,
           rate[3] / ticks * 100, rate[4]}'
done
echo
echo "| command of Redis | calls a second | µs of Redis a second |"
echo "|---|---|---|"
commands | awk -v seconds="$((rounds * seconds))" '
  NR == FNR {calls[$1] = $2; usec[$1] = $3; next}
  $2 > calls[$1] {printf "| %s | %.2f | %.1f |\n", $1, ($2 - calls[$1]) / seconds, ($3 - usec[$1]) / seconds}
' "$data/commands" - | sort -t'|' -k4 -rn
