#!/usr/bin/env bash
# Runs the program as its image would: on the files that the Dockerfile copies and the libraries they load, and nothing
# else; on a root that cannot be written; as user 65532 without rights; as the first process; within 256 MB. Then it does
# the main job with it, looks whether the answers are right, and stops it under load. For machines without a container engine:
# bubblewrap takes its place.
#
#   mvn -Dnative -DskipTests package
#   src/test/scripts/run-image-layout.sh native
#   mvn -DskipTests package
#   src/test/scripts/run-image-layout.sh jvm      # with a JDK 25 as JAVA_HOME, as the image has one
#
# The stores are told as to the service, by LAUREL_POSTGRES_URL and so on, and have to be reachable at 127.0.0.1. Needs the
# Debian packages bubblewrap, util-linux, curl, jq and wrk. From the environment: MEMORY, in megabytes (256, for the JVM 512);
# SECONDS_OF_LOAD (10); PORT (18480), and the one behind it for health.
set -euo pipefail
cd "$(dirname "$0")/../../.."
kind=${1:?native or jvm} port=${PORT:-18480} load=${SECONDS_OF_LOAD:-10}
dockerfile=src/main/docker/Dockerfile.$kind
case $kind in native) memory=${MEMORY:-256} ;; jvm) memory=${MEMORY:-512} ;; *) echo "native or jvm" >&2; exit 2 ;; esac
base=http://127.0.0.1:$port health=http://127.0.0.1:$((port + 1))/q/health/ready
board=layout-$$ connections=16 each=500
work=$(mktemp -d "${TMPDIR:-/tmp}/laurel-layout.XXXXXX")
root=$work/root group='' sandbox='' program=''

fail() { echo "FAILED: $*" >&2; [ ! -s "$work/log" ] || tail -20 "$work/log" >&2; exit 1; }

finish() {
  [ -z "$program" ] || kill -9 "$program" 2>/dev/null || true
  [ -z "$sandbox" ] || wait "$sandbox" 2>/dev/null || true
  [ -z "$group" ] || rmdir "$group" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' TERM INT

for tool in bwrap setpriv curl jq wrk ldd; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 2; }
done

# --- The files -----------------------------------------------------------------------------------------------------------
# What the last stage copies from the build. What it copies from other stages is the ground, which is put together here.
copy_what_the_dockerfile_copies() {
  local words source target
  sed -n '/^FROM scratch/,$ {/^COPY / {/--from=/! {s/^COPY //; s/--[a-z]*=[^ ]* //g; p}}}' "$dockerfile" >"$work/copies"
  [ -s "$work/copies" ] || fail "$dockerfile copies nothing"
  while read -r -a words; do
    target=${words[-1]}
    unset 'words[-1]'
    for source in "${words[@]}"; do
      # shellcheck disable=SC2086 # The pattern of the Dockerfile is meant.
      set -- $source
      [ -e "$1" ] || fail "$dockerfile copies $source, which no build has made"
      if [ -d "$1" ]; then
        mkdir -p "$root$target" && cp -r "$1/." "$root$target"
      elif [ "${target%/}" != "$target" ] || [ $# -gt 1 ]; then
        mkdir -p "$root$target" && cp "$@" "$root$target"
      else
        mkdir -p "$root$(dirname "$target")" && cp "$1" "$root$target"
      fi
    done
  done <"$work/copies"
}

libraries_of() { # programs and libraries; the files the loader takes, at the paths where it looks for them
  ldd "$@" 2>/dev/null | grep -o '/[^ :]*' | sort -u | while read -r library; do
    [ ! -f "$library" ] || [ -e "$root$library" ] || install -D -m 0555 "$(readlink -f "$library")" "$root$library"
  done
}

mkdir -p "$root"/{tmp,proc,dev,sys/fs/cgroup}
copy_what_the_dockerfile_copies
ground=()
if [ "$kind" = native ]; then
  chmod 0555 "$root/laurel/laurel"
  libraries_of "$root/laurel/laurel"
else
  [ -x "${JAVA_HOME:-/none}/bin/java" ] || { echo "JAVA_HOME has to name a Java runtime" >&2; exit 2; }
  java_home=$(readlink -f "$JAVA_HOME")
  mkdir -p "$root/opt/java/openjdk"
  ground=(--ro-bind "$java_home" /opt/java/openjdk)
  # Distributions keep the runtime's settings beside it and link to them.
  find "$java_home" -type l -lname '/etc/*' -print0 | xargs -0 -r readlink -f | while read -r settings; do
    [ ! -f "$settings" ] || install -D -m 0444 "$settings" "$root$settings"
  done
  libraries_of "$java_home"/bin/java "$java_home"/lib/*.so "$java_home"/lib/server/libjvm.so
fi
read -r -a entrypoint < <(sed -n 's/^ENTRYPOINT \[\(.*\)\]$/\1/p' "$dockerfile" | tr -d '",')
if [ "$kind" = native ]; then entrypoint+=("-Xmx144m"); fi # As compose and Kubernetes start it.
[ ! -e "$root/bin" ] && [ ! -e "$root/usr/bin" ] || fail "there are tools in the image"

# --- The sandbox ---------------------------------------------------------------------------------------------------------
# A control group of its own where this machine lets us make one: of version 1 or 2.
limits=()
make_group() {
  local own
  if [ -w /sys/fs/cgroup/memory ]; then
    own=/sys/fs/cgroup/memory/laurel-layout-$$
    mkdir "$own" 2>/dev/null && echo $((memory * 1048576)) >"$own/memory.limit_in_bytes" || return 0
    mkdir -p "$root/sys/fs/cgroup/memory"
    limits=(--ro-bind "$own" /sys/fs/cgroup/memory)
  elif [ -w /sys/fs/cgroup/cgroup.procs ] && grep -qw memory /sys/fs/cgroup/cgroup.subtree_control; then
    own=/sys/fs/cgroup/laurel-layout-$$
    mkdir "$own" 2>/dev/null && echo $((memory * 1048576)) >"$own/memory.max" && echo 0 >"$own/memory.swap.max" || return 0
    limits=(--ro-bind "$own" /sys/fs/cgroup)
  else
    return 0
  fi
  group=$own
}

drop() { # as root another user is taken; else the one who calls, who is shown as 65532
  if [ "$(id -u)" = 0 ]; then exec setpriv --reuid=65532 --regid=65532 --clear-groups --no-new-privs "$@"; fi
  exec "$@"
}

enter() { # options of bwrap, --, command; does not return
  [ -z "$group" ] || echo "$BASHPID" >"$group/cgroup.procs"
  drop bwrap --unshare-user --uid 65532 --gid 65532 --unshare-pid --as-pid-1 --unshare-ipc --unshare-uts --hostname laurel \
    --cap-drop ALL --die-with-parent --ro-bind "$root" / "${ground[@]}" --proc /proc --dev /dev "${limits[@]}" --tmpfs /tmp \
    --remount-ro / --chdir /tmp --clearenv --setenv LANG C.UTF-8 \
    --setenv LAUREL_POSTGRES_URL "${LAUREL_POSTGRES_URL:?}" --setenv LAUREL_REDIS_URL "${LAUREL_REDIS_URL:?}" \
    --setenv LAUREL_POSTGRES_USER "${LAUREL_POSTGRES_USER-}" --setenv LAUREL_POSTGRES_PASSWORD "${LAUREL_POSTGRES_PASSWORD-}" \
    --setenv LAUREL_ACCESS_OPEN true --setenv QUARKUS_HTTP_PORT "$port" --setenv QUARKUS_MANAGEMENT_PORT "$((port + 1))" "$@"
}

chmod 0755 "$work" "$root"
chmod -R a+rX "$root"
if [ "$kind" = jvm ]; then
  # The archive of classes is made at this very place, by a run that ends, as the stage of the Dockerfile does it.
  mkdir -m 0777 "$work/archive"
  (enter --bind "$work/archive" /tmp -- /opt/java/openjdk/bin/java -Xlog:cds=off \
    -XX:ArchiveClassesAtExit=/tmp/laurel.jsa -jar /laurel/quarkus-run.jar --migrate) >"$work/log" 2>&1 || fail "no archive"
  install -m 0444 "$work/archive/laurel.jsa" "$root/laurel/laurel.jsa"
fi

make_group
# Pages of files belong to the group that reads them first: that shall be the one of the program.
find "$root" -type f -print | while read -r file; do
  sync "$file" && dd if="$file" iflag=nocache count=0 status=none
done
started=$EPOCHREALTIME
(enter -- "${entrypoint[@]}") >"$work/log" 2>&1 &
sandbox=$!
until curl -sf "$health" >/dev/null; do
  kill -0 "$sandbox" 2>/dev/null || fail "it has ended"
  awk -v a="$started" -v b="$EPOCHREALTIME" 'BEGIN {exit b - a > 60}' || fail "it does not become ready"
  sleep 0.02
done
ready=$(awk -v a="$started" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.2f", b - a}')
program=$(cat "/proc/$sandbox/task/$sandbox/children" | tr -d ' ')
status() { awk -v name="$1:" '$1 == name {print $2}' "/proc/$program/status"; }
rss() { echo $(($(status VmRSS) / 1024)); }

# --- What it is ----------------------------------------------------------------------------------------------------------
[ "$(status NoNewPrivs)" = 1 ] || fail "it could take new rights"
[ "$(status CapEff)" = 0000000000000000 ] || fail "it has rights: $(status CapEff)"
[ "$(id -u)" != 0 ] || [ "$(status Uid)" = 65532 ] || fail "it runs as user $(status Uid)"
awk '$5 == "/" {options = $6} END {exit options !~ /^ro/}' "/proc/$program/mountinfo" || fail "its root can be written"
[ "$(awk '/^NSpid:/ {print $NF}' "/proc/$program/status")" = 1 ] || fail "it is not the first process"
idle=$(rss)

# --- The main job --------------------------------------------------------------------------------------------------------
json='Content-Type: application/json'
curl -sf -X PUT "$base/api/v1/boards/$board" -H "$json" -d '{"title":"Layout"}' >/dev/null || fail "no board"
# Each of the players p1, p2, … gets as many points as its number, from several connections at once. What is refused while
# the program is new and busy is sent again.
seq "$connections" | xargs -P "$connections" -I{} sh -c \
  "seq \$((({} - 1) * $each + 1)) \$(({} * $each)) | sed 's/.*/{\"playerId\":\"p&\",\"score\":&,\"eventId\":\"e&\"}/' |
   curl -sf --retry 30 --retry-delay 1 -H 'Content-Type: application/x-ndjson' --data-binary @- '$base/api/v1/boards/$board/scores/batch' >/dev/null" ||
  fail "submissions were refused"
players=$((connections * each))
ranking=$base/api/v1/boards/$board/rankings/weekly
top=$(curl -sf "$ranking?limit=3" | jq -r '[.total, (.entries[] | .rank, .playerId, .score)] | @csv' | tr -d '"') || fail "no top list"
[ "$top" = "$players,1,p$players,$players,2,p$((players - 1)),$((players - 1)),3,p$((players - 2)),$((players - 2))" ] ||
  fail "wrong top list: $top"
rank=$(curl -sf "$ranking/players/p100" | jq .rank) || fail "no rank"
[ "$rank" = $((players - 99)) ] || fail "p100 has rank $rank"

# --- Load, and the end under load ----------------------------------------------------------------------------------------
export PLAYERS=$players TARGET=/api/v1/boards/$board/scores
load() { wrk -t2 -c"$connections" -d"$1s" -s benchmarks/wrk/submit.lua "$base"; }
sum() { curl -sf "$base/api/v1/boards/$board/rankings/all_time/export?format=csv" | awk -F, 'NR > 1 {sum += $3} END {print sum}'; }
before=$(sum) || fail "no export"
load "$load" >"$work/wrk" || fail "no load"
read -r _ rate p50 p99 _ errors < <(grep '^RESULT' "$work/wrk")
[ "$errors" = 0 ] || fail "$errors submissions were not answered as they should"
sent=$(awk '/requests in/ {print $1}' "$work/wrk")
counted=$(($(sum) - before))
# What was on its way when the generator ended may count, and was not awaited.
[ "$counted" -ge "$sent" ] && [ "$counted" -le $((sent + connections)) ] || fail "$sent acknowledged, $counted counted"
loaded=$(rss) peak=$(($(status VmHWM) / 1024))
# The generator connects again whenever it is told to close, and so long keeps the program from its end: for three seconds.
load 5 >/dev/null 2>&1 &
generator=$!
sleep 2
stopping=$EPOCHREALTIME
kill -TERM "$program"
program=''
code=0
wait "$sandbox" || code=$?
sandbox=''
took=$(awk -v a="$stopping" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.2f", b - a}')
kill "$generator" 2>/dev/null || true
wait "$generator" 2>/dev/null || true
[ "$code" = 0 ] || [ "$code" = 143 ] || fail "it ended with $code"
grep -q 'stopped in' "$work/log" || fail "it did not end in order"
awk -v took="$took" 'BEGIN {exit took > 15}' || fail "it took $took s to end"
# Who knocks after the end is of no concern, though the framework tells it.
! grep -v 'Error Occurred After Shutdown' "$work/log" | grep -E ' ERROR |OutOfMemory|Permission denied|Read-only|ClassNotFound|NoSuchMethod' || fail "it complained"

echo "image layout, $kind: ready after $ready s; $players players right; $counted submissions in $load s, $rate a second," \
  "p50 $p50 ms, p99 $p99 ms; resident $idle MB, after load $loaded MB, at most $peak MB; stopped after $took s with $code"
if [ -n "$group" ]; then
  # The names of version 1, or of version 2.
  if [ -f "$group/memory.failcnt" ]; then
    most=$(cat "$group/memory.max_usage_in_bytes") hits=$(cat "$group/memory.failcnt")
  else
    most=$(cat "$group/memory.peak" 2>/dev/null || echo 0) hits=$(awk '$1 == "max" {print $2}' "$group/memory.events")
  fi
  echo "limit $memory MB: the control group held at most $((most / 1048576)) MB, the limit was met $hits times"
else
  echo "limit: none, this machine lets nobody make a control group; the heap is bounded by the arguments alone"
fi
