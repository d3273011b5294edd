#!/usr/bin/env bash
# What row-level security costs with pooled connections: reads by name and batches of writes. See ADR 0073.
# Usage: PGHOST=… PGPORT=… PGUSER=… benchmarks/sql/row-security.sh (a database of its own; creates the role laurel_requests)
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT

psql -q <<'SQL'
CREATE ROLE laurel_requests LOGIN;
CREATE TABLE player (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant_id smallint NOT NULL,
    id text COLLATE "C" NOT NULL, display_name text, attributes jsonb DEFAULT '{}', UNIQUE (tenant_id, id));
INSERT INTO player (tenant_id, id, display_name)
SELECT 1 + i % 4, 'player-' || i / 4, 'Name ' || i FROM generate_series(0, 399999) i;
CREATE TABLE standing (tenant_id smallint NOT NULL, board_id integer, player_id text COLLATE "C", version bigint,
    score bigint, PRIMARY KEY (board_id, player_id)) WITH (fillfactor = 85);
INSERT INTO standing SELECT 2, 7, 'player-' || i, 1, i FROM generate_series(0, 99999) i;
CREATE TABLE ledger (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant_id smallint NOT NULL, board_id integer,
    player_id text, score bigint);
GRANT SELECT, INSERT, UPDATE ON player, standing, ledger TO laurel_requests;
ALTER TABLE player ENABLE ROW LEVEL SECURITY;
ALTER TABLE standing ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON player USING (tenant_id = current_setting('laurel.tenant')::smallint);
CREATE POLICY own ON standing USING (tenant_id = current_setting('laurel.tenant')::smallint);
CREATE POLICY own ON ledger USING (tenant_id = current_setting('laurel.tenant')::smallint);
ANALYZE;
SQL

random='\set i random(0, 99999)'
tenant="SELECT set_config('laurel.tenant', '2', true);"
read="SELECT number, display_name, attributes FROM player WHERE tenant_id = 2 AND id = 'player-' || :i;"
write="WITH e AS (SELECT 'player-' || (:i + g * 7) % 100000 AS p FROM generate_series(1, 64) g),
l AS (INSERT INTO ledger (tenant_id, board_id, player_id, score) SELECT 2, 7, p, 1 FROM e)
INSERT INTO standing AS s (tenant_id, board_id, player_id, version, score) SELECT DISTINCT ON (p) 2, 7, p, 1, 1 FROM e
ORDER BY p ON CONFLICT (board_id, player_id) DO UPDATE SET version = s.version + 1, score = s.score + 1;"
for work in read write; do
    statement=${!work//$'\n'/ }
    printf '%s\n' "$random" "$statement" > "$here/$work-plain.sql"
    cp "$here/$work-plain.sql" "$here/$work-policy.sql"
    printf '%s\n' "$random" '\startpipeline' 'BEGIN;' "$tenant" "$statement" 'COMMIT;' '\endpipeline' > "$here/$work-together.sql"
    printf '%s\n' "$random" 'BEGIN;' "$tenant" "$statement" 'COMMIT;' > "$here/$work-stepwise.sql"
done

run() { # file, user, options of the session
    PGOPTIONS=${3:-} pgbench -U "$2" -n -M prepared -c 8 -j 2 -T 3 -f "$here/$1.sql" 2>/dev/null |
        sed -n "s/^tps = \([0-9]*\).*/$1 \1/p"
}
for round in 1 2 3; do
    for work in read write; do
        run "$work-plain" "${PGUSER:-postgres}"
        run "$work-policy" laurel_requests '-c laurel.tenant=2'
        run "$work-together" laurel_requests
        run "$work-stepwise" laurel_requests
    done
done | sort -k1,1 -k2,2n
