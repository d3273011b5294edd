#!/usr/bin/env bash
# Builds the program of an earlier version, for the fault test of the upgrade (docs/faults.md), and prints its folder.
#
#   src/test/scripts/previous-version.sh [commit [options for Maven]]
#
# Without a commit, or with "-", it is the last one whose schema is an earlier state of the present one: the first of its
# migrations, each as it is now.
set -euo pipefail
cd "$(git -C "$(dirname "$0")" rev-parse --show-toplevel)"

# Those with a version: a repeatable one may be another with each version.
migrations() {
    git ls-tree -r "$1" -- src/main/resources/db/migration | cut -d' ' -f3- | grep /V | sort -k2
}

last_with_earlier_schema() {
    local now then commit
    now="$(migrations HEAD)"
    while read -r commit; do
        then="$(migrations "$commit")"
        if [[ -n "$then" && "$now" == "$then"$'\n'* ]]; then
            echo "$commit"
            return
        fi
    done < <(git rev-list HEAD)
    echo "No commit has an earlier schema that leads to this one." >&2
    return 1
}

commit="${1:--}"
shift || true
if [[ "$commit" == - ]]; then
    commit="$(last_with_earlier_schema)"
fi
commit="$(git rev-parse --short "$commit^{commit}")"
folder="$PWD/target/previous/$commit"

if [[ ! -e "$folder/quarkus-run.jar" ]]; then
    source="$(mktemp -d)"
    trap 'git worktree remove --force "$source"' EXIT
    git worktree add --detach "$source" "$commit" >&2
    (cd "$source" && mvn -B -q -DskipTests "$@" package >&2)
    mkdir -p "$(dirname "$folder")"
    cp -r "$source/target/quarkus-app" "$folder"
fi
echo "$folder"
