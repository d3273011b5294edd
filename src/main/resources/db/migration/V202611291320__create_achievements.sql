-- Achievements: what players can reach, and who has reached it. Everything here is written by followers of the feed and by jobs;
-- nothing of it is on the way of an event.

-- The definitions. `number` is one incarnation: an achievement deleted and written again gets another.
CREATE TABLE achievement (
    number     integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id  smallint    NOT NULL DEFAULT 1 REFERENCES tenant,
    id         text        NOT NULL COLLATE "C",
    title      text        NOT NULL,
    -- the rule as JSON, and the tiers as a list of [name, threshold] from the easiest to the hardest
    rule       jsonb       NOT NULL,
    tiers      jsonb       NOT NULL,
    -- list of the boards that the rule names
    boards     jsonb       NOT NULL,
    -- list of what the rule measures
    measures   jsonb       NOT NULL,
    secret     boolean     NOT NULL,
    revocable  boolean     NOT NULL,
    -- the code of a period: an award for each of its windows; null for one award
    repeats    smallint,
    valid_from bigint,
    valid_to   bigint,
    segment    text        COLLATE "C",
    -- only the first so many players who reach it have it; null for all
    first      integer,
    revision   integer     NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz
);
CREATE UNIQUE INDEX achievement_id ON achievement (tenant_id, id) WHERE deleted_at IS NULL;

-- That a player has reached a tier, once for ever, or once for a window. Whether it is an award follows from the instant at
-- which it was reached: inside the time of the achievement, and among the first.
CREATE TABLE achievement_award (
    tenant_id   smallint    NOT NULL DEFAULT 1,
    achievement integer     NOT NULL,
    player_id   text        NOT NULL COLLATE "C",
    -- empty for achievements without tiers
    tier        text        NOT NULL COLLATE "C",
    -- the lasting name of the window (lasting_window); empty for achievements that do not repeat
    window_id   text        NOT NULL COLLATE "C",
    reached_ms  bigint      NOT NULL,
    awarded_at  timestamptz NOT NULL,
    -- what the rule measured, as a list of {"measure", "board", "value"…}
    ground      jsonb       NOT NULL,
    PRIMARY KEY (achievement, player_id, tier, window_id)
);

-- serves: the awards of a player
CREATE INDEX achievement_award_player ON achievement_award (tenant_id, player_id);
-- serves: the pages of all holders of an achievement
CREATE INDEX achievement_award_reached ON achievement_award (achievement, reached_ms, player_id, tier, window_id);
-- serves: who was first
CREATE INDEX achievement_award_order ON achievement_award (achievement, tier, window_id, reached_ms, player_id);

-- Achievements for which all players have to be looked at: new or changed ones, after a closing, after a freeze. Rows are only
-- added by those who ask, so nobody waits.
CREATE TABLE achievement_order (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id   smallint    NOT NULL DEFAULT 1,
    achievement integer     NOT NULL,
    ordered_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The way through all players, in the order of their ids, some at a time.
CREATE TABLE achievement_fill (
    achievement integer     PRIMARY KEY,
    tenant_id   smallint    NOT NULL DEFAULT 1,
    -- the last player who is done
    player_id   text        NOT NULL DEFAULT '' COLLATE "C",
    done        bigint      NOT NULL DEFAULT 0,
    -- how many there were at the beginning; null before it
    players     bigint,
    -- not before all transactions below it have ended: they may not have seen that it was asked for
    after_tx    xid8        NOT NULL,
    -- failed steps: pages are smaller behind them, and the next one waits
    failures    smallint    NOT NULL DEFAULT 0,
    retry_at    timestamptz,
    -- once more when it is done: something has changed meanwhile
    again       boolean     NOT NULL DEFAULT false,
    started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at    timestamptz
) WITH (fillfactor = 70);

-- serves: what is still to be done
CREATE INDEX achievement_fill_open ON achievement_fill (achievement) WHERE ended_at IS NULL;

-- The transaction that is running, in the numbering of the feed.
CREATE FUNCTION current_feed_tx() RETURNS xid8 LANGUAGE sql VOLATILE AS $$
    SELECT ((pg_current_xact_id()::text::bigint + s.shift)::text)::xid8 FROM feed_shift s
$$;

-- Players whose figures have changed other than by what followers see.
CREATE TABLE achievement_due (
    id        bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id smallint NOT NULL DEFAULT 1,
    board_id  integer  NOT NULL,
    player_id text     NOT NULL COLLATE "C",
    -- they are decided once the days contain what it wrote
    tx        xid8     NOT NULL DEFAULT current_feed_tx()
);

-- What has changed in the last seconds: what processes keep in memory is held against it. An empty player means a definition, or
-- all holders of it.
CREATE TABLE achievement_change (
    change_no   bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id   smallint    NOT NULL,
    achievement integer     NOT NULL,
    player_id   text        NOT NULL COLLATE "C",
    changed_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- serves: the changes of the last seconds; removing what is older
CREATE INDEX achievement_change_at ON achievement_change (changed_at);

CREATE FUNCTION note_achievement_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO achievement_change (tenant_id, achievement, player_id) VALUES (NEW.tenant_id, NEW.number, '');
    IF NEW.deleted_at IS NULL THEN
        INSERT INTO achievement_order (tenant_id, achievement) VALUES (NEW.tenant_id, NEW.number);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER achievement_changes_are_noted AFTER INSERT OR UPDATE ON achievement
    FOR EACH ROW EXECUTE FUNCTION note_achievement_change();

-- Who belongs to a segment has changed: its achievements look at all players again.
CREATE FUNCTION order_achievements_of_segment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO achievement_order (tenant_id, achievement)
    SELECT a.tenant_id, a.number FROM achievement a
    WHERE a.tenant_id = NEW.tenant_id AND a.segment = NEW.segment AND a.deleted_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER segments_of_achievements AFTER INSERT ON segment_change
    FOR EACH ROW EXECUTE FUNCTION order_achievements_of_segment();

-- An erasure takes the awards at once, and at its end what was awarded while it went on.
CREATE FUNCTION erase_awards() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    erased text := CASE TG_OP WHEN 'INSERT' THEN NEW.player_id ELSE OLD.player_id END;
BEGIN
    DELETE FROM achievement_award w WHERE w.tenant_id = NEW.tenant_id AND w.player_id = erased;
    DELETE FROM achievement_due d WHERE d.tenant_id = NEW.tenant_id AND d.player_id = erased;
    DELETE FROM achievement_change c WHERE c.tenant_id = NEW.tenant_id AND c.player_id = erased;
    INSERT INTO achievement_change (tenant_id, achievement, player_id) VALUES (NEW.tenant_id, 0, '');
    RETURN NULL;
END $$;
CREATE TRIGGER erasure_takes_awards AFTER INSERT ON erasure FOR EACH ROW EXECUTE FUNCTION erase_awards();
CREATE TRIGGER erasure_ends_with_awards AFTER UPDATE ON erasure FOR EACH ROW
    WHEN (OLD.player_id IS NOT NULL AND NEW.player_id IS NULL) EXECUTE FUNCTION erase_awards();

-- The boards whose events matter to an achievement: those it names, and where challenges are measured those of all challenges.
CREATE FUNCTION achievement_boards(of_achievement achievement) RETURNS SETOF integer LANGUAGE sql STABLE AS $$
    SELECT b.id FROM board b
    WHERE b.tenant_id = of_achievement.tenant_id AND b.deleted_at IS NULL
      AND (of_achievement.boards ? b.name
           OR of_achievement.measures ? 'CHALLENGES' AND EXISTS (
               SELECT FROM challenge c
               WHERE c.tenant_id = b.tenant_id AND c.board = b.name AND c.deleted_at IS NULL))
$$;

-- Whether the public must not learn at the moment what happens on one of its boards.
CREATE FUNCTION is_achievement_frozen(of_achievement achievement, at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM board b
        WHERE b.freeze_at <= at AND b.deleted_at IS NULL AND b.id IN (SELECT achievement_boards(of_achievement)))
$$;

-- The name of a window that a reset does not change: a reset gives the id of the window to the next generation.
CREATE FUNCTION lasting_window(window_id text, window_key bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT split_part(window_id, '#', 1)
        || CASE WHEN window_key & 1023 > 0 THEN '#' || lpad(((window_key & 1023) + 1)::text, 4, '0') ELSE '' END
$$;

-- The id that a window of an achievement has now, by its lasting name.
CREATE FUNCTION present_window(lasting text, of_achievement achievement) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN n.newest > n.own THEN n.plain || '#' || n.own + 1 ELSE n.plain END
    FROM (SELECT p.plain, p.own, (
              SELECT max(w.window_key & 1023) FROM board b
              JOIN board_window w ON w.board_id = b.id AND w.period = of_achievement.repeats AND w.window_id = p.plain
              WHERE b.tenant_id = of_achievement.tenant_id AND b.deleted_at IS NULL AND of_achievement.boards ? b.name) AS newest
          FROM (SELECT split_part(lasting, '#', 1) AS plain,
                       coalesce(nullif(split_part(lasting, '#', 2), '')::bigint - 1, 0) AS own) p) n
$$;

-- A reset gives the awards of the generation that it closes another window to be shown with.
CREATE FUNCTION note_windows_of_awards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO achievement_change (tenant_id, achievement, player_id)
    SELECT b.tenant_id, a.number, '' FROM board b
    JOIN achievement a ON a.tenant_id = b.tenant_id AND a.deleted_at IS NULL AND a.repeats = NEW.period AND a.boards ? b.name
    WHERE b.id = NEW.board_id;
    RETURN NULL;
END $$;
CREATE TRIGGER windows_of_awards AFTER UPDATE OF window_id ON board_window FOR EACH ROW
    WHEN (OLD.window_id <> NEW.window_id) EXECUTE FUNCTION note_windows_of_awards();

-- What a player has by the first metric in the windows of a period, open and closed, but for those in which the player is
-- disqualified. By the code of the period.
CREATE FUNCTION achieved_scores(in_board integer, in_period smallint, in_player text)
RETURNS TABLE (window_key bigint, score bigint, reached_at bigint) LANGUAGE sql STABLE ROWS 2 AS $$
    SELECT t.window_key, t.score, t.reached_at FROM (
        SELECT v.* FROM standing s
        CROSS JOIN LATERAL (VALUES (1::smallint, s.d_window, s.d_score, s.d_at), (2, s.w_window, s.w_score, s.w_at),
            (3, s.m_window, s.m_score, s.m_at), (4, s.y_window, s.y_score, s.y_at), (5, s.a_window, s.a_score, s.a_at),
            (6, s.s_window, s.s_score, s.s_at)) AS v(period, window_key, score, reached_at)
        WHERE s.board_id = in_board AND s.player_id = in_player AND v.period = in_period AND v.window_key IS NOT NULL
          AND v.score IS NOT NULL
          -- the slot of a closed window stays until the next event
          AND NOT EXISTS (SELECT FROM board_window w WHERE w.board_id = in_board AND w.period = in_period
                          AND w.window_key = v.window_key AND w.state = 'CLOSED')
        UNION ALL
        SELECT in_period, p.window_key, p.score, p.reached_at FROM board_window w
        JOIN window_standing p ON p.board_id = w.board_id AND p.period = w.period AND p.window_key = w.window_key
        WHERE w.board_id = in_board AND w.period = in_period AND w.state <> 'CLOSED' AND p.player_id = in_player
        UNION ALL
        SELECT in_period, f.window_key, f.score, f.reached_at FROM final_standing f
        WHERE f.board_id = in_board AND f.player_id = in_player AND f.period = in_period AND f.metric = 0
    ) AS t(period, window_key, score, reached_at)
    WHERE NOT EXISTS (SELECT FROM disqualification q WHERE q.board_id = in_board AND q.player_id = in_player
                      AND q.period = in_period AND q.window_key = t.window_key)
$$;

-- The earliest instant at which a player's score in a window was as good as a threshold, by the instants of the events that
-- count; the instant of the standing where they do not tell.
CREATE FUNCTION score_reached(in_board integer, in_period smallint, in_key bigint, in_player text, threshold bigint, at bigint)
RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    own board_window;
    definition board;
    reached bigint;
BEGIN
    SELECT * INTO own FROM board_window w WHERE w.board_id = in_board AND w.period = in_period AND w.window_key = in_key;
    SELECT * INTO definition FROM board b WHERE b.id = in_board;
    IF definition.operator = 'SUM' THEN
        SELECT min(r.occurred_ms) INTO reached FROM (
            SELECT e.occurred_ms, sum(e.score) OVER (ORDER BY e.occurred_ms, e.id) AS total
            FROM ledger_events(own, true, in_player, NULL) e) r
        WHERE CASE definition.sort_order WHEN 'DESC' THEN r.total >= threshold ELSE r.total <= threshold END;
    ELSE
        SELECT min(e.occurred_ms) INTO reached FROM ledger_events(own, false, in_player, NULL) e
        WHERE CASE definition.sort_order WHEN 'DESC' THEN e.score >= threshold ELSE e.score <= threshold END;
    END IF;
    RETURN coalesce(reached, at);
END $$;

-- Of some players those who belong to a segment: the members of the group of that name, or who have the attribute.
CREATE FUNCTION players_in_segment(in_tenant smallint, kind_of text, value_of text, players text[]) RETURNS SETOF text
LANGUAGE sql STABLE AS $$
    WITH g AS MATERIALIZED (
        SELECT p.number FROM player_group p WHERE p.tenant_id = in_tenant AND p.kind = kind_of AND p.id = value_of)
    SELECT t.id FROM unnest(players) AS t(id)
    WHERE CASE WHEN EXISTS (SELECT FROM g)
        THEN EXISTS (SELECT FROM membership m
                     WHERE m.group_number = (SELECT g.number FROM g) AND m.player_id = t.id AND m.left_at IS NULL)
        ELSE EXISTS (SELECT FROM player p WHERE p.tenant_id = in_tenant AND p.id = t.id
                     AND p.attributes ->> kind_of = value_of) END
$$;

-- Whether what has been reached counts: by a tier that there is, and inside the time of the achievement.
CREATE FUNCTION is_in_time(of_award achievement_award, of_achievement achievement) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT of_award.reached_ms >= coalesce(of_achievement.valid_from, of_award.reached_ms)
        AND of_award.reached_ms < coalesce(of_achievement.valid_to, of_award.reached_ms + 1)
        AND (of_achievement.tiers = '[]'::jsonb AND of_award.tier = ''
             OR EXISTS (SELECT FROM jsonb_array_elements(of_achievement.tiers) t WHERE t ->> 0 = of_award.tier))
        AND (of_achievement.repeats IS NULL) = (of_award.window_id = '')
$$;

-- Whether it is among the first, where only those count.
CREATE FUNCTION is_among_first(of_award achievement_award, of_achievement achievement) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT of_achievement.first IS NULL OR of_achievement.first > (
        SELECT count(*) FROM (
            SELECT FROM achievement_award o
            WHERE o.achievement = of_award.achievement AND o.tier = of_award.tier AND o.window_id = of_award.window_id
              AND o.reached_ms >= coalesce(of_achievement.valid_from, -9223372036854775808)
              AND (o.reached_ms, o.player_id) < (of_award.reached_ms, of_award.player_id)
            ORDER BY o.reached_ms, o.player_id LIMIT of_achievement.first) b)
$$;

-- Players on no public list.
CREATE FUNCTION is_unlisted(in_tenant smallint, in_player text, at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM unranked_player u
                   WHERE u.player_id = in_player AND u.tenant_id = in_tenant AND (u.until IS NULL OR u.until > at))
$$;

-- The percentile of a place in a closed window: the share of its players that are worse, and half of those with the same score.
CREATE FUNCTION final_percentile(of_place final_standing, players bigint) RETURNS numeric LANGUAGE sql STABLE AS $$
    SELECT round(100 * (players - of_place.better - n.equal + n.equal / 2.0) / players, 2)
    FROM (SELECT coalesce((SELECT f.better FROM final_standing f
                           WHERE f.board_id = of_place.board_id AND f.period = of_place.period
                             AND f.window_key = of_place.window_key AND f.metric = of_place.metric
                             AND f.position > of_place.position AND f.better > of_place.better
                           ORDER BY f.position LIMIT 1), players) - of_place.better AS equal) n
$$;

-- Of the events of a player with certain numbers those that count as activity: no decisions of administrators, and nothing that
-- was taken back.
CREATE FUNCTION active_events(in_board integer, in_player text, first_id bigint, last_id bigint)
RETURNS SETOF score_event LANGUAGE sql STABLE AS $$
    SELECT e.* FROM score_event e
    WHERE e.board_id = in_board AND e.player_id = in_player AND e.id >= first_id AND e.id <= last_id
      AND (e.event_id IS NULL OR e.event_id NOT LIKE '#%'
           AND (e.event_id NOT LIKE '~clear-%'
                OR NOT EXISTS (SELECT FROM withdrawn_event v WHERE v.board_id = e.board_id AND v.event_id = e.event_id)))
$$;

-- The earliest instant at which what is measured was as good as a bound; null when the rows do not tell. `units` is the bound in
-- whole units. Ties between events of one instant cannot matter.
CREATE FUNCTION reached_at(
    in_tenant smallint, in_measure text, in_board integer, in_period smallint, in_window text, in_player text, in_tag text,
    in_less boolean, units bigint, bound numeric)
RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
    CASE in_measure
    WHEN 'TOTAL', 'SCORE' THEN
        RETURN (
            SELECT score_reached(in_board, in_period, s.window_key, in_player, units, s.reached_at)
            FROM achieved_scores(in_board, in_period, in_player) s
            LEFT JOIN board_window w ON w.board_id = in_board AND w.period = in_period AND w.window_key = s.window_key
            WHERE (in_window = '' OR lasting_window(w.window_id, w.window_key) = in_window)
              AND CASE WHEN in_less THEN s.score <= units ELSE s.score >= units END
            ORDER BY s.window_key LIMIT 1);
    WHEN 'FINAL_RANK', 'FINAL_PERCENTILE' THEN
        -- at the end of the window, or when it was closed early
        RETURN (
            SELECT (extract(epoch FROM least(w.end_at, w.closed_at)) * 1000)::bigint FROM final_standing s
            JOIN board_window w ON w.board_id = s.board_id AND w.period = s.period AND w.window_key = s.window_key
            WHERE s.board_id = in_board AND s.player_id = in_player AND s.period = in_period AND s.metric = 0
              AND (in_window = '' OR lasting_window(w.window_id, w.window_key) = in_window)
              AND CASE WHEN in_less THEN s.rank <= bound ELSE final_percentile(s, w.players) >= bound END
            ORDER BY s.window_key LIMIT 1);
    WHEN 'CHALLENGES' THEN
        RETURN (
            SELECT k.at_ms FROM clearing k
            JOIN challenge c ON c.number = k.challenge AND c.deleted_at IS NULL
            LEFT JOIN board b ON b.id = in_board
            WHERE k.tenant_id = in_tenant AND k.player_id = in_player AND (in_board = 0 OR c.board = b.name)
              AND (in_tag IS NULL OR c.tags ? in_tag)
            ORDER BY k.at_ms OFFSET greatest(units, 1) - 1 LIMIT 1);
    ELSE
        RETURN activity_reached(in_measure, in_board, in_period, in_window, in_player, in_tag, units);
    END CASE;
END $$;
