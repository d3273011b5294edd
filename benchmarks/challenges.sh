#!/usr/bin/env bash
# What is read of many challenges, with nothing cached and cached, and what a submission takes. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/challenges.sh [CHALLENGES] [PLAYERS] [SUBMISSIONS]
#
# Each of CHALLENGES (500) has 6 variants; PLAYERS (20000) have made SUBMISSIONS (1000000), of which every third clears. Each row is
# measured with one connection for SECONDS_EACH seconds (5). From the environment: DATA, a folder for the stores that is kept: they are filled
# if they are not yet, and measured as they are later; FILL_ONLY=true to measure nothing; JAVA_OPTS; PORT; LAUREL_... as for the service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
challenges=${1:-500} submissions=${3:-1000000} seconds=${SECONDS_EACH:-5} board=points
export PLAYERS=${2:-20000}
need wrk wrk
need psql postgresql-client
make_or_keep_data_folder

show() { # name, script, address, bound
  local result
  read -r -a result < <(wrk -t1 -c"${CONNECTIONS:-1}" -d"${seconds}s" -s "benchmarks/wrk/$2.lua" "$3" | sed -n 's/^RESULT //p')
  printf '| %s | %.0f | %s | %s | %s | %s |\n' "$1" "${result[@]:0:3}" "${result[4]}" "$4"
}

table() {
  echo
  echo "| $1 | a second | p50, ms | p99, ms | failed | p99 wanted |"
  echo "|---|---:|---:|---:|---:|---|"
}

reads() { # bound
  show "every variant, who has cleared it" path "$base/api/v1/challenges/cleared" "$1"
  show "all players, 50 to a page" path "$base/api/v1/challenges/players" "$1"
  show "all players, page 100" path "$base/api/v1/challenges/players?page=100" "$1"
  show "what a player has cleared" path "$base/api/v1/players/p000000000001/cleared" "$1"
  show "a player's submissions" path "$base/api/v1/players/p000000000001/submissions" "$1"
  show "the best of a variant, without texts" path "$base/api/v1/challenges/c0001/v1/submissions?content=false" "$1"
  show "the best of a variant, with texts" path "$base/api/v1/challenges/c0001/v1/submissions" "$1"
  show "100 players looked up" lookup "$base" "$1"
}

echo "machine: $(machine)"
echo "run: $challenges challenges of 6 variants, $PLAYERS players, $submissions submissions; all processes on this machine"
# Nothing is cached for longer than the request that loads it.
start_service -Dlaurel.challenge.submissions-cached-for=PT0S -Dlaurel.challenge.cleared-cached-for=PT0S
fill() {
  curl -sf -X PUT "$base/api/v1/boards/$board" -H 'Content-Type: application/json' -d '{"title":"Benchmark"}' >/dev/null
  sql -v challenges="$challenges" -v players="$PLAYERS" -v submissions="$submissions" -f benchmarks/sql/challenges.sql >/dev/null
  touch "$data/filled"
}
[ -f "$data/filled" ] || fill
await_followers
[ "${FILL_ONLY:-}" != true ] || exit 0
export LOOKUP=/api/v1/challenges/cleared/lookup
seconds=3 reads '' >/dev/null

table "nothing cached"
reads 10
leave_stores
start_service
seconds=3 reads '' >/dev/null
table cached
reads ''

export TARGET_PREFIX=/api/v1/challenges/c VARIANT=v1 CHALLENGES=$challenges
table "a submission"
CLEARED=false show "that clears nothing, 1 connection" attempt "$base" ''
CLEARED=true show "that clears, 1 connection" attempt "$base" ''
CONNECTIONS=32 CLEARED=false show "that clears nothing, 32 connections" attempt "$base" ''
CONNECTIONS=32 CLEARED=true show "that clears, 32 connections" attempt "$base" ''
