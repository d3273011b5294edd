#!/usr/bin/env bash
# Measures imports: rows a second that are checked, and that are applied and shown; the memory of the service; the latency of a top 10
# and of submissions meanwhile; the time from an upload of 1,000 rows to the ranking that shows them; and a workbook. Prints Markdown.
#
#   mvn -DskipTests package
#   benchmarks/imports.sh [ROWS] [PLAYERS] [WORKBOOK_ROWS]
#
# ROWS (default 1000000) of PLAYERS (100000) go into an empty board with five periods, first as a test (dryRun), then for good; 20 reads
# and 20 submissions a second to the same board go on meanwhile. The small file and the workbook of WORKBOOK_ROWS (100000) have 13
# columns, of which 8 are metrics, and are taken as a SNAPSHOT. From the environment: JAVA_OPTS (-Xmx256m); PORT; LAUREL_... as for the
# service.
set -euo pipefail
cd "$(dirname "$0")/.."
source benchmarks/lib/common.sh
rows=${1:-1000000} players=${2:-100000} workbook_rows=${3:-100000} board=bench
export JAVA_OPTS=${JAVA_OPTS:--Xmx256m}
need psql postgresql-client
need jar openjdk-17-jdk-headless
make_data_folder
json() { curl -sf "$@" -H 'Content-Type: application/json'; }

field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/p"; }

upload() { # file, board, mode, further fields
  curl -sf -F file=@"$1" -F board="$2" -F mode="$3" -F reason=benchmark -F author=benchmark "${@:4}" "$base/api/v1/imports" | field id
}

await() { # number of the import, seconds between two looks
  local state
  until state=$(curl -sf "$base/api/v1/imports/$1" | field state) && [[ $state == DONE* || $state == FAILED ]]; do sleep "${2:-0.5}"; done
  [[ $state == DONE* ]] || { curl -s "$base/api/v1/imports/$1" >&2; exit 1; }
}

# Twenty requests a second over one connection each: a process for each request would take half a processor from the service.
ask() {
  exec stdbuf -oL curl -s --rate 20/s -o /dev/null -w '%{http_code} %{time_total}\n' \
    "$base/api/v1/boards/$board/rankings/daily?limit=10#[1-1000000]"
}

submit() {
  mkdir -p "$data/bodies"
  for n in $(seq 0 999); do echo "{\"playerId\":\"s$n\",\"score\":1}" >"$data/bodies/$n.json"; done
  exec stdbuf -oL curl -s --rate 20/s -o /dev/null -w '%{http_code} %{time_total}\n' -X POST -H 'Content-Type: application/json' \
    -T "$data/bodies/[0-999].json" "$base/api/v1/boards/$board/scores#[1-1000]"
}

latencies() { # name, file of statuses and seconds
  sort -n -k2 "$2" | awk -v name="$1" '{t[NR] = 1000 * $2; bad += $1 != 200}
    END {printf "| %s | %d | %d | %.1f | %.1f | %.1f |\n", name, NR, bad, t[int((NR + 1) / 2)], t[int(NR * 0.99 + 0.5)], t[NR]}'
}

# The greatest heap in use, each second; the kernel itself keeps the greatest resident set.
watch_memory() {
  echo 5 >"/proc/$service/clear_refs"
  while :; do
    curl -sf "$management/q/metrics" | awk '/^jvm_memory_used_bytes.*area="heap"/ {s += $NF} END {print int(s / 1048576)}'
    sleep 1
  done
}

resident() { awk '/VmHWM/ {print int($2 / 1024)}' "/proc/$service/status"; }

reads_by_source() { curl -sf "$management/q/metrics" | sed -n 's/^laurel_ranking_reads_total{source="\([A-Z]*\)"} \(.*\)/\1 \2/p' | sort; }

# Prints a row of the table of imports.
measured_import() { # name, rows, file, board, mode, further fields
  local id watch job
  watch_memory >"$data/heaps" &
  watch=$!
  id=$(upload "${@:3}")
  await "$id"
  kill $watch
  wait $watch 2>/dev/null || true
  job=$(curl -sf "$base/api/v1/imports/$id")
  awk -v name="$1" -v n="$2" -v state="$(field state <<<"$job")" -v rate="$(field rate <<<"$job")" -v ms="$(field durationMs <<<"$job")" \
    -v heap="$(sort -n "$data/heaps" | tail -1)" -v resident="$(resident)" \
    'BEGIN {printf "| %s | %s | %.0f | %.0f | %d | %d |\n", name, state, rate, n / (ms / 1000), heap, resident}'
}

today=$(date -u +%Y-%m-%dT%H:%M:%SZ)
columns="Governor ID,Governor,Alliance,Rank in alliance,metric1,metric2,metric3,metric4,metric5,metric6,metric7,metric8,Date"

season() { # rows, number of the first player
  awk -v rows="$1" -v from="$2" -v columns="$columns" -v today="$today" 'BEGIN {srand(11); print columns
    for (i = 0; i < rows; i++) {
      printf "%d,Governor %d,TAG%d,R%d", 10000000 + from + i, from + i, i % 50, i % 5
      for (m = 1; m <= 8; m++) printf ",%d", int(rand() * 100000000)
      print "," today}}'
}

# The least that a workbook can be: texts inside their cells.
workbook() { # CSV file, XLSX file
  local folder=$data/workbook main=http://schemas.openxmlformats.org/spreadsheetml/2006/main
  local relations=http://schemas.openxmlformats.org/package/2006/relationships
  local office=http://schemas.openxmlformats.org/officeDocument/2006/relationships types=application/vnd.openxmlformats
  mkdir -p "$folder/_rels" "$folder/xl/_rels" "$folder/xl/worksheets"
  echo "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='rels'" \
    "ContentType='$types-package.relationships+xml'/><Override PartName='/xl/workbook.xml'" \
    "ContentType='$types-officedocument.spreadsheetml.sheet.main+xml'/><Override PartName='/xl/worksheets/sheet1.xml'" \
    "ContentType='$types-officedocument.spreadsheetml.worksheet+xml'/></Types>" >"$folder/[Content_Types].xml"
  echo "<Relationships xmlns='$relations'><Relationship Id='r1' Type='$office/officeDocument' Target='xl/workbook.xml'/></Relationships>" \
    >"$folder/_rels/.rels"
  echo "<workbook xmlns='$main' xmlns:r='$office'><sheets><sheet name='Season' sheetId='1' r:id='r1'/></sheets></workbook>" \
    >"$folder/xl/workbook.xml"
  echo "<Relationships xmlns='$relations'><Relationship Id='r1' Type='$office/worksheet' Target='worksheets/sheet1.xml'/></Relationships>" \
    >"$folder/xl/_rels/workbook.xml.rels"
  awk -F, -v main="$main" 'BEGIN {printf "<worksheet xmlns=\"%s\"><sheetData>", main}
    {printf "<row r=\"%d\">", NR
     for (i = 1; i <= NF; i++) {
       cell = sprintf("%c%d", 64 + i, NR)
       if ($i ~ /^[0-9]+$/) printf "<c r=\"%s\"><v>%s</v></c>", cell, $i
       else printf "<c r=\"%s\" t=\"inlineStr\"><is><t>%s</t></is></c>", cell, $i}
     print "</row>"}
    END {print "</sheetData></worksheet>"}' "$1" >"$folder/xl/worksheets/sheet1.xml"
  jar --create --no-manifest --file "$2" -C "$folder" .
}

create_season_board() {
  json -X PUT "$base/api/v1/boards/$1" -d '{"title":"Season","operator":"LATEST","periods":["MONTHLY","ALL_TIME"],
    "metrics":["metric1","metric2","metric3","metric4","metric5","metric6","metric7","metric8"],
    "lateness":"PT720H"}' >/dev/null
}

# Seconds from the beginning of an upload to an answer that ranks all of its players.
small_upload() { # board
  local started=$EPOCHREALTIME id
  id=$(upload "$data/small.csv" "$1" SNAPSHOT)
  await "$id" 0.01
  for _ in $(seq 100); do
    curl -sf "$base/api/v1/boards/$1/rankings/monthly?limit=10" | grep -q '"total":1000,' && break
  done
  awk -v a="$started" -v b="$EPOCHREALTIME" 'BEGIN {print 200, b - a}'
}

awk -v rows="$rows" -v players="$players" 'BEGIN {srand(7); print "player,score"
  for (i = 0; i < rows; i++) printf "p%012d,%d\n", int(rand() * players), 1 + int(rand() * 1000)}' >"$data/rows.csv"
season 1000 0 >"$data/small.csv"
season "$workbook_rows" 1000 >"$data/season.csv"
workbook "$data/season.csv" "$data/season.xlsx"

start_service
echo "machine: $(machine); service, stores and clients on the same cores; JAVA_OPTS=$JAVA_OPTS"
echo
json -X PUT "$base/api/v1/boards/$board" -d '{"title":"Benchmark","periods":["DAILY","WEEKLY","MONTHLY","YEARLY","ALL_TIME"]}' >/dev/null
json "$base/api/v1/boards/$board/scores" -d '{"playerId":"first","score":1}' >/dev/null
echo "| import | state | rows/s | rows/s, loading and waiting included | heap at most, MB | resident at most, MB |"
echo '|---|---|---:|---:|---:|---:|'
for kind in test real; do
  reads_by_source >"$data/sources"
  ask >"$data/reads.$kind" & reader=$!
  submit >"$data/writes.$kind" & writer=$!
  trap 'kill $reader $writer 2>/dev/null || true; stop_service; discard_data' EXIT
  measured_import "$rows rows of CSV, $kind" "$rows" "$data/rows.csv" $board EVENTS $([[ $kind == test ]] && echo -F dryRun=true)
  kill $reader $writer
  wait $reader $writer 2>/dev/null || true
  reads_by_source | join "$data/sources" - | awk '$3 > $2 {printf "%s %d ", $1, $3 - $2}' >"$data/sources.$kind"
done
await_followers
create_season_board workbook
measured_import "$workbook_rows rows of XLSX, 13 columns" "$workbook_rows" "$data/season.xlsx" workbook SNAPSHOT
echo
echo '| meanwhile | requests | not 200 | median, ms | p99, ms | worst, ms |'
echo '|---|---:|---:|---:|---:|---:|'
for kind in test real; do
  latencies "top 10, $kind" "$data/reads.$kind"
  latencies "submission, $kind" "$data/writes.$kind"
done
await_followers
for n in $(seq 15); do create_season_board "small$n"; small_upload "small$n"; done >"$data/smalls"
latencies "1,000 rows, 13 columns, from upload to ranking" "$data/smalls"
echo
for kind in test real; do echo "rankings read, $kind: $(cat "$data/sources.$kind")"; done
