# Shared by the benchmark scripts: tools, the service with stores of its own, and access to them. Source it from bash.
#
# `start_service` sets base (address of the service), management (address of its metrics), service, redis, postgres (process ids),
# and the environment of psql, pgbench and redis-cli.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
service='' data=''

need() { # program, Debian package
  command -v "$1" >/dev/null && return
  echo "$1 is missing: install the Debian package $2" >&2
  exit 2
}

machine() {
  echo "$(nproc) cores, $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | sed 's/^ //')," \
    "$(java -version 2>&1 | sed -n '1s/"//gp'), data on $(df --output=fstype "$data" | tail -1)"
}

# A folder for this run, removed at the end together with any process that still uses it.
make_data_folder() {
  data=$(mktemp -d "${TMPDIR:-/tmp}/laurel-bench.XXXXXX")
  trap 'stop_service; discard_data' EXIT
}

# As make_data_folder; but with DATA in the environment it is that folder, which stays for later runs.
make_or_keep_data_folder() {
  [ -n "${DATA:-}" ] || { make_data_folder; return; }
  mkdir -p "$DATA"
  data=$DATA
  trap stop_service EXIT
}

discard_data() { [ -n "${DATA:-}" ] || rm -rf "$data"; }

start_service() { # further options of the JVM
  local jar=${APP:-$root/target/quarkus-app}/quarkus-run.jar port=${PORT:-18080}
  [ -f "$jar" ] || { echo "nothing to measure: mvn -DskipTests package" >&2; exit 2; }
  base=http://127.0.0.1:$port management=http://127.0.0.1:$((port + 1))
  java ${JAVA_OPTS:-} "$@" -Dquarkus.http.port="$port" -Dquarkus.management.port="$((port + 1))" \
    -Dlaurel.embedded.data-dir="$data/stores" -jar "$jar" \
    >>"$data/service.log" 2>&1 &
  service=$!
  for _ in $(seq 600); do
    curl -sf "$management/q/health/ready" >/dev/null && break
    kill -0 "$service" 2>/dev/null || { cat "$data/service.log" >&2; exit 1; }
    sleep 0.1
  done
  postgres=$(sed -n 1p "$data/stores/postgres/postmaster.pid")
  redis=$(cat "$data/stores/redis/redis.pid")
  export PGHOST=127.0.0.1 PGPORT PGUSER=postgres PGDATABASE=laurel PGPASSWORD REDISCLI_AUTH redis_port
  PGPORT=$(sed -n 4p "$data/stores/postgres/postmaster.pid")
  PGPASSWORD=$(cat "$data/stores/secret") REDISCLI_AUTH=$(cat "$data/stores/secret")
  redis_port=$(awk '$1 == "port" {print $2}' "$data/stores/redis/redis.conf")
}

stop_service() {
  [ -n "$service" ] || return 0
  kill "$service" 2>/dev/null || true
  wait "$service" 2>/dev/null || true
  service=''
}

# Kills the service, which leaves its stores running, and exports their addresses for the next start.
leave_stores() {
  kill -9 "$service"
  wait "$service" 2>/dev/null || true
  service=''
  trap 'stop_service; stop_stores; discard_data' EXIT
  export LAUREL_ACCESS_OPEN=true
  export LAUREL_POSTGRES_URL=postgresql://127.0.0.1:$PGPORT/$PGDATABASE LAUREL_POSTGRES_USER=$PGUSER
  export LAUREL_POSTGRES_PASSWORD=$PGPASSWORD LAUREL_REDIS_URL=redis://:$REDISCLI_AUTH@127.0.0.1:$redis_port
}

stop_stores() {
  kill -INT "$postgres" && kill "$redis" || true
  for _ in $(seq 100); do
    kill -0 "$postgres" 2>/dev/null || kill -0 "$redis" 2>/dev/null || break
    sleep 0.1
  done
}

sql() { psql -XqAt -v ON_ERROR_STOP=1 "$@"; }

# Until all followers have done what was accepted: their work would be part of what is measured next.
await_followers() {
  while curl -sf "$base/api/v1/admin/followers" | grep -qE '"lagItems":[1-9]'; do sleep 0.5; done
}

# A schema with the tables and functions of the service, separate from those it uses itself. The migrations name no schema, so
# it is enough that the search path contains only this one.
create_schema() { # name
  sql -c "CREATE SCHEMA $1"
  export PGOPTIONS="-c search_path=$1 -c client_min_messages=warning"
  cat "$root"/src/main/resources/db/migration/{V,R}*.sql | sql >/dev/null
}

# The rate reported by pgbench: "transactions per second" of a run without connection time.
tps() { awk '/^tps/ {print $3}'; }
