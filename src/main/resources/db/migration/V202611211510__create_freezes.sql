-- From an instant on, a board may show its public the rankings as they were then, while scoring goes on.
ALTER TABLE board
    -- when the public's view stands still; null for never
    ADD COLUMN freeze_at timestamptz,
    -- grows with every freeze that is set or changed: a picture belongs to one number
    ADD COLUMN freeze_no integer NOT NULL DEFAULT 0;

-- serves: the boards whose picture is due
CREATE INDEX board_freeze_due ON board (freeze_at) WHERE freeze_at IS NOT NULL AND deleted_at IS NULL;

-- The picture of a board has begun to be taken: what is in it is decided, so whoever has waited to write goes on.
CREATE TABLE board_freeze (
    board_id  integer     NOT NULL,
    freeze_no integer     NOT NULL,
    begun_at  timestamptz NOT NULL,
    PRIMARY KEY (board_id, freeze_no)
);

-- The picture of a board has been taken. Written together with all that is in it.
CREATE TABLE frozen_board (
    board_id  integer     NOT NULL,
    freeze_no integer     NOT NULL,
    -- number of the last closing before it: what was closed later is not for the public
    closings  bigint      NOT NULL,
    taken_at  timestamptz NOT NULL,
    PRIMARY KEY (board_id, freeze_no)
);

-- A window in a picture: it was open at the instant, or just being closed.
CREATE TABLE frozen_window (
    board_id   integer  NOT NULL,
    freeze_no  integer  NOT NULL,
    period     smallint NOT NULL,
    window_key bigint   NOT NULL,
    -- its name then; a reset may have given it another one since
    window_id  text     NOT NULL,
    players    bigint   NOT NULL,
    PRIMARY KEY (board_id, freeze_no, period, window_key)
);

-- A place in a picture, as in final_standing.
CREATE TABLE frozen_standing (
    board_id   integer  NOT NULL,
    freeze_no  integer  NOT NULL,
    period     smallint NOT NULL,
    window_key bigint   NOT NULL,
    metric     smallint NOT NULL,
    position   bigint   NOT NULL,
    better     bigint   NOT NULL,
    rank       bigint   NOT NULL,
    player_id  text     NOT NULL COLLATE "C",
    score      bigint   NOT NULL,
    reached_at bigint   NOT NULL,
    PRIMARY KEY (board_id, freeze_no, period, window_key, metric, position)
);

-- serves: one player's place in a picture
CREATE UNIQUE INDEX frozen_standing_player
    ON frozen_standing (board_id, freeze_no, player_id, period, window_key, metric);

-- Copies one window into a picture, by each metric, without the disqualified, and answers the number of players. Of a rolling
-- window in_to is the key behind its last day; it is null for the others.
CREATE FUNCTION freeze_window(definition board, in_freeze integer, in_period smallint, in_key bigint, in_to bigint)
RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    counted bigint := 0;
BEGIN
    FOR by_metric IN 0 .. cardinality(string_to_array(definition.metrics, ',')) - 1 LOOP
        INSERT INTO frozen_standing (
            board_id, freeze_no, period, window_key, metric, position, better, rank, player_id, score, reached_at)
        SELECT definition.id, in_freeze, in_period, in_key, by_metric, r.position, r.better,
            CASE definition.rank_mode WHEN 'ORDINAL' THEN r.position WHEN 'DENSE' THEN r.dense ELSE r.better + 1 END,
            r.player_id, r.score, r.reached_at
        FROM (SELECT s.*,
                     row_number() OVER (ORDER BY s.score * d.direction, s.reached_at * d.tie, s.player_id COLLATE "C")
                         AS position,
                     rank() OVER (ORDER BY s.score * d.direction) - 1 AS better,
                     CASE definition.rank_mode WHEN 'DENSE' THEN dense_rank() OVER (ORDER BY s.score * d.direction) END
                         AS dense
              FROM (SELECT l.player_id, l.score, l.reached_at
                    FROM live_standings(definition.id, in_period, in_key, by_metric::smallint) l WHERE in_to IS NULL
                    UNION ALL
                    SELECT l.player_id, l.score, l.reached_at
                    FROM rolling_scores(definition.id, in_key, in_to, by_metric::smallint, NULL) l
                    WHERE in_to IS NOT NULL) s
              CROSS JOIN (SELECT CASE definition.sort_order WHEN 'DESC' THEN -1 ELSE 1 END AS direction,
                                 CASE definition.tie_break WHEN 'EARLIEST' THEN 1 WHEN 'LATEST' THEN -1 ELSE 0 END AS tie) d
             ) r;
        GET DIAGNOSTICS counted = ROW_COUNT;
    END LOOP;
    RETURN counted;
END $$;

-- Takes the picture of a board: all its windows that are not closed, and the rolling ones that are given, as the transaction
-- sees them. That has to see them all at one instant (REPEATABLE READ). A picture is taken once; the second one breaks a key.
-- Answers the number of windows.
CREATE FUNCTION take_picture(
    in_board integer, in_freeze integer, at timestamptz,
    rolling_periods smallint[], rolling_from bigint[], rolling_to bigint[], rolling_ids text[]) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    definition board;
    own record;
    windows bigint := 0;
BEGIN
    SELECT * INTO definition FROM board WHERE id = in_board;
    INSERT INTO frozen_board (board_id, freeze_no, closings, taken_at)
    VALUES (in_board, in_freeze, definition.closings, at);
    FOR own IN SELECT w.period, w.window_key, w.window_id, NULL::bigint AS window_to FROM board_window w
               WHERE w.board_id = in_board AND w.state <> 'CLOSED'
               UNION ALL
               SELECT * FROM unnest(rolling_periods, rolling_from, rolling_ids, rolling_to) LOOP
        INSERT INTO frozen_window (board_id, freeze_no, period, window_key, window_id, players)
        VALUES (in_board, in_freeze, own.period, own.window_key, own.window_id,
                freeze_window(definition, in_freeze, own.period, own.window_key, own.window_to));
        windows := windows + 1;
    END LOOP;
    RETURN windows;
END $$;

-- Removes at most so many rows of a picture that nobody sees any more: its freeze has been revealed, changed or deleted with
-- its board for a while, so no process still believes in it. Answers how many rows are gone, 0 when there is none left.
CREATE FUNCTION forget_picture(since timestamptz, most bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    old record;
    counted bigint;
BEGIN
    SELECT p.board_id, p.freeze_no INTO old
    FROM (SELECT f.board_id, f.freeze_no FROM board_freeze f
          UNION SELECT t.board_id, t.freeze_no FROM frozen_board t) p
    JOIN board b ON b.id = p.board_id
    WHERE (b.freeze_no <> p.freeze_no OR b.freeze_at IS NULL OR b.deleted_at IS NOT NULL)
      AND coalesce(b.deleted_at, b.updated_at) < since
    LIMIT 1;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    DELETE FROM frozen_standing WHERE ctid IN (
        SELECT s.ctid FROM frozen_standing s WHERE s.board_id = old.board_id AND s.freeze_no = old.freeze_no LIMIT most);
    GET DIAGNOSTICS counted = ROW_COUNT;
    IF counted < most THEN
        DELETE FROM frozen_window w WHERE w.board_id = old.board_id AND w.freeze_no = old.freeze_no;
        DELETE FROM frozen_board t WHERE t.board_id = old.board_id AND t.freeze_no = old.freeze_no;
        DELETE FROM board_freeze f WHERE f.board_id = old.board_id AND f.freeze_no = old.freeze_no;
        counted := counted + 1;
    END IF;
    RETURN counted;
END $$;
