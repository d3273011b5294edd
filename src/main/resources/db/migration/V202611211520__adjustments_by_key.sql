-- Under which key a client sent an adjustment, so that it can be sent again; null when it chose none. `periods` is what was
-- asked for, as DAILY,WEEKLY; empty for all of the board: with the other columns it tells whether the same is asked again.
ALTER TABLE adjustment ADD COLUMN idempotency_key text COLLATE "C", ADD COLUMN periods text;
CREATE UNIQUE INDEX adjustment_key ON adjustment (board_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
-- serves: those that are not known to have been applied
CREATE INDEX adjustment_unsettled ON adjustment (board_id) WHERE applied_at IS NULL;
