-- What a replay is told: the answer that the event was given the first time, as a list of the
-- player and [period, window key, score, reached at, rank, previous rank, total] for each window. Null where nobody was answered: the process ended in
-- between, or the row is older than this column. `occurred_ms` then tells which windows the event belongs to.
ALTER TABLE event_key ADD COLUMN occurred_ms bigint, ADD COLUMN answer json;

-- A row grows to about four times its size when the answer is added, moments after it was written: pages keep room for
-- that, so that the index on the id is not written a second time.
ALTER TABLE event_key SET (fillfactor = 25);

-- Keeps the answers of events that have just been accepted. The commit is not waited for: a crash of PostgreSQL may
-- lose answers of the last moments, never events, and a replay is then told the standings as they are.
CREATE FUNCTION remember_answers(boards integer[], event_ids text[], answers text[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    UPDATE event_key k SET answer = t.answer::json
    FROM unnest(boards, event_ids, answers) AS t(board_id, event_id, answer)
    WHERE k.board_id = t.board_id AND k.event_id = t.event_id;
END $$;
