# Measured rows of a benchmark, with the processor time of every process. Source it after common.sh.
#
# A row is printed as soon as it is measured; its rate and p99 stay in arrays under "name/connections" for the ratios.
declare -A rate p99

header() {
  echo "| request | connections | a second | p50, ms | p99, ms | p99.9, ms | refused or failed | cores: service | Redis | PostgreSQL | generator |"
  echo "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
}

# Processor time since the start of a process, in ticks; `with children` adds that of its children, dead or alive.
ticks() { # pid, [with children]
  local pids=$1
  [ $# -eq 1 ] || pids="$1 $(cat "/proc/$1/task/$1/children")"
  for pid in $pids; do cat "/proc/$pid/stat" 2>/dev/null || true; done |
    # After the name in brackets: user, system, and the same of children that have ended.
    sed 's/^.*) //' | awk -v children=$# '{sum += $12 + $13; if (children > 1) sum += $14 + $15} END {print sum}'
}

snapshot() { echo "$EPOCHREALTIME $(ticks "$service") $(ticks "$redis") $(ticks "$postgres" with-children)"; }

# Runs a generator. Its output goes to $data/out, the processor time of all processes to `cores`.
observed() { # command
  local before after TIMEFORMAT='%R %U %S'
  before=$(snapshot)
  { time "$@" >"$data/out" 2>"$data/err"; } 2>"$data/time" || { cat "$data/out" "$data/err" >&2; exit 1; }
  after=$(snapshot)
  cores=$(echo "$before $after $(tail -1 "$data/time")" | awk -v hz="$(getconf CLK_TCK)" '{
    t = ($5 - $1) * hz
    printf "%.2f | %.2f | %.2f | %.2f", ($6 - $2) / t, ($7 - $3) / t, ($8 - $4) / t, ($10 + $11) / $9}')
}

row() { # name, connections, rate, p50, p99, p99.9, errors
  rate[$1/$2]=$3 p99[$1/$2]=$5
  printf '| %s | %s | %.0f | %s | %s | %s | %s | %s |\n' "$@" "$cores"
}

# One row by wrk. The third argument is a script in benchmarks/wrk; the fourth a path, for scripts that need one; with the fifth,
# events are counted instead of requests.
measure() { # name, connections, script, [path], [events]
  local events result threads=$(($2 < 2 ? 1 : 2))
  events=$(metric laurel_score_batch_size_sum)
  observed wrk -t"$threads" -c"$2" -d"${seconds}s" -s "benchmarks/wrk/$3.lua" "$base${4:-}"
  read -r -a result < <(sed -n 's/^RESULT //p' "$data/out")
  events=$(metric laurel_score_batch_size_sum "$events")
  [ -z "${5:-}" ] || result[0]=$(awk -v e="$events" -v s="$seconds" 'BEGIN {print e / s}')
  row "$1" "$2" "${result[@]}"
}

warm() { # seconds, script, [path]
  wrk -t2 -c64 -d"$1s" -s "benchmarks/wrk/$2.lua" "$base${3:-}" >/dev/null
}

# The count of a meter of the service over all tags, minus an earlier value.
metric() { # name, [former value]
  curl -sf "$management/q/metrics" | awk -v name="$1" -v former="${2:-0}" \
    '{split($1, parts, "{")} parts[1] == name {sum += $NF} END {printf "%.0f", sum - former}'
}

ratio() { # text, measured, its floor, [wanted, in percent]
  awk -v text="$1" -v a="$2" -v b="$3" -v wanted="${4:-}" 'BEGIN {
    printf "| %s | %.0f | %.0f | %.0f %% | %s |\n", text, a, b, 100 * a / b, wanted == "" ? "" : "at least " wanted " %"}'
}
