-- Leagues: players of a board are put into cohorts of one tier in each week or month, ranked among each other, and promoted or
-- demoted when the window is closed. Everything is kept by two followers, of the events and of the closings.

-- JSON, null on a board without leagues; see dev.laurel.board.rules.LeagueRules.
ALTER TABLE board ADD COLUMN leagues text;

-- The leagues of a board in a period. Windows up to `settled_key` are over; the next one is filled once all before it are.
CREATE TABLE league (
    tenant_id   smallint NOT NULL DEFAULT 1,
    board_id    integer  NOT NULL,
    period      smallint NOT NULL,
    settled_key bigint   NOT NULL,
    -- the greatest number of a closing that tiers follow from
    settled_closing bigint NOT NULL DEFAULT 0,
    -- whether there may be something to settle, or players who wait for cohorts
    due         boolean  NOT NULL DEFAULT true,
    -- The window that is being settled, by the rules of its first step, and how far that has come: players are entered (ENTER, up to
    -- a position of the final ranking), put into cohorts (FILL), and ranked (RANK, up to a number of a cohort). Null between windows.
    settling_key   bigint,
    settling_rules text,
    step           text   CHECK (step IN ('ENTER', 'FILL', 'RANK')),
    place          bigint,
    PRIMARY KEY (board_id, period)
) WITH (fillfactor = 70);

-- serves: the job that settles
CREATE INDEX league_due ON league (board_id, period) WHERE due;

CREATE TABLE league_cohort (
    number     bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id  smallint NOT NULL DEFAULT 1,
    board_id   integer  NOT NULL,
    period     smallint NOT NULL,
    window_key bigint   NOT NULL,
    -- 0 the lowest
    tier       smallint NOT NULL,
    -- among those of the tier, from 1
    ordinal    integer  NOT NULL,
    players    integer  NOT NULL,
    -- the greatest number of a closing that its tiers follow from: the public of a board frozen before that does not see it
    closing_no bigint   NOT NULL,
    UNIQUE (board_id, period, window_key, tier, ordinal)
) WITH (fillfactor = 70);

-- serves: settling cohort after cohort
CREATE INDEX league_cohort_number ON league_cohort (board_id, period, window_key, number);

-- A player in the leagues of a window; the key is why nobody is in two cohorts.
CREATE TABLE league_member (
    tenant_id   smallint    NOT NULL DEFAULT 1,
    board_id    integer     NOT NULL,
    period      smallint    NOT NULL,
    window_key  bigint      NOT NULL,
    player_id   text        NOT NULL COLLATE "C",
    -- the order in which cohorts are filled
    entered     bigint      GENERATED ALWAYS AS IDENTITY,
    -- null while the windows before are not settled
    cohort      bigint,
    -- of the first event, which tells whether the public of a frozen board may see it
    tx          xid8        NOT NULL,
    received_at timestamptz NOT NULL,
    -- set when the window is settled; place (in the order of the board), rank and score are null for a player without a final
    -- rank
    place       integer,
    rank        integer,
    score       bigint,
    outcome     text        CHECK (outcome IN ('PROMOTED', 'STAYED', 'DEMOTED')),
    -- whether only the order of players with equal scores decided about the outcome
    tied        boolean,
    PRIMARY KEY (board_id, period, window_key, player_id)
) WITH (fillfactor = 80);

-- serves: the players of a cohort
CREATE INDEX league_member_cohort ON league_member (cohort);
-- serves: those who wait for a cohort
CREATE INDEX league_member_waiting ON league_member (board_id, period, window_key, entered) WHERE cohort IS NULL;
-- serves: the history of a player, and the erasure
CREATE INDEX league_member_player ON league_member (tenant_id, player_id, window_key);

-- A window whose promotions are done, with the rules that it was settled by.
CREATE TABLE league_round (
    tenant_id  smallint    NOT NULL DEFAULT 1,
    board_id   integer     NOT NULL,
    period     smallint    NOT NULL,
    window_key bigint      NOT NULL,
    window_id  text        NOT NULL,
    -- the number of the window's closing; the public of a frozen board sees those up to the freeze
    closing_no bigint      NOT NULL,
    -- names of the tiers, the lowest first
    tiers      text[]      NOT NULL,
    promote    integer     NOT NULL,
    demote     integer     NOT NULL,
    settled_at timestamptz NOT NULL,
    PRIMARY KEY (board_id, period, window_key)
);

-- The tier in which a player plays next; without a row the lowest.
CREATE TABLE league_tier (
    tenant_id smallint NOT NULL DEFAULT 1,
    board_id  integer  NOT NULL,
    period    smallint NOT NULL,
    player_id text     NOT NULL COLLATE "C",
    tier      smallint NOT NULL,
    PRIMARY KEY (board_id, period, player_id)
) WITH (fillfactor = 80);

-- serves: the erasure of a player
CREATE INDEX league_tier_player ON league_tier (tenant_id, player_id);

-- Puts players of a window who wait into cohorts, some at a time, in the order in which they entered: into the newest cohort of their
-- tier while it has room, then into new ones. Answers how many. The lock of the board's leagues is held.
CREATE FUNCTION fill_cohorts(in_board board, in_period smallint, in_key bigint, most bigint) RETURNS bigint LANGUAGE sql AS $$
    WITH rules AS (
        SELECT (in_board.leagues::jsonb ->> 'size')::integer AS size,
            jsonb_array_length(in_board.leagues::jsonb -> 'tiers') - 1 AS top
    ), waiting AS (
        SELECT m.player_id, least(coalesce(t.tier, 0), r.top)::smallint AS tier,
            row_number() OVER (PARTITION BY least(coalesce(t.tier, 0), r.top) ORDER BY m.entered) AS k
        FROM (SELECT w.* FROM league_member w
              WHERE w.board_id = in_board.id AND w.period = in_period AND w.window_key = in_key AND w.cohort IS NULL
              ORDER BY w.entered LIMIT most) m
        CROSS JOIN rules r
        LEFT JOIN league_tier t ON t.board_id = m.board_id AND t.period = m.period AND t.player_id = m.player_id
    ), newest AS (
        SELECT DISTINCT ON (c.tier) c.tier, c.ordinal, greatest(r.size - c.players, 0) AS free
        FROM league_cohort c CROSS JOIN rules r
        WHERE c.board_id = in_board.id AND c.period = in_period AND c.window_key = in_key
        ORDER BY c.tier, c.ordinal DESC
    ), placed AS (
        SELECT w.player_id, w.tier,
            CASE WHEN w.k <= coalesce(n.free, 0) THEN n.ordinal
                 ELSE coalesce(n.ordinal, 0) + 1 + (w.k - coalesce(n.free, 0) - 1) / r.size END AS ordinal
        FROM waiting w CROSS JOIN rules r LEFT JOIN newest n ON n.tier = w.tier
    ), counts AS (
        SELECT p.tier, p.ordinal, count(*) AS players FROM placed p GROUP BY p.tier, p.ordinal
    ), grown AS (
        UPDATE league_cohort c SET players = c.players + k.players FROM counts k
        WHERE c.board_id = in_board.id AND c.period = in_period AND c.window_key = in_key AND c.tier = k.tier
          AND c.ordinal = k.ordinal
        RETURNING c.number, c.tier, c.ordinal
    ), made AS (
        INSERT INTO league_cohort AS c (tenant_id, board_id, period, window_key, tier, ordinal, players, closing_no)
        SELECT in_board.tenant_id, in_board.id, in_period, in_key, k.tier, k.ordinal, k.players,
            (SELECT l.settled_closing FROM league l WHERE l.board_id = in_board.id AND l.period = in_period)
        FROM counts k LEFT JOIN newest n ON n.tier = k.tier
        WHERE k.ordinal > coalesce(n.ordinal, 0)
        ORDER BY k.tier, k.ordinal
        RETURNING c.number, c.tier, c.ordinal
    ), cohorts AS (
        SELECT * FROM grown UNION ALL SELECT * FROM made
    ), filled AS (
        UPDATE league_member m SET cohort = d.number
        FROM placed p JOIN cohorts d ON d.tier = p.tier AND d.ordinal = p.ordinal
        WHERE m.board_id = in_board.id AND m.period = in_period AND m.window_key = in_key AND m.player_id = p.player_id
        RETURNING 1)
    SELECT count(*) FROM filled
$$;

-- The same for the oldest window that is not settled, since tiers in later ones follow from it. What is left waits for the job.
CREATE FUNCTION fill_next_cohorts(in_board board, in_period smallint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    most bigint := 2000;
    next_key bigint := (
        SELECT min(w.window_key) FROM board_window w
        JOIN league l ON l.board_id = w.board_id AND l.period = w.period
        WHERE w.board_id = in_board.id AND w.period = in_period AND w.window_key > l.settled_key
          AND l.settling_key IS NULL);
BEGIN
    IF next_key IS NOT NULL AND fill_cohorts(in_board, in_period, next_key, most) = most THEN
        UPDATE league l SET due = true WHERE l.board_id = in_board.id AND l.period = in_period;
    END IF;
END $$;

-- Enters the players of events into the leagues of their boards, in the windows of the events, each once. Boards without leagues are
-- left out. Players who take no rank enter when they do.
CREATE FUNCTION enter_leagues(
    boards integer[], players text[], occurred bigint[], numbers bigint[], txs text[], received timestamptz[])
RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    own board;
    own_period smallint;
BEGIN
    FOR own IN
        SELECT b.* FROM board b
        WHERE b.id IN (SELECT DISTINCT unnest(boards)) AND b.leagues IS NOT NULL AND b.deleted_at IS NULL
        ORDER BY b.id
    LOOP
        PERFORM pg_advisory_xact_lock(84, own.id);
        own_period := (own.leagues::jsonb ->> 'period')::smallint;
        -- The first round is the oldest window that still runs, or the one of these events: it may be over by now.
        IF NOT EXISTS (SELECT FROM league l WHERE l.board_id = own.id AND l.period = own_period) THEN
            INSERT INTO league (tenant_id, board_id, period, settled_key)
            SELECT own.tenant_id, own.id, own_period,
                coalesce(min(w.window_key) FILTER (WHERE w.state <> 'CLOSED' OR EXISTS (
                             SELECT FROM unnest(boards, occurred, numbers) AS e(board_id, at, number)
                             WHERE e.board_id = own.id
                               AND (w.start_at IS NULL OR w.start_at <= to_timestamp(e.at / 1000.0))
                               AND (w.end_at IS NULL OR w.end_at > to_timestamp(e.at / 1000.0))
                               AND e.number > coalesce(w.first_event, 0)
                               AND e.number <= coalesce(w.last_event, 9223372036854775807))) - 1,
                         max(w.window_key), -9223372036854775808)
            FROM board_window w WHERE w.board_id = own.id AND w.period = own_period;
        END IF;
        INSERT INTO league_member (tenant_id, board_id, period, window_key, player_id, tx, received_at)
        SELECT own.tenant_id, own.id, own_period, f.window_key, f.player_id, f.tx::xid8, f.received_at
        FROM (SELECT DISTINCT ON (w.window_key, e.player_id) w.window_key, e.player_id, e.tx, e.received_at, e.n
              FROM unnest(boards, players, occurred, numbers, txs, received) WITH ORDINALITY
                   AS e(board_id, player_id, at, number, tx, received_at, n)
              JOIN league l ON l.board_id = own.id AND l.period = own_period
              JOIN board_window w ON w.board_id = own.id AND w.period = own_period
                AND w.window_key > coalesce(l.settling_key, l.settled_key)
                AND (w.start_at IS NULL OR w.start_at <= to_timestamp(e.at / 1000.0))
                AND (w.end_at IS NULL OR w.end_at > to_timestamp(e.at / 1000.0))
                AND e.number > coalesce(w.first_event, 0)
                AND e.number <= coalesce(w.last_event, 9223372036854775807)
              -- Nearly all players are in already.
              WHERE e.board_id = own.id AND e.player_id NOT LIKE chr(1) || '%'
                AND NOT EXISTS (SELECT FROM league_member m
                                WHERE m.board_id = own.id AND m.period = own_period AND m.window_key = w.window_key
                                  AND m.player_id = e.player_id)
                AND NOT EXISTS (SELECT FROM unranked_player o
                                WHERE o.tenant_id = own.tenant_id AND o.player_id = e.player_id)
                AND NOT EXISTS (SELECT FROM disqualification q
                                WHERE q.board_id = own.id AND q.period = own_period AND q.window_key = w.window_key
                                  AND q.player_id = e.player_id)
              ORDER BY w.window_key, e.player_id, e.n) f
        ORDER BY f.n;
        IF FOUND THEN
            PERFORM fill_next_cohorts(own, own_period);
        END IF;
    END LOOP;
END $$;

-- One step of settling the leagues of a board: about `most` players of the oldest window that is over are entered, put into
-- cohorts, or ranked in them. In the end each player with a final rank has been in one cohort, has a rank in it, and a tier for
-- the next window. That one is filled then. Windows are settled in the order of their keys: one that was closed before an older one waits
-- for it. Answers whether there may be more to do; a step that another replica is taking is left to it.
CREATE FUNCTION step_leagues(in_board integer, in_period smallint, most bigint, at timestamptz) RETURNS boolean LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
    own board;
    own_league league;
    oldest board_window;
    is_active boolean;
BEGIN
    IF NOT pg_try_advisory_xact_lock(84, in_board) THEN
        RETURN false;
    END IF;
    SELECT * INTO own_league FROM league l WHERE l.board_id = in_board AND l.period = in_period AND l.due FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    SELECT * INTO own FROM board b WHERE b.id = in_board AND b.deleted_at IS NULL;
    is_active := coalesce((own.leagues::jsonb ->> 'period')::smallint = in_period, false);
    SELECT * INTO oldest FROM board_window w
    WHERE w.board_id = in_board AND w.period = in_period
      AND w.window_key >= coalesce(own_league.settling_key, own_league.settled_key + 1)
    ORDER BY w.window_key LIMIT 1;

    IF oldest.state IS DISTINCT FROM 'CLOSED' THEN
        IF is_active AND oldest.state IS NOT NULL AND fill_cohorts(own, in_period, oldest.window_key, most) = most THEN
            RETURN true;
        END IF;
        -- The next closing, which waits for this row, makes it due again.
        UPDATE league l SET due = false, settling_key = NULL WHERE l.board_id = in_board AND l.period = in_period;
        RETURN false;
    END IF;
    IF NOT is_active OR oldest.closing_no IS NULL OR oldest.expired_at IS NOT NULL THEN
        PERFORM finish_round(oldest);
        RETURN true;
    END IF;
    IF own_league.settling_key IS DISTINCT FROM oldest.window_key THEN
        UPDATE league l SET settling_key = oldest.window_key, settling_rules = own.leagues, step = 'ENTER', place = 0
        WHERE l.board_id = in_board AND l.period = in_period RETURNING * INTO own_league;
    END IF;
    IF own_league.step = 'ENTER' THEN
        PERFORM enter_ranked(own, oldest, own_league.place, most);
    ELSIF own_league.step = 'FILL' THEN
        IF fill_cohorts(own, in_period, oldest.window_key, most) < most THEN
            UPDATE league l SET step = 'RANK', place = 0 WHERE l.board_id = in_board AND l.period = in_period;
        END IF;
    ELSIF NOT rank_cohorts(own, oldest, own_league.settling_rules::jsonb, own_league.place, most) THEN
        INSERT INTO league_round (tenant_id, board_id, period, window_key, window_id, closing_no, tiers, promote, demote,
            settled_at)
        SELECT own.tenant_id, in_board, in_period, oldest.window_key, oldest.window_id, oldest.closing_no,
            ARRAY(SELECT jsonb_array_elements_text(r.rules -> 'tiers')), (r.rules ->> 'promote')::integer,
            (r.rules ->> 'demote')::integer, at
        FROM (SELECT own_league.settling_rules::jsonb AS rules) r;
        PERFORM finish_round(oldest);
    END IF;
    RETURN true;
END $$;

CREATE FUNCTION finish_round(in_window board_window) RETURNS void LANGUAGE sql AS $$
    UPDATE league l SET settled_key = in_window.window_key,
        settled_closing = greatest(l.settled_closing, coalesce(in_window.closing_no, 0)),
        settling_key = NULL, settling_rules = NULL, step = NULL, place = NULL
    WHERE l.board_id = in_window.board_id AND l.period = in_window.period
$$;

-- Enters those whose events the other follower has not seen yet, and those who only have what administrators gave them.
CREATE FUNCTION enter_ranked(own board, in_window board_window, behind bigint, most bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    last bigint := (
        SELECT max(p.position) FROM (
            SELECT f.position FROM final_standing f
            WHERE f.board_id = own.id AND f.period = in_window.period AND f.window_key = in_window.window_key
              AND f.metric = 0 AND f.position > behind
            ORDER BY f.position LIMIT most) p);
BEGIN
    INSERT INTO league_member (tenant_id, board_id, period, window_key, player_id, tx, received_at)
    SELECT own.tenant_id, own.id, in_window.period, in_window.window_key, f.player_id, pg_current_xact_id(), now()
    FROM final_standing f
    WHERE f.board_id = own.id AND f.period = in_window.period AND f.window_key = in_window.window_key AND f.metric = 0
      AND f.position > behind AND f.position <= last AND f.player_id NOT LIKE chr(1) || '%'
      AND NOT EXISTS (SELECT FROM league_member m
                      WHERE m.board_id = own.id AND m.period = in_window.period AND m.window_key = in_window.window_key
                        AND m.player_id = f.player_id)
    ORDER BY f.reached_at, f.player_id;
    UPDATE league l SET step = CASE WHEN last IS NULL THEN 'FILL' ELSE 'ENTER' END, place = last
    WHERE l.board_id = own.id AND l.period = in_window.period;
END $$;

-- Ranks the next cohorts, and gives their players the tiers of the next window. Answers whether there were any.
CREATE FUNCTION rank_cohorts(own board, in_window board_window, rules jsonb, behind bigint, most bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    top smallint := jsonb_array_length(rules -> 'tiers') - 1;
    numbers bigint[] := ARRAY(
        SELECT c.number FROM league_cohort c
        WHERE c.board_id = own.id AND c.period = in_window.period AND c.window_key = in_window.window_key
          AND c.number > behind
        ORDER BY c.number LIMIT greatest(1, most / (rules ->> 'size')::integer));
BEGIN
    IF cardinality(numbers) = 0 THEN
        RETURN false;
    END IF;
    WITH ranked AS (
        -- The highest tiers may have been removed since the cohort was made.
        SELECT m.player_id, m.cohort, least(c.tier, top) AS tier, f.score, f.better,
            row_number() OVER cohort_order AS place,
            count(*) OVER (PARTITION BY m.cohort) AS players,
            CASE own.rank_mode WHEN 'ORDINAL' THEN row_number() OVER cohort_order
                 WHEN 'DENSE' THEN dense_rank() OVER (PARTITION BY m.cohort ORDER BY f.better)
                 ELSE rank() OVER (PARTITION BY m.cohort ORDER BY f.better) END AS rank
        FROM league_member m
        JOIN league_cohort c ON c.number = m.cohort
        JOIN final_standing f ON f.board_id = own.id AND f.period = in_window.period
                             AND f.window_key = in_window.window_key AND f.metric = 0 AND f.player_id = m.player_id
        WHERE m.cohort = ANY (numbers)
        WINDOW cohort_order AS (PARTITION BY m.cohort ORDER BY f.position)
    ), decided AS (
        SELECT r.*, CASE
            WHEN r.place <= (rules ->> 'promote')::integer AND r.tier < top THEN 'PROMOTED'
            WHEN r.place > r.players - (rules ->> 'demote')::integer AND r.tier > 0 THEN 'DEMOTED'
            ELSE 'STAYED' END AS outcome
        FROM ranked r
    ), told AS (
        SELECT d.*, min(d.outcome) OVER same <> max(d.outcome) OVER same AS tied
        FROM decided d WINDOW same AS (PARTITION BY d.cohort, d.better))
    UPDATE league_member m SET place = t.place, rank = t.rank, score = t.score, outcome = t.outcome, tied = t.tied
    FROM told t
    WHERE m.board_id = own.id AND m.period = in_window.period AND m.window_key = in_window.window_key
      AND m.player_id = t.player_id;
    -- Of those without a final rank nothing is known that could move them.
    UPDATE league_member m SET outcome = 'STAYED', tied = false WHERE m.cohort = ANY (numbers) AND m.outcome IS NULL;

    INSERT INTO league_tier AS t (tenant_id, board_id, period, player_id, tier)
    SELECT own.tenant_id, own.id, in_window.period, m.player_id,
        least(c.tier, top) + CASE m.outcome WHEN 'PROMOTED' THEN 1 WHEN 'DEMOTED' THEN -1 ELSE 0 END
    FROM league_member m JOIN league_cohort c ON c.number = m.cohort
    WHERE m.cohort = ANY (numbers)
    ON CONFLICT (board_id, period, player_id) DO UPDATE SET tier = excluded.tier WHERE t.tier <> excluded.tier;
    UPDATE league l SET place = numbers[cardinality(numbers)] WHERE l.board_id = own.id AND l.period = in_window.period;
    RETURN true;
END $$;

-- The members of a cohort that the public may see, in the order in which they entered; of a frozen board those who were in it
-- at the freeze.
CREATE FUNCTION cohort_players(in_cohort bigint, in_freeze integer) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT m.player_id FROM league_member m
    WHERE m.cohort = in_cohort
      AND NOT EXISTS (SELECT FROM unranked_player o WHERE o.tenant_id = m.tenant_id AND o.player_id = m.player_id)
      AND (in_freeze = 0 OR EXISTS (
          SELECT FROM frozen_board p
          WHERE p.board_id = m.board_id AND p.freeze_no = in_freeze AND is_in_picture(m.tx, m.received_at, p)))
    ORDER BY m.entered
$$;

-- Removes what is left of leagues of deleted boards, and of windows whose final rankings have been removed; some at a time. Answers how many
-- players it was.
CREATE FUNCTION forget_leagues(most bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    removed bigint;
BEGIN
    DELETE FROM league_round r USING board_window w
    WHERE w.board_id = r.board_id AND w.period = r.period AND w.window_key = r.window_key AND w.expired_at IS NOT NULL;
    DELETE FROM league_round r USING board b WHERE b.id = r.board_id AND b.deleted_at IS NOT NULL;
    DELETE FROM league_member m WHERE m.ctid = ANY (ARRAY(
        SELECT l.ctid FROM league_member l
        JOIN (SELECT c.board_id, c.period, c.window_key FROM league_cohort c
              JOIN board b ON b.id = c.board_id
              LEFT JOIN board_window w ON w.board_id = c.board_id AND w.period = c.period AND w.window_key = c.window_key
              WHERE b.deleted_at IS NOT NULL OR w.expired_at IS NOT NULL
              GROUP BY 1, 2, 3) o
          ON o.board_id = l.board_id AND o.period = l.period AND o.window_key = l.window_key
        LIMIT most));
    GET DIAGNOSTICS removed = ROW_COUNT;
    IF removed = 0 THEN
        DELETE FROM league_cohort c USING board b
        WHERE b.id = c.board_id AND (b.deleted_at IS NOT NULL OR EXISTS (
            SELECT FROM board_window w
            WHERE w.board_id = c.board_id AND w.period = c.period AND w.window_key = c.window_key
              AND w.expired_at IS NOT NULL));
        DELETE FROM league_tier t USING board b WHERE b.id = t.board_id AND b.deleted_at IS NOT NULL;
        DELETE FROM league l USING board b WHERE b.id = l.board_id AND b.deleted_at IS NOT NULL;
    END IF;
    RETURN removed;
END $$;

-- Others keep their ranks in the cohort.
CREATE FUNCTION erase_from_leagues() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM league_member m WHERE m.tenant_id = OLD.tenant_id AND m.player_id = OLD.player_id;
    DELETE FROM league_tier t WHERE t.tenant_id = OLD.tenant_id AND t.player_id = OLD.player_id;
    RETURN NULL;
END $$;
CREATE TRIGGER erasure_takes_league_places AFTER UPDATE ON erasure
    FOR EACH ROW WHEN (OLD.player_id IS NOT NULL AND NEW.player_id IS NULL) EXECUTE FUNCTION erase_from_leagues();
