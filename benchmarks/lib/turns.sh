# Compared rows take turns, so that other load on the machine affects all of them alike. Source it after common.sh.
#
# `turn` measures one row once; the rates of all its turns are in `rates` under its name, the p99 values in `tails`.
declare -A rates tails

turn() { # name, connections, script in benchmarks/wrk, [path]
  local result
  result=$(wrk -t2 -c"$2" -d"${seconds}s" -s "benchmarks/wrk/$3.lua" "$base${4:-}" | sed -n 's/^RESULT //p')
  read -r -a result <<<"$result"
  [ "${result[4]}" = 0 ] || { echo "$1: ${result[4]} requests refused or failed" >&2; exit 1; }
  rates[$1]="${rates[$1]:-} ${result[0]}" tails[$1]="${tails[$1]:-} ${result[2]}"
}

middle() { tr ' ' '\n' <<<"$1" | grep . | sort -g | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }

# The median rate and p99 of a row, next to those of the row it is compared with.
against() { # name, the other, [wanted]
  awk -v name="$1" -v a="$(middle "${rates[$1]}")" -v b="$(middle "${rates[$2]}")" -v ta="$(middle "${tails[$1]}")" \
    -v tb="$(middle "${tails[$2]}")" -v wanted="${3:-}" 'BEGIN {
    printf "| %s | %.0f | %.0f | %.1f | %.1f | %.2f | %s |\n", name, a, b, ta, tb, a / b, wanted}'
}
