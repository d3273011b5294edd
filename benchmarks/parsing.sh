#!/usr/bin/env bash
# Measures how fast uploaded files are read, checked and mapped, on one thread and without any store: a CSV of ROWS (1000000) and
# a workbook of WORKBOOK_ROWS (100000), both of 13 columns, each three times in one JVM. Prints Markdown.
#
#   mvn test-compile
#   benchmarks/parsing.sh [ROWS] [WORKBOOK_ROWS]
#
# Also from the environment: JAVA_OPTS (-Xmx256m).
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -B dependency:build-classpath -Dmdep.outputFile=target/parsing.classpath -Dmdep.includeScope=test >/dev/null
echo "machine: $(nproc) cores, Java $(java -version 2>&1 | head -1 | cut -d'"' -f2)"
echo
# shellcheck disable=SC2086 # several options
java ${JAVA_OPTS:--Xmx256m} -cp "target/test-classes:target/classes:$(cat target/parsing.classpath)" \
  dev.laurel.imports.file.ParsingMeasurement "${1:-1000000}" "${2:-100000}"
