-- What a board can be besides: ties broken otherwise, a bound for one step, archives that go after a while, several metrics
-- to rank by, and seasons.
ALTER TABLE board
    ADD COLUMN tie_break    text NOT NULL DEFAULT 'EARLIEST',
    -- null for none
    ADD COLUMN max_step     bigint,
    -- how long archives are kept; null for ever
    ADD COLUMN retention_ms bigint,
    -- names of what is ranked by, comma-separated; the first is the default
    ADD COLUMN metrics      text NOT NULL DEFAULT 'score',
    -- list of {id, title, start, end}, instants in milliseconds since 1970
    ADD COLUMN seasons      text NOT NULL DEFAULT '[]';

-- `*_more` holds the further metrics of a window one after the other, each as score and the instant at which it was
-- reached; null on boards of one metric. s(eason) is the sixth slot; outside of seasons nothing enters it.
ALTER TABLE standing
    ADD COLUMN d_more bigint[], ADD COLUMN w_more bigint[], ADD COLUMN m_more bigint[],
    ADD COLUMN y_more bigint[], ADD COLUMN a_more bigint[],
    ADD COLUMN s_window bigint, ADD COLUMN s_score bigint, ADD COLUMN s_at bigint, ADD COLUMN s_more bigint[],
    ADD CONSTRAINT standing_more_range CHECK (
        s_score BETWEEN -9007199254740991 AND 9007199254740991
        AND 9007199254740991 >= ALL (d_more || w_more || m_more || y_more || a_more || s_more)
        AND -9007199254740991 <= ALL (d_more || w_more || m_more || y_more || a_more || s_more))
        -- the rows there are have nothing of this yet: no need to look at them
        NOT VALID;

-- serves: the players of a season in the order of their ids
CREATE INDEX standing_season ON standing (board_id, s_window, player_id) WHERE s_window IS NOT NULL;

-- The further metrics of an event, in the same way.
ALTER TABLE score_event ADD COLUMN more bigint[];

ALTER TABLE window_standing
    ADD COLUMN more bigint[],
    ADD CONSTRAINT window_standing_more_range CHECK (
        9007199254740991 >= ALL (more) AND -9007199254740991 <= ALL (more)) NOT VALID;

-- A final ranking for each metric, numbered from 0.
ALTER TABLE final_standing ADD COLUMN metric smallint NOT NULL DEFAULT 0;
ALTER TABLE final_standing DROP CONSTRAINT final_standing_pkey;
ALTER TABLE final_standing ADD PRIMARY KEY (board_id, period, window_key, metric, position);
DROP INDEX final_standing_player;
-- serves: one player's final rank, in one window or in all of them
CREATE UNIQUE INDEX final_standing_player ON final_standing (board_id, player_id, period, window_key, metric);

-- The closings of a board are numbered as they happen, without gaps, so that others can follow them. The number is kept
-- with the board: the windows may be removed by its retention.
ALTER TABLE board ADD COLUMN closings bigint NOT NULL DEFAULT 0;
ALTER TABLE board_window ADD COLUMN closing_no bigint;
-- serves: what a board has closed since a number
CREATE INDEX board_window_closing ON board_window (board_id, closing_no) WHERE closing_no IS NOT NULL;

-- Players who take no rank in a window, by an administrator's decision; their scores stay where they are.
CREATE TABLE disqualification (
    board_id   integer     NOT NULL,
    period     smallint    NOT NULL,
    window_key bigint      NOT NULL,
    player_id  text        NOT NULL COLLATE "C",
    reason     text        NOT NULL,
    author     text        NOT NULL,
    created_at timestamptz NOT NULL,
    -- serves: whether a player of a batch is disqualified in any of the event's windows
    PRIMARY KEY (board_id, player_id, period, window_key)
);
-- serves: the disqualified of one window
CREATE INDEX disqualification_window ON disqualification (board_id, period, window_key);

-- The scores that the disqualified have in archived windows, for the case that the decision is taken back.
CREATE TABLE barred_standing (
    board_id   integer  NOT NULL,
    period     smallint NOT NULL,
    window_key bigint   NOT NULL,
    metric     smallint NOT NULL,
    player_id  text     NOT NULL COLLATE "C",
    score      bigint   NOT NULL,
    reached_at bigint   NOT NULL,
    PRIMARY KEY (board_id, period, window_key, player_id, metric)
);
