-- One row for each player of a board, with the player's current window of every period inside: d(aily), w(eekly),
-- m(onthly), y(early), a(ll time). A window key is the window's start in milliseconds times 1024 plus its
-- generation, so keys of one period order as the windows do. `version` grows by one with every event.
-- Nothing that changes with every event is indexed, and pages keep room, so that updates stay on their page.
CREATE TABLE standing (
    board_id  integer NOT NULL,
    player_id text    NOT NULL COLLATE "C",
    version   bigint  NOT NULL,
    d_window  bigint, d_score bigint, d_at bigint,
    w_window  bigint, w_score bigint, w_at bigint,
    m_window  bigint, m_score bigint, m_at bigint,
    y_window  bigint, y_score bigint, y_at bigint,
    a_window  bigint, a_score bigint, a_at bigint,
    PRIMARY KEY (board_id, player_id),
    -- beyond 2^53 - 1 a sorted set's double is no longer exact
    CONSTRAINT standing_score_range CHECK (
        greatest(d_score, w_score, m_score, y_score, a_score) <= 9007199254740991
        AND least(d_score, w_score, m_score, y_score, a_score) >= -9007199254740991)
) WITH (fillfactor = 85);

-- serve: the players of a day's or a week's window in the order of their ids, among all the players of a board
CREATE INDEX standing_daily ON standing (board_id, d_window, player_id);
CREATE INDEX standing_weekly ON standing (board_id, w_window, player_id);

-- Standings of windows that are not a player's newest: left behind when the player entered a later window, or
-- reached by a late event.
CREATE TABLE window_standing (
    board_id   integer  NOT NULL,
    period     smallint NOT NULL,
    window_key bigint   NOT NULL,
    player_id  text     NOT NULL COLLATE "C",
    score      bigint   NOT NULL,
    reached_at bigint   NOT NULL,
    PRIMARY KEY (board_id, period, window_key, player_id),
    CONSTRAINT window_standing_score_range CHECK (score BETWEEN -9007199254740991 AND 9007199254740991)
);

-- Every window that has had an event. A window is closed exactly once; a manual reset closes one generation of it and
-- opens the next.
CREATE TABLE board_window (
    board_id   integer     NOT NULL,
    period     smallint    NOT NULL,
    window_key bigint      NOT NULL,
    window_id  text        NOT NULL,
    start_at   timestamptz,
    end_at     timestamptz,
    state      text        NOT NULL CHECK (state IN ('OPEN', 'CLOSING', 'CLOSED')),
    closed_by  text        CHECK (closed_by IN ('ROLLOVER', 'RESET')),
    opened_at  timestamptz NOT NULL,
    closed_at  timestamptz,
    -- when Redis has let go of it
    retired_at timestamptz,
    players    bigint,
    PRIMARY KEY (board_id, period, window_key)
);

-- serves: a past window by its name
CREATE INDEX board_window_id ON board_window (board_id, period, window_id);
-- serves: the windows that are due to be closed, oldest first
CREATE INDEX board_window_due ON board_window (end_at) WHERE state <> 'CLOSED';

-- serves: the closed windows that Redis still holds
CREATE INDEX board_window_unretired ON board_window (closed_at) WHERE state = 'CLOSED' AND retired_at IS NULL;

-- The final ranking of closed windows: immutable. `position` counts from 1 and is unique, `better` is the number of
-- players with a strictly better score, `rank` is what the board's rank mode made of the two.
CREATE TABLE final_standing (
    board_id   integer  NOT NULL,
    period     smallint NOT NULL,
    window_key bigint   NOT NULL,
    position   bigint   NOT NULL,
    better     bigint   NOT NULL,
    rank       bigint   NOT NULL,
    player_id  text     NOT NULL COLLATE "C",
    score      bigint   NOT NULL,
    reached_at bigint   NOT NULL,
    PRIMARY KEY (board_id, period, window_key, position)
);

-- serves: one player's final rank, in one window or in all of them
CREATE UNIQUE INDEX final_standing_player ON final_standing (board_id, player_id, period, window_key);

-- What each scheduled job did.
CREATE TABLE job_run (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job         text        NOT NULL,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    done        bigint      NOT NULL,
    failure     text
);

-- serves: the latest runs of a job
CREATE INDEX job_run_latest ON job_run (job, started_at DESC);
