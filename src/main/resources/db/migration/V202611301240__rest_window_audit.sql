-- Up to which change a window is known to be equal in both stores, so that it need not be compared until something changes in
-- it, and how far the comparison of all of it has come, which is done bit by bit.
ALTER TABLE window_audit
    -- what older transactions have written is equal; null when all of it has to be compared
    ADD COLUMN seen_tx   xid8,
    -- players of each of its rankings in Redis then, by metric
    ADD COLUMN sizes     text,
    -- null when none is under way
    ADD COLUMN walk      text,
    -- when all of it was compared last
    ADD COLUMN walked_at timestamptz;
