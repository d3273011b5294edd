-- How many players have cleared each variant of a tenant's challenges, and who did first, as one row of arrays: definitions are cached
-- in each process, and joining them here, sorting all variants and sending a row for each took most of the time of the list. Variants
-- that nobody has cleared are missing, unless somebody is left out of their figures; removed ones, and those of deleted challenges, are there.
CREATE FUNCTION cleared_counts(
    in_tenant smallint, at bigint,
    OUT challenges integer[], OUT variants text[], OUT players bigint[], OUT first_players text[], OUT first_ms bigint[])
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    unlisted text[] := unlisted_players(in_tenant, at);
BEGIN
    -- Where nobody has to be left out, which is nearly always, the counts are taken as they are kept.
    IF NOT EXISTS (SELECT FROM frozen_challenges(in_tenant, at))
       AND NOT EXISTS (SELECT FROM clearing k WHERE k.tenant_id = in_tenant AND k.player_id = ANY (unlisted)) THEN
        SELECT array_agg(k.challenge), array_agg(k.variant), array_agg(k.players), array_agg(k.first_player), array_agg(k.first_ms)
        INTO challenges, variants, players, first_players, first_ms
        FROM cleared_variant k WHERE k.tenant_id = in_tenant;
        RETURN;
    END IF;
    WITH frozen AS MATERIALIZED (
        SELECT f.challenge, f.board_id, f.since FROM frozen_challenges(in_tenant, at) f
    ), left_out AS MATERIALIZED (
        SELECT k.challenge, k.variant, k.player_id FROM frozen f
        JOIN clearing k ON k.board_id = f.board_id AND k.at_ms >= f.since AND k.challenge = f.challenge
        UNION
        SELECT k.challenge, k.variant, k.player_id FROM clearing k
        WHERE k.tenant_id = in_tenant AND k.player_id = ANY (unlisted)
    ), fewer AS MATERIALIZED (
        SELECT o.challenge, o.variant, count(*) AS players FROM left_out o GROUP BY o.challenge, o.variant
    ), shown AS (
        SELECT k.challenge, k.variant, k.players - coalesce(o.players, 0) AS players,
            CASE WHEN o.players IS NULL THEN k.first_player ELSE n.player_id END AS first_player,
            CASE WHEN o.players IS NULL THEN k.first_ms ELSE n.at_ms END AS first_ms
        FROM cleared_variant k
        LEFT JOIN fewer o ON o.challenge = k.challenge AND o.variant = k.variant
        LEFT JOIN frozen f ON f.challenge = k.challenge
        LEFT JOIN LATERAL (
            SELECT l.player_id, l.at_ms FROM clearing l
            WHERE o.players IS NOT NULL AND l.challenge = k.challenge AND l.variant = k.variant
              AND l.player_id <> ALL (unlisted) AND (f.since IS NULL OR l.at_ms < f.since)
            ORDER BY l.at_ms, l.submission LIMIT 1) n ON true
        WHERE k.tenant_id = in_tenant
    )
    SELECT array_agg(s.challenge), array_agg(s.variant), array_agg(s.players), array_agg(s.first_player), array_agg(s.first_ms)
    INTO challenges, variants, players, first_players, first_ms
    FROM shown s;
END $$;
