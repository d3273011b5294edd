#!/usr/bin/env bash
# What row-level security costs where statements of requests take on a role (laurel.postgres.request-role): a read by name and a batch
# of writes, sent as the service sends them. See ADR 0080.
# Usage: PGHOST=… PGPORT=… PGUSER=… benchmarks/sql/row-security.sh (a database of its own; creates the role laurel_requests)
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT

psql -q <<'SQL'
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'laurel_requests') THEN CREATE ROLE laurel_requests NOLOGIN; END IF;
END $$;
GRANT laurel_requests TO CURRENT_USER WITH SET TRUE, INHERIT FALSE;
DROP TABLE IF EXISTS player, standing, ledger;
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
ANALYZE;
SQL

policies() {
    for table in player standing ledger; do
        psql -q -c "ALTER TABLE $table ENABLE ROW LEVEL SECURITY" -c "CREATE POLICY own_tenant ON $table TO laurel_requests
            USING (tenant_id = ANY ((SELECT nullif(current_setting('laurel.tenants', true), '')::smallint[])::smallint[]))"
    done
}

random='\set i random(0, 99999)'
role="SELECT set_config('role', 'laurel_requests', true), set_config('laurel.tenants', '{2}', true);"
read="SELECT number, display_name, attributes FROM player WHERE tenant_id = 2 AND id = 'player-' || :i;"
write="WITH e AS (SELECT 'player-' || (:i + g * 7) % 100000 AS p FROM generate_series(1, 64) g),
l AS (INSERT INTO ledger (tenant_id, board_id, player_id, score) SELECT 2, 7, p, 1 FROM e)
INSERT INTO standing AS s (tenant_id, board_id, player_id, version, score) SELECT DISTINCT ON (p) 2, 7, p, 1, 1 FROM e
ORDER BY p ON CONFLICT (board_id, player_id) DO UPDATE SET version = s.version + 1, score = s.score + 1;"
for work in read write; do
    statement=${!work//$'\n'/ }
    printf '%s\n' "$random" "$statement" > "$here/$work-plain.sql"
    printf '%s\n' "$random" '\startpipeline' 'BEGIN;' "$statement" 'COMMIT;' '\endpipeline' > "$here/$work-transaction.sql"
    printf '%s\n' "$random" '\startpipeline' 'BEGIN;' "$role" "$statement" 'COMMIT;' '\endpipeline' > "$here/$work-role.sql"
    printf '%s\n' "$random" 'BEGIN;' "$role" "$statement" 'COMMIT;' > "$here/$work-stepwise.sql"
done

run() { # file, name
    pgbench -n -M prepared -c 8 -j 2 -T "${SECONDS_EACH:-3}" -f "$here/$1.sql" 2>/dev/null | sed -n "s/^tps = \([0-9]*\).*/$2 \1/p"
}

# Before there are policies; then as the owner, who is not subject to them, and under the role.
{
    for round in 1 2 3; do
        for work in read write; do run "$work-plain" "$work-1-none"; done
    done
    policies
    for round in 1 2 3; do
        for work in read write; do
            run "$work-plain" "$work-2-owner"
            run "$work-transaction" "$work-3-owner-in-transaction"
            run "$work-role" "$work-4-role"
            run "$work-stepwise" "$work-5-role-step-by-step"
        done
    done
} | sort -k1,1 -k2,2n
