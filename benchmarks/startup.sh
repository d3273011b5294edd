#!/usr/bin/env bash
# Compares the native program with the same program on a JVM, in one run: the time from its start to the first right answer, its
# memory, and its throughput. Prints Markdown. On the JVM it runs plain; with an archive of its classes (AppCDS), created as in
# Dockerfile.jvm; and with an AOT cache of JDK 25, created under load.
#
#   mvn -DskipTests package && mvn -Dnative -DskipTests package
#   benchmarks/startup.sh [STARTS] [SECONDS]
#
# Each program is started STARTS times (20), and measured under as much load as it can handle for SECONDS (15), in ROUNDS (3);
# programs take turns, and the median counts. From the environment: PLAYERS (10000); WARM, seconds of unmeasured load before
# (10); IDLE, seconds after the start until idle memory is measured (10); STEADY, seconds of about 1,000 requests a second
# before it is measured again (60); HEAP, the heap limit of all programs (256m); JAVA, and JAVA25, whose rows are omitted
# without a JDK 25; PROGRAMS, to measure only some; PORT.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
starts=${1:-20} seconds=${2:-15} warm=${WARM:-10} idle=${IDLE:-10} steady=${STEADY:-60} rounds=${ROUNDS:-3} heap=${HEAP:-256m}
export PLAYERS=${PLAYERS:-10000} BOARD=/api/v1/boards/bench
jar=$root/target/quarkus-app/quarkus-run.jar
java=${JAVA:-java} java25=${JAVA25:-$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)}
need wrk wrk
need redis-cli redis-tools
need psql postgresql-client
make_data_folder
runner=$(ls "$root"/target/*-runner 2>/dev/null | head -1)
[ -n "$runner" ] || { echo "no native program: mvn -Dnative -DskipTests package" >&2; exit 2; }

declare -A title=([native]="native" [jvm]="JVM" [jvm25]="JVM 25" [appcds]="JVM 25, AppCDS" [aot]="JVM 25, AOT cache")
programs=(${PROGRAMS:-native jvm jvm25 appcds aot})
[ -n "$java25" ] || programs=($(printf '%s\n' "${programs[@]}" | grep -vE '25|appcds|aot'))
declare -A firsts rates tails idles loads peaks paces

# --- One program ---------------------------------------------------------------------------------------------------------
command_of() { # program; sets the array `command`
  local bounded=("-Xmx$heap")
  case $1 in
    native) command=("$runner" "-Xmx$heap" -Xmn24m) ;; # as in the images
    jvm) command=("$java" "-Xmx$heap" -jar "$jar") ;;
    jvm25) command=("$java25" "${bounded[@]}" -jar "$jar") ;;
    appcds) command=("$java25" "${bounded[@]}" -Xlog:cds=off "-XX:SharedArchiveFile=$data/laurel.jsa" -jar "$jar") ;;
    aot) command=("$java25" "${bounded[@]}" -Xlog:aot=off "-XX:AOTCache=$data/laurel.aot" -jar "$jar") ;;
    *) echo "no such program: $1" >&2; exit 2 ;;
  esac
}

launch() { # command; sets service and the time of its start
  launched=$EPOCHREALTIME
  # No client is connected when it is stopped.
  QUARKUS_SHUTDOWN_DELAY=0s QUARKUS_HTTP_PORT=$port QUARKUS_MANAGEMENT_PORT=$((port + 1)) "$@" >>"$data/program.log" 2>&1 &
  service=$!
}

# Polls without starting a process, which would compete with the program for the processors, and waits 2 ms after each failed
# attempt. The right answer has all players and the leader.
exec 9<> <(:)
await_answer() { # sets `first`, milliseconds since the start
  local line
  while :; do
    if { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null; then
      printf 'GET %s/rankings/all_time?limit=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$BOARD" >&3
      line=''
      read -r -t 5 -d '' line <&3 || true
      exec 3>&-
      case $line in "HTTP/1.1 200"*"\"total\":$((PLAYERS + 1)),"*'"playerId":"champion"'*) break ;; esac
    fi
    kill -0 "$service" 2>/dev/null || { tail -20 "$data/program.log" >&2; exit 1; }
    read -r -t 0.002 -u 9 || true
  done
  first=$(awk -v a="$launched" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.0f", (b - a) * 1000}')
}

begin() { # program
  command_of "$1"
  launch "${command[@]}"
  await_answer
}

memory() { awk -v name="$1:" '$1 == name {printf "%.0f", $2 / 1024}' "/proc/$service/status"; }
load() { # connections, seconds
  wrk -t2 -c"$1" -d"$2s" -s benchmarks/wrk/mixed.lua "$base" >"$data/out"
  read -r -a result < <(sed -n 's/^RESULT //p' "$data/out")
  [ "${result[4]}" = 0 ] || echo "${result[4]} requests failed" >&2
}
median() { printf '%s\n' $1 | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

# --- Stores, migrated, with a board in Redis ------------------------------------------------------------------------------
start_service
port=$((${base##*:} + 2))
curl -sf -X PUT "$base$BOARD" -H 'Content-Type: application/json' -d '{"title":"Benchmark"}' >/dev/null
for leader in '"champion","score":1000000000' '"p000000000000","score":1'; do
  curl -sf "$base$BOARD/scores" -H 'Content-Type: application/json' -d "{\"playerId\":$leader}" >/dev/null
done
sql -v board="$(sql -c "SELECT id FROM board WHERE name = 'bench'")" -v players="$PLAYERS" -f benchmarks/sql/seed.sql >/dev/null
redis-cli -p "$redis_port" FLUSHALL >/dev/null
until curl -sf "$base$BOARD/rankings/all_time" | grep -q '"source":"REDIS"'; do sleep 0.1; done
leave_stores
base=http://127.0.0.1:$port

# --- Archives ------------------------------------------------------------------------------------------------------------
case " ${programs[*]} " in *" appcds "*)
  "$java25" -Xlog:cds=off "-XX:ArchiveClassesAtExit=$data/laurel.jsa" -jar "$jar" \
    --migrate >>"$data/program.log" 2>&1
  ;;
esac
case " ${programs[*]} " in *" aot "*)
  # The cache includes method profiles, so the training run has to serve requests.
  launch "$java25" "-Xmx$heap" "-XX:AOTCacheOutput=$data/laurel.aot" -jar "$jar"
  await_answer
  load 16 "$warm"
  stop_service
  [ -s "$data/laurel.aot" ] || { echo "no AOT cache was made" >&2; tail -5 "$data/program.log" >&2; exit 1; }
  ;;
esac

# --- Measure -------------------------------------------------------------------------------------------------------------
for _ in $(seq "$starts"); do
  for program in "${programs[@]}"; do
    begin "$program"
    firsts[$program]+=" $first"
    stop_service
  done
done
for round in $(seq "$rounds"); do
  for program in "${programs[@]}"; do
    begin "$program"
    if [ "$round" = 1 ]; then
      sleep "$idle"
      idles[$program]=$(memory VmRSS)
      PAUSE=64 load 64 "$steady"
      loads[$program]=$(memory VmRSS) paces[$program]=${result[0]}
    fi
    load 64 "$warm"
    load 64 "$seconds"
    rates[$program]+=" ${result[0]}" tails[$program]+=" ${result[2]}"
    peaks[$program]=$(memory VmHWM)
    stop_service
  done
done

# --- Report --------------------------------------------------------------------------------------------------------------
echo "machine: $(machine); JVM: $("$java" -version 2>&1 | head -1), JVM 25: $([ -z "$java25" ] || "$java25" -version 2>&1 | head -1)"
echo "run: $PLAYERS players, heap of at most $heap, $starts starts, $rounds rounds of $seconds s after $warm s of warm-up"
echo "sizes: native program $(du -m "$runner" | cut -f1) MB, jars $(du -sm "$root/target/quarkus-app" | cut -f1) MB," \
  "archives $(du -cm "$data"/laurel.* 2>/dev/null | tail -1 | cut -f1) MB"
echo
echo "| program | first right answer, ms | idle, MB | after $steady s of requests, MB | of them a second | at most, MB | requests a second, 64 connections | p99, ms |"
echo "|---|---:|---:|---:|---:|---:|---:|---:|"
for program in "${programs[@]}"; do
  printf '| %s | %s | %s | %s | %.0f | %s | %.0f | %s |\n' "${title[$program]}" "$(median "${firsts[$program]}")" \
    "${idles[$program]}" "${loads[$program]}" "${paces[$program]}" "${peaks[$program]}" "$(median "${rates[$program]}")" \
    "$(median "${tails[$program]}")"
done
echo
echo "| to the JVM as it is | first answer | idle | after requests | requests a second |"
echo "|---|---:|---:|---:|---:|"
reference=$(printf '%s\n' "${programs[@]}" | grep -m1 '^jvm' || true)
for program in "${programs[@]}"; do
  [ -n "$reference" ] && [ "$program" != "$reference" ] || continue
  awk -v name="${title[$program]}" -v a="$(median "${firsts[$program]}") ${idles[$program]} ${loads[$program]} $(median "${rates[$program]}")" \
    -v b="$(median "${firsts[$reference]}") ${idles[$reference]} ${loads[$reference]} $(median "${rates[$reference]}")" 'BEGIN {
      split(a, x, " "); split(b, y, " "); printf "| %s |", name
      for (i = 1; i <= 4; i++) printf " %.0f %% |", 100 * x[i] / y[i]
      print ""}'
done
