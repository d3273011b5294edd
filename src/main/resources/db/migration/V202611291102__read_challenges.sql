-- What is read of challenges, each in one statement. Of a challenge on a frozen board that is what was submitted before the
-- freeze; players who are hidden or banned are left out of everything, and take no rank.

-- A page of the best submissions of a variant, ranked, with how many there are; one row without a submission where the page is
-- empty. `since` is the instant of the freeze, or null.
CREATE FUNCTION challenge_bests(
    in_challenge integer, in_variant text, since bigint, unlisted text[], skipped bigint, most bigint)
RETURNS TABLE (total bigint, rank bigint, submission uuid)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    direction integer;
    by_length boolean;
BEGIN
    IF since IS NULL THEN
        RETURN QUERY
        SELECT t.total, p.place, p.submission
        FROM (SELECT count(*) AS total FROM challenge_best b
              WHERE b.challenge = in_challenge AND b.variant = in_variant AND b.player_id <> ALL (unlisted)) t
        LEFT JOIN (
            SELECT l.submission, row_number() OVER (ORDER BY l.missed, l.sort_value, l.at_ms, l.submission) + skipped AS place
            FROM (SELECT b.missed, b.sort_value, b.at_ms, b.submission FROM challenge_best b
                  WHERE b.challenge = in_challenge AND b.variant = in_variant AND b.player_id <> ALL (unlisted)
                  ORDER BY b.missed, b.sort_value, b.at_ms, b.submission OFFSET skipped LIMIT most) l) p ON true
        ORDER BY p.place;
        RETURN;
    END IF;
    SELECT CASE c.sort_order WHEN 'DESC' THEN -1 ELSE 1 END, c.measure = 'LENGTH' INTO direction, by_length
    FROM challenge c WHERE c.number = in_challenge;
    RETURN QUERY
    WITH best AS MATERIALIZED (
        SELECT DISTINCT ON (s.player_id) s.id, s.at_ms, NOT s.cleared AS missed,
            CASE WHEN by_length THEN s.length ELSE s.score END * direction AS sort
        FROM submission s
        WHERE s.challenge = in_challenge AND s.variant = in_variant AND s.withdrawn_at IS NULL
          AND s.at_ms < since AND s.player_id <> ALL (unlisted)
        ORDER BY s.player_id, missed, sort, s.at_ms, s.id)
    SELECT t.total, p.place, p.id
    FROM (SELECT count(*) AS total FROM best) t
    LEFT JOIN (SELECT b.id, row_number() OVER (ORDER BY b.missed, b.sort, b.at_ms, b.id) AS place FROM best b
               ORDER BY place OFFSET skipped LIMIT most) p ON true
    ORDER BY p.place;
END $$;

-- Every variant of every challenge of a tenant, with how many players have cleared it and who did first.
-- Where nobody has to be left out, which is nearly always, the counts are taken as they are kept.
CREATE FUNCTION cleared_variants(in_tenant smallint, at bigint)
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

-- What players have cleared: each variant with the points that were earned by it, in the order of the players' ids.
CREATE FUNCTION clearings_of(in_tenant smallint, at bigint, in_players text[])
RETURNS TABLE (player_id text, challenge text, variant text, points integer, at_ms bigint, submission uuid)
LANGUAGE sql STABLE AS $$
    WITH frozen AS MATERIALIZED (
        SELECT f.challenge, f.since FROM frozen_challenges(in_tenant, at) f
    ), unlisted AS MATERIALIZED (
        SELECT unlisted_players(in_tenant, at) AS players
    )
    SELECT k.player_id, c.id, k.variant, k.points, k.at_ms, k.submission
    FROM clearing k JOIN challenge c ON c.number = k.challenge AND c.deleted_at IS NULL
    LEFT JOIN frozen f ON f.challenge = k.challenge
    WHERE k.tenant_id = in_tenant AND k.player_id = ANY (in_players)
      AND k.player_id <> ALL ((SELECT u.players FROM unlisted u)::text[])
      AND (f.since IS NULL OR k.at_ms < f.since)
    ORDER BY k.player_id, c.id, k.variant
$$;

-- A page of the players who have cleared anything, those with the most points first, with how many there are; one row without
-- a player where the page is empty. What was cleared of deleted challenges does not count, even while it is still being removed.
CREATE FUNCTION clearing_players(in_tenant smallint, at bigint, skipped bigint, most bigint)
RETURNS TABLE (total bigint, player_id text, cleared bigint, points bigint)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    unlisted text[] := unlisted_players(in_tenant, at);
BEGIN
    IF NOT EXISTS (SELECT FROM frozen_challenges(in_tenant, at))
            AND NOT EXISTS (SELECT FROM challenge_removal r JOIN clearing k ON k.challenge = r.challenge
                            WHERE r.tenant_id = in_tenant) THEN
        RETURN QUERY
        SELECT t.total, p.player_id, p.cleared, p.points
        FROM (SELECT count(*) AS total FROM clearing_total a
              WHERE a.tenant_id = in_tenant AND a.player_id <> ALL (unlisted)) t
        LEFT JOIN (SELECT a.player_id, a.cleared, a.points FROM clearing_total a
                   WHERE a.tenant_id = in_tenant AND a.player_id <> ALL (unlisted)
                   ORDER BY a.points DESC, a.player_id OFFSET skipped LIMIT most) p ON true
        ORDER BY p.points DESC, p.player_id;
        RETURN;
    END IF;
    RETURN QUERY
    WITH later AS MATERIALIZED (
        SELECT o.player_id, count(*) AS cleared, sum(o.points)::bigint AS points
        FROM (SELECT k.player_id, k.points FROM frozen_challenges(in_tenant, at) f
              JOIN clearing k ON k.board_id = f.board_id AND k.at_ms >= f.since AND k.challenge = f.challenge
              UNION ALL
              SELECT k.player_id, k.points FROM challenge_removal r JOIN clearing k ON k.challenge = r.challenge
              WHERE r.tenant_id = in_tenant) o
        GROUP BY o.player_id
    ), shown AS MATERIALIZED (
        SELECT a.player_id, a.cleared - coalesce(l.cleared, 0) AS cleared, a.points - coalesce(l.points, 0) AS points
        FROM clearing_total a LEFT JOIN later l ON l.player_id = a.player_id
        WHERE a.tenant_id = in_tenant AND a.player_id <> ALL (unlisted) AND a.cleared > coalesce(l.cleared, 0)
    )
    SELECT t.total, p.player_id, p.cleared, p.points
    FROM (SELECT count(*) AS total FROM shown) t
    LEFT JOIN (SELECT s.player_id, s.cleared, s.points FROM shown s
               ORDER BY s.points DESC, s.player_id OFFSET skipped LIMIT most) p ON true
    ORDER BY p.points DESC, p.player_id;
END $$;

-- A page of a player's submissions, the newest first, with how many there are; one row without a submission where the page is
-- empty.
CREATE FUNCTION submissions_of(in_tenant smallint, at bigint, in_player text, skipped bigint, most bigint)
RETURNS TABLE (total bigint, submission uuid, challenge text)
LANGUAGE sql STABLE AS $$
    WITH frozen AS MATERIALIZED (
        SELECT f.challenge, f.since FROM frozen_challenges(in_tenant, at) f
    ), own AS MATERIALIZED (
        SELECT s.id, s.at_ms, c.id AS challenge
        FROM submission s JOIN challenge c ON c.number = s.challenge AND c.deleted_at IS NULL
        LEFT JOIN frozen f ON f.challenge = s.challenge
        WHERE s.tenant_id = in_tenant AND s.player_id = in_player AND s.withdrawn_at IS NULL
          AND in_player <> ALL (unlisted_players(in_tenant, at))
          AND (f.since IS NULL OR s.at_ms < f.since)
    )
    SELECT t.total, p.id, p.challenge
    FROM (SELECT count(*) AS total FROM own) t
    LEFT JOIN (SELECT o.id, o.at_ms, o.challenge FROM own o ORDER BY o.at_ms DESC, o.id DESC OFFSET skipped LIMIT most) p
        ON true
    ORDER BY p.at_ms DESC, p.id DESC
$$;

-- What the public sees of challenges changes with the freeze of their board.
CREATE FUNCTION note_freeze_of_challenges() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO challenge_change (tenant_id, challenge, variant, player_id, clearing, changed_at)
    SELECT c.tenant_id, c.number, '', '', true, clock_timestamp() FROM challenge c
    WHERE c.tenant_id = NEW.tenant_id AND c.board = NEW.name AND c.deleted_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER challenges_follow_freezes AFTER UPDATE ON board FOR EACH ROW
    WHEN (OLD.freeze_at IS DISTINCT FROM NEW.freeze_at OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
    EXECUTE FUNCTION note_freeze_of_challenges();
