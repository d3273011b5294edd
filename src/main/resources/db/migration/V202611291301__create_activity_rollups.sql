-- What players have done, day by day, counted from the ledger by the follower `activity`. A day is one of the board's zone.
-- While a board is frozen, only events count that its picture has; the others wait in activity_hidden.

-- A player's day on a board.
CREATE TABLE activity_day (
    tenant_id   smallint NOT NULL DEFAULT 1,
    board_id    integer  NOT NULL,
    player_id   text     NOT NULL COLLATE "C",
    day         date     NOT NULL,
    -- that the player submitted and that still count; 0 where only an administrator has changed the sum
    events      bigint   NOT NULL,
    -- of the scores by the first metric, with adjustments where the board adds scores up
    sum         bigint   NOT NULL,
    -- of the scores that the player submitted; null for none
    lowest      bigint,
    highest     bigint,
    -- the score with the greatest instant, and of equal ones the one accepted last
    latest      bigint,
    latest_ms   bigint,
    latest_id   bigint,
    -- the least and the greatest number of the events that count, adjustments included: they are read by these in the ledger
    first_id    bigint   NOT NULL,
    last_id     bigint   NOT NULL,
    -- events with an outcome, and how they ended; the others have failed
    attempts    bigint   NOT NULL,
    completed   bigint   NOT NULL,
    partial     bigint   NOT NULL,
    duration_ms bigint   NOT NULL,
    PRIMARY KEY (board_id, player_id, day)
) WITH (fillfactor = 80);

-- What a player did on a day that had a certain tag.
CREATE TABLE activity_day_tag (
    tenant_id   smallint NOT NULL DEFAULT 1,
    board_id    integer  NOT NULL,
    player_id   text     NOT NULL COLLATE "C",
    tag         text     NOT NULL COLLATE "C",
    day         date     NOT NULL,
    events      bigint   NOT NULL,
    attempts    bigint   NOT NULL,
    completed   bigint   NOT NULL,
    partial     bigint   NOT NULL,
    duration_ms bigint   NOT NULL,
    PRIMARY KEY (board_id, player_id, tag, day)
) WITH (fillfactor = 80);

-- All days of a player on a board together.
CREATE TABLE activity_player (
    tenant_id   smallint NOT NULL DEFAULT 1,
    board_id    integer  NOT NULL,
    player_id   text     NOT NULL COLLATE "C",
    events      bigint   NOT NULL,
    -- with at least one event
    days        bigint   NOT NULL,
    sum         bigint   NOT NULL,
    attempts    bigint   NOT NULL,
    completed   bigint   NOT NULL,
    partial     bigint   NOT NULL,
    duration_ms bigint   NOT NULL,
    -- null for a player of whom there is nothing but an adjustment
    first_day   date,
    last_day    date,
    -- bit n: active in the nth week after that of the first day, for 63 weeks; weeks begin on Mondays
    weeks       bigint   NOT NULL,
    PRIMARY KEY (board_id, player_id)
) WITH (fillfactor = 70);

-- Events that the public of a frozen board must not see yet.
CREATE TABLE activity_hidden (
    tenant_id smallint NOT NULL DEFAULT 1,
    board_id  integer  NOT NULL,
    freeze_no integer  NOT NULL,
    tx        xid8     NOT NULL,
    id        bigint   NOT NULL,
    player_id text     NOT NULL COLLATE "C",
    PRIMARY KEY (board_id, freeze_no, tx, id)
);

-- serves: what of a player waits
CREATE INDEX activity_hidden_player ON activity_hidden (board_id, player_id);

-- Boards that are to be counted again from the ledger. It is worked through in the order of the players' ids.
CREATE TABLE activity_rebuild (
    tenant_id    smallint    NOT NULL DEFAULT 1,
    board_id     integer     PRIMARY KEY,
    -- the last player who is done
    player_id    text        NOT NULL DEFAULT '' COLLATE "C",
    players      bigint      NOT NULL DEFAULT 0,
    requested_at timestamptz NOT NULL,
    done_at      timestamptz
);

-- What was counted again, and what was counted late after it had been put aside: what the cursor of the follower does not
-- tell. Under board 0 a player who was taken out of rankings, or let back in. For the caches of all processes.
CREATE TABLE activity_change (
    change_no  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id  smallint    NOT NULL DEFAULT 1,
    board_id   integer     NOT NULL,
    player_id  text        NOT NULL COLLATE "C",
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- serves: the changes of the last seconds; removing what is older
CREATE INDEX activity_change_at ON activity_change (changed_at);

CREATE FUNCTION note_ranked_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Who has done nothing is part of no figure, and nothing may tell of an erased player.
    IF TG_OP = 'DELETE' AND NOT EXISTS (
            SELECT FROM board b JOIN activity_player a ON a.board_id = b.id AND a.player_id = OLD.player_id
            WHERE b.tenant_id = OLD.tenant_id) THEN
        RETURN NULL;
    END IF;
    INSERT INTO activity_change (tenant_id, board_id, player_id)
    VALUES (coalesce(NEW.tenant_id, OLD.tenant_id), 0, coalesce(NEW.player_id, OLD.player_id));
    RETURN NULL;
END $$;
CREATE TRIGGER ranked_changes_are_noted AFTER INSERT OR DELETE ON unranked_player
    FOR EACH ROW EXECUTE FUNCTION note_ranked_change();

-- Scores are limited to 2^53, so a thousand of them may be more than 64 bits hold.
CREATE FUNCTION bounded(value numeric) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    greatest(-9007199254740991000, least(9007199254740991000, value))::bigint;

-- The same of two of them, which hardly ever are that large.
CREATE FUNCTION bounded_sum(one bigint, other bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN one BETWEEN -4503599627370495500 AND 4503599627370495500
          AND other BETWEEN -4503599627370495500 AND 4503599627370495500
         THEN one + other ELSE bounded(one::numeric + other) END;

-- Counts weeks, which begin on Mondays, as the first day of the year 1 was. Truncating dates would take a hundred times as long.
CREATE FUNCTION week_number(day date) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (day - date '0001-01-01') / 7;

CREATE FUNCTION activity_weeks(first_day date, day date) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN week_number(day) - week_number(first_day) BETWEEN 0 AND 62
         THEN 1::bigint << week_number(day) - week_number(first_day) ELSE 0 END;

-- The bits of weeks after another first day.
CREATE FUNCTION shifted_weeks(weeks bigint, old_first date, new_first date) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN old_first = new_first THEN weeks
         WHEN old_first IS NULL OR new_first IS NULL OR weeks = 0 THEN 0
         WHEN week_number(old_first) - week_number(new_first) > 62 THEN 0
         ELSE (weeks << week_number(old_first) - week_number(new_first)) & 9223372036854775807 END;

-- Counts players of a board again, from the events that the follower has passed. The caller holds the follower's row of the
-- board's shard, so that nothing is counted meanwhile. `in_batch` are the events that are being counted with this.
CREATE FUNCTION recount_activity(in_board integer, in_players text[], to_tx xid8, to_id bigint, in_batch bigint[])
RETURNS void LANGUAGE plpgsql
SET enable_nestloop = on AS $$
DECLARE
    own board;
    bound_tx xid8;
    bound_id bigint;
BEGIN
    SELECT * INTO own FROM board b WHERE b.id = in_board AND b.deleted_at IS NULL;
    SELECT f.tx, f.id INTO bound_tx, bound_id FROM follower f WHERE f.name = 'activity' AND f.shard = in_board & 15;
    IF own.id IS NULL OR NOT FOUND THEN
        RETURN;
    END IF;
    IF to_tx IS NOT NULL AND (to_tx, to_id) > (bound_tx, bound_id) THEN
        bound_tx := to_tx;
        bound_id := to_id;
    END IF;
    DELETE FROM activity_day d WHERE d.board_id = in_board AND d.player_id = ANY (in_players);
    DELETE FROM activity_day_tag d WHERE d.board_id = in_board AND d.player_id = ANY (in_players);
    DELETE FROM activity_player d WHERE d.board_id = in_board AND d.player_id = ANY (in_players);

    WITH passed AS MATERIALIZED (
        SELECT e.id, e.player_id, e.score, e.occurred_ms, e.event_id, e.periods, e.tags, e.outcome, e.duration_ms,
            coalesce(e.event_id LIKE '#%', false) AS by_hand,
            (to_timestamp(e.occurred_ms / 1000.0) AT TIME ZONE own.zone)::date AS day
        FROM score_event e
        WHERE e.board_id = in_board AND e.player_id = ANY (in_players) AND e.player_id NOT LIKE chr(1) || '%'
          AND (e.tx, e.id) <= (bound_tx, bound_id)
          AND NOT EXISTS (SELECT FROM activity_hidden h
                          WHERE h.board_id = in_board AND h.player_id = e.player_id AND h.id = e.id)
          AND (e.id = ANY (in_batch)
               OR NOT EXISTS (SELECT FROM follower_item i
                              WHERE i.name = 'activity' AND i.board_id = in_board AND i.tx = e.tx AND i.item = e.id))
    ), counted AS MATERIALIZED (
        SELECT p.* FROM passed p
        WHERE (NOT p.by_hand
               OR p.event_id LIKE '#adjust-%' AND own.operator = 'SUM' AND (p.periods IS NULL OR p.periods & 17 <> 0))
          AND (p.event_id IS NULL OR p.event_id NOT SIMILAR TO '(#adjust|~clear)-%'
               OR NOT EXISTS (
                   SELECT FROM passed u
                   WHERE u.player_id = p.player_id
                     AND u.event_id = '#undo-' || CASE WHEN p.by_hand THEN substr(p.event_id, 9) ELSE substr(p.event_id, 2) END))
    ), days AS (
        INSERT INTO activity_day (tenant_id, board_id, player_id, day, events, sum, lowest, highest, latest, latest_ms, latest_id,
            first_id, last_id, attempts, completed, partial, duration_ms)
        SELECT own.tenant_id, in_board, c.player_id, c.day, count(*) FILTER (WHERE NOT c.by_hand), bounded(sum(c.score)),
            min(c.score) FILTER (WHERE NOT c.by_hand), max(c.score) FILTER (WHERE NOT c.by_hand),
            (array_agg(c.score ORDER BY c.occurred_ms DESC, c.id DESC) FILTER (WHERE NOT c.by_hand))[1],
            (array_agg(c.occurred_ms ORDER BY c.occurred_ms DESC, c.id DESC) FILTER (WHERE NOT c.by_hand))[1],
            (array_agg(c.id ORDER BY c.occurred_ms DESC, c.id DESC) FILTER (WHERE NOT c.by_hand))[1],
            min(c.id), max(c.id),
            count(c.outcome), count(*) FILTER (WHERE c.outcome = 1), count(*) FILTER (WHERE c.outcome = 3),
            coalesce(sum(c.duration_ms), 0)
        FROM counted c GROUP BY c.player_id, c.day
        RETURNING player_id, day, events, sum, attempts, completed, partial, duration_ms
    ), tags AS (
        INSERT INTO activity_day_tag (tenant_id, board_id, player_id, tag, day, events, attempts, completed, partial, duration_ms)
        SELECT own.tenant_id, in_board, c.player_id, t.tag, c.day, count(*), count(c.outcome),
            count(*) FILTER (WHERE c.outcome = 1), count(*) FILTER (WHERE c.outcome = 3), coalesce(sum(c.duration_ms), 0)
        FROM counted c CROSS JOIN unnest(c.tags) AS t(tag) GROUP BY c.player_id, t.tag, c.day
    ), firsts AS (
        SELECT d.player_id, min(d.day) FILTER (WHERE d.events > 0) AS day FROM days d GROUP BY d.player_id
    )
    INSERT INTO activity_player (tenant_id, board_id, player_id, events, days, sum, attempts, completed, partial, duration_ms,
        first_day, last_day, weeks)
    SELECT own.tenant_id, in_board, d.player_id, sum(d.events), count(*) FILTER (WHERE d.events > 0), bounded(sum(d.sum)),
        sum(d.attempts), sum(d.completed), sum(d.partial), sum(d.duration_ms),
        min(d.day) FILTER (WHERE d.events > 0), max(d.day) FILTER (WHERE d.events > 0),
        coalesce(bit_or(activity_weeks(f.day, d.day)) FILTER (WHERE d.events > 0), 0)
    FROM days d JOIN firsts f ON f.player_id = d.player_id GROUP BY d.player_id;

    INSERT INTO activity_change (tenant_id, board_id, player_id) SELECT own.tenant_id, in_board, p FROM unnest(in_players) p;
END $$;

-- An erased player has done nothing. A follower that has read events under the name is waited for.
CREATE FUNCTION erase_activity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM follower f WHERE f.name = 'activity' ORDER BY f.shard FOR UPDATE;
    DELETE FROM activity_day d USING board b
    WHERE b.tenant_id = old.tenant_id AND d.board_id = b.id AND d.player_id = old.player_id;
    DELETE FROM activity_day_tag d USING board b
    WHERE b.tenant_id = old.tenant_id AND d.board_id = b.id AND d.player_id = old.player_id;
    DELETE FROM activity_player d USING board b
    WHERE b.tenant_id = old.tenant_id AND d.board_id = b.id AND d.player_id = old.player_id;
    DELETE FROM activity_hidden d USING board b
    WHERE b.tenant_id = old.tenant_id AND d.board_id = b.id AND d.player_id = old.player_id;
    DELETE FROM activity_change c WHERE c.tenant_id = old.tenant_id AND c.player_id = old.player_id;
    RETURN NULL;
END $$;

CREATE TRIGGER activity_erased AFTER UPDATE ON erasure FOR EACH ROW
WHEN (old.player_id IS NOT NULL AND new.player_id IS NULL) EXECUTE FUNCTION erase_activity();
