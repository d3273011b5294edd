-- As before; where nobody has to be left out, which is nearly always, the counts are taken as they are kept.
CREATE OR REPLACE FUNCTION cleared_variants(in_tenant smallint, at bigint)
RETURNS TABLE (challenge text, variant text, points integer, players bigint, first_player text, first_ms bigint)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    unlisted text[] := unlisted_players(in_tenant, at);
BEGIN
    IF NOT EXISTS (SELECT FROM frozen_challenges(in_tenant, at))
       AND NOT EXISTS (SELECT FROM clearing k WHERE k.tenant_id = in_tenant AND k.player_id = ANY (unlisted)) THEN
        RETURN QUERY
        SELECT c.id, v.key, (v.value ->> 'points')::integer, coalesce(k.players, 0), k.first_player, k.first_ms
        FROM challenge c
        CROSS JOIN LATERAL jsonb_each(c.variants) v
        LEFT JOIN cleared_variant k ON k.challenge = c.number AND k.variant = v.key COLLATE "C"
        WHERE c.tenant_id = in_tenant AND c.deleted_at IS NULL
        ORDER BY c.id, v.key COLLATE "C";
        RETURN;
    END IF;
    RETURN QUERY
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
    )
    SELECT c.id, v.key, (v.value ->> 'points')::integer, coalesce(k.players - coalesce(o.players, 0), 0),
        CASE WHEN o.players IS NULL THEN k.first_player ELSE n.player_id END,
        CASE WHEN o.players IS NULL THEN k.first_ms ELSE n.at_ms END
    FROM challenge c
    CROSS JOIN LATERAL jsonb_each(c.variants) v
    LEFT JOIN cleared_variant k ON k.challenge = c.number AND k.variant = v.key COLLATE "C"
    LEFT JOIN fewer o ON o.challenge = k.challenge AND o.variant = k.variant
    LEFT JOIN frozen f ON f.challenge = c.number
    LEFT JOIN LATERAL (
        SELECT l.player_id, l.at_ms FROM clearing l
        WHERE o.players IS NOT NULL AND l.challenge = k.challenge AND l.variant = k.variant
          AND l.player_id <> ALL (unlisted) AND (f.since IS NULL OR l.at_ms < f.since)
        ORDER BY l.at_ms, l.submission LIMIT 1) n ON true
    WHERE c.tenant_id = in_tenant AND c.deleted_at IS NULL
    ORDER BY c.id, v.key COLLATE "C";
END $$;
