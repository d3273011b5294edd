-- Whoever has ever scored on a board is told from a stranger ("not ranked" from "never seen"). On a frozen board that is
-- decided by its picture, like everything else: a first score behind the freeze must not show.

-- Players who had scored when a picture was taken and stand in none of its windows.
CREATE TABLE frozen_player (
    board_id  integer NOT NULL,
    freeze_no integer NOT NULL,
    player_id text    NOT NULL COLLATE "C",
    PRIMARY KEY (board_id, freeze_no, player_id)
);

-- Writes down for a picture who has scored and stands in none of its windows.
CREATE FUNCTION freeze_players(in_board integer, in_freeze integer) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO frozen_player (board_id, freeze_no, player_id)
    SELECT s.board_id, in_freeze, s.player_id FROM standing s
    WHERE s.board_id = in_board
      AND NOT EXISTS (
        SELECT FROM frozen_standing f
        WHERE f.board_id = in_board AND f.freeze_no = in_freeze AND f.player_id = s.player_id)
      -- a row without a window is kept for its version alone
      AND (num_nonnulls(s.d_window, s.w_window, s.m_window, s.y_window, s.a_window, s.s_window) > 0
           OR EXISTS (SELECT FROM final_standing f WHERE f.board_id = in_board AND f.player_id = s.player_id))
    ON CONFLICT DO NOTHING;
$$;

-- As before, and whom the board knew.
CREATE OR REPLACE FUNCTION take_picture(
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
                 AND NOT EXISTS (SELECT FROM window_fill f WHERE f.board_id = w.board_id AND f.period = w.period
                                 AND f.window_key = w.window_key)
               UNION ALL
               SELECT * FROM unnest(rolling_periods, rolling_from, rolling_ids, rolling_to) LOOP
        INSERT INTO frozen_window (board_id, freeze_no, period, window_key, window_id, players)
        VALUES (in_board, in_freeze, own.period, own.window_key, own.window_id,
                freeze_window(definition, in_freeze, own.period, own.window_key, own.window_to));
        windows := windows + 1;
    END LOOP;
    PERFORM freeze_players(in_board, in_freeze);
    RETURN windows;
END $$;

-- As before, with the players.
CREATE OR REPLACE FUNCTION forget_picture(since timestamptz, most bigint) RETURNS bigint
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
        DELETE FROM frozen_player WHERE ctid IN (
            SELECT p.ctid FROM frozen_player p
            WHERE p.board_id = old.board_id AND p.freeze_no = old.freeze_no LIMIT most - counted);
        IF EXISTS (SELECT FROM frozen_player p WHERE p.board_id = old.board_id AND p.freeze_no = old.freeze_no) THEN
            RETURN most;
        END IF;
        DELETE FROM frozen_window w WHERE w.board_id = old.board_id AND w.freeze_no = old.freeze_no;
        DELETE FROM frozen_board t WHERE t.board_id = old.board_id AND t.freeze_no = old.freeze_no;
        DELETE FROM board_freeze f WHERE f.board_id = old.board_id AND f.freeze_no = old.freeze_no;
        counted := counted + 1;
    END IF;
    RETURN counted;
END $$;

-- Of pictures that stand already it cannot be told any more; whom their boards know by now comes nearest.
DO $$ BEGIN PERFORM freeze_players(t.board_id, t.freeze_no) FROM frozen_board t; END $$;
