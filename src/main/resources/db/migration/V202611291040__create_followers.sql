-- Followers work through what was accepted, closed and changed, by cursors that are kept here. The ledger is the log: an event
-- carries the id of the transaction that wrote it, and is read once no older transaction is running.

-- Every row there is gets 0, which is older than any transaction; a constant, so that no row is written for it.
ALTER TABLE score_event ADD COLUMN tx xid8 NOT NULL DEFAULT '0';
ALTER TABLE score_event ALTER COLUMN tx SET DEFAULT pg_current_xact_id();

-- serves: the events of a shard behind a cursor; a shard is the boards whose number ends in the same four bits
CREATE INDEX score_event_feed ON score_event ((board_id & 15), tx, id);

-- What has changed but the scores: boards, and whatever else is defined. One row each, in the transaction of the change.
CREATE TABLE change (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id smallint    NOT NULL DEFAULT 1,
    -- 0 for what belongs to no board
    board_id  integer     NOT NULL,
    kind      text        NOT NULL COLLATE "C",
    -- what has changed: a player, a window; empty for the board itself
    subject   text        NOT NULL COLLATE "C",
    tx        xid8        NOT NULL DEFAULT pg_current_xact_id(),
    at        timestamptz NOT NULL DEFAULT now()
);

-- serves: the changes of a shard behind a cursor
CREATE INDEX change_feed ON change ((board_id & 15), tx, id);

-- Writes down a change in the transaction that makes it.
CREATE FUNCTION record_change(in_tenant smallint, in_board integer, in_kind text, in_subject text) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO change (tenant_id, board_id, kind, subject) VALUES (in_tenant, in_board, in_kind, in_subject)
$$;

-- A trigger, so that older processes of a rolling update write changes down as well, and nobody can forget to.
CREATE FUNCTION record_board_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM record_change(1::smallint, new.id, CASE WHEN TG_OP = 'INSERT' THEN 'BOARD_CREATED'
                                                    WHEN new.deleted_at IS NOT NULL THEN 'BOARD_DELETED'
                                                    ELSE 'BOARD_CHANGED' END, '');
    RETURN NULL;
END $$;

CREATE TRIGGER board_created AFTER INSERT ON board FOR EACH ROW EXECUTE FUNCTION record_board_change();
CREATE TRIGGER board_changed AFTER UPDATE ON board FOR EACH ROW
WHEN (old.revision <> new.revision OR old.deleted_at IS DISTINCT FROM new.deleted_at)
EXECUTE FUNCTION record_board_change();

CREATE FUNCTION record_player_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM record_change(1::smallint, new.board_id, 'PLAYER_DISQUALIFIED', new.player_id);
    ELSIF EXISTS (SELECT FROM board b WHERE b.id = old.board_id AND b.deleted_at IS NULL) THEN
        PERFORM record_change(1::smallint, old.board_id, 'PLAYER_REINSTATED', old.player_id);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER player_disqualified AFTER INSERT OR DELETE ON disqualification FOR EACH ROW
EXECUTE FUNCTION record_player_decision();

-- A follower's cursor in one shard of its feed. It moves in the transaction of the effect. Updated all the time, so a page has
-- room for the next version of its row.
CREATE TABLE follower (
    name         text        NOT NULL COLLATE "C",
    feed         text        NOT NULL COLLATE "C",
    shard        smallint    NOT NULL,
    -- the last item that is done
    tx           xid8        NOT NULL,
    id           bigint      NOT NULL,
    -- what was accepted or closed earlier is left out
    since        timestamptz NOT NULL DEFAULT '-infinity',
    -- grows with every move
    moves        bigint      NOT NULL DEFAULT 0,
    -- the process that works at it, while there is more to do
    token        text,
    holder       text,
    leased_until timestamptz,
    -- failures one after the other, and how many items behind the cursor have the culprit among them; 0 when not looked for
    attempts     integer     NOT NULL DEFAULT 0,
    suspects     integer     NOT NULL DEFAULT 0,
    retry_at     timestamptz,
    failure      text,
    failed_at    timestamptz,
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (name, shard)
) WITH (fillfactor = 50);

-- Closings are numbered for each board, so the cursor of that feed is a number for each board. None is 0.
CREATE TABLE follower_closing (
    name       text    NOT NULL COLLATE "C",
    board_id   integer NOT NULL,
    closing_no bigint  NOT NULL,
    PRIMARY KEY (name, board_id)
) WITH (fillfactor = 70);

-- An item that a follower has failed on again and again: put aside, so that the rest goes on.
CREATE TABLE follower_item (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id smallint    NOT NULL DEFAULT 1,
    name      text        NOT NULL COLLATE "C",
    feed      text        NOT NULL COLLATE "C",
    shard     smallint    NOT NULL,
    board_id  integer     NOT NULL,
    -- where it stands in its feed
    tx        xid8        NOT NULL,
    item      bigint      NOT NULL,
    failure   text        NOT NULL,
    retries   integer     NOT NULL DEFAULT 0,
    aside_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (name, board_id, tx, item)
);

-- What is added to the ids of transactions. Not 0 after a restore into a server whose ids are lower than those in the rows:
-- new rows then count on from the highest there is, and rows and cursors stay as they are.
CREATE TABLE feed_shift (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    shift   bigint  NOT NULL,
    -- the server that the ids are of; in any other one they have to be looked at
    cluster bigint
);
INSERT INTO feed_shift (shift) VALUES (0);

-- Whatever was written by a transaction below it is decided and visible.
CREATE FUNCTION feed_horizon() RETURNS xid8 LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN s.shift = 0 THEN pg_snapshot_xmin(pg_current_snapshot())
                ELSE ((pg_snapshot_xmin(pg_current_snapshot())::text::bigint + s.shift)::text)::xid8 END
    FROM feed_shift s
$$;

-- Greater than that of any transaction whose rows this one can see, its own included.
CREATE FUNCTION next_feed_tx() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT greatest(pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
                    coalesce(pg_current_xact_id_if_assigned()::text::bigint + 1, 0)) + s.shift
    FROM feed_shift s
$$;

-- Called at each start, before anything is written. Answers whether there was something to do.
CREATE FUNCTION rebase_feed() RETURNS boolean LANGUAGE plpgsql
-- The ends of the indexes are all that is to be read, whatever the planner knows of the tables.
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
    here bigint;
    highest bigint;
    needed bigint;
BEGIN
    SELECT c.system_identifier INTO here FROM pg_control_system() c;
    IF here = (SELECT s.cluster FROM feed_shift s) THEN
        RETURN false;
    END IF;
    -- One process does it; the others find it done.
    LOCK TABLE feed_shift IN EXCLUSIVE MODE;
    IF here = (SELECT s.cluster FROM feed_shift s) THEN
        RETURN false;
    END IF;
    UPDATE feed_shift SET cluster = here;
    SELECT coalesce(max(t.tx), 0) INTO highest FROM (
        SELECT (SELECT e.tx::text::bigint FROM score_event e WHERE e.board_id & 15 = n ORDER BY e.tx DESC, e.id DESC LIMIT 1) AS tx
        FROM generate_series(0, 15) AS n
        UNION ALL
        SELECT (SELECT c.tx::text::bigint FROM change c WHERE c.board_id & 15 = n ORDER BY c.tx DESC, c.id DESC LIMIT 1)
        FROM generate_series(0, 15) AS n
        UNION ALL
        SELECT f.tx::text::bigint FROM follower f) t;
    IF highest < next_feed_tx() THEN
        RETURN false;
    END IF;
    needed := highest + 1 - pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    EXECUTE format('ALTER TABLE score_event ALTER COLUMN tx SET DEFAULT ((pg_current_xact_id()::text::bigint + %s)::text)::xid8', needed);
    EXECUTE format('ALTER TABLE change ALTER COLUMN tx SET DEFAULT ((pg_current_xact_id()::text::bigint + %s)::text)::xid8', needed);
    UPDATE feed_shift SET shift = needed;
    RETURN true;
END $$;

-- Events and players of each day of a board, by the board's clock.
CREATE TABLE board_day (
    tenant_id smallint NOT NULL DEFAULT 1,
    board_id  integer  NOT NULL,
    day       date     NOT NULL,
    events    bigint   NOT NULL,
    players   bigint   NOT NULL,
    PRIMARY KEY (board_id, day)
) WITH (fillfactor = 70);

-- Who has been counted.
CREATE TABLE board_day_player (
    tenant_id smallint NOT NULL DEFAULT 1,
    board_id  integer  NOT NULL,
    day       date     NOT NULL,
    player_id text     NOT NULL COLLATE "C",
    PRIMARY KEY (board_id, day, player_id)
);

-- The same as the public of a frozen board sees it: with the events that the board's picture has.
CREATE TABLE frozen_board_day (
    tenant_id smallint NOT NULL DEFAULT 1,
    board_id  integer  NOT NULL,
    freeze_no integer  NOT NULL,
    day       date     NOT NULL,
    events    bigint   NOT NULL,
    players   bigint   NOT NULL,
    PRIMARY KEY (board_id, freeze_no, day)
);

-- Which transactions a picture has seen, so that a follower who comes later can tell what is in it.
ALTER TABLE frozen_board ADD COLUMN snapshot pg_snapshot, ADD COLUMN shift bigint;

CREATE FUNCTION is_in_picture(in_tx xid8, received timestamptz, picture frozen_board) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN picture.snapshot IS NULL THEN received < picture.taken_at
                WHEN in_tx::text::bigint <= picture.shift THEN true
                WHEN picture.shift = 0 THEN pg_visible_in_snapshot(in_tx, picture.snapshot)
                ELSE pg_visible_in_snapshot(((in_tx::text::bigint - picture.shift)::text)::xid8, picture.snapshot) END
$$;

-- Runs in the transaction of the picture, and sees what that sees.
CREATE FUNCTION freeze_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    new.snapshot := pg_current_snapshot();
    new.shift := (SELECT s.shift FROM feed_shift s);
    INSERT INTO frozen_board_day (tenant_id, board_id, freeze_no, day, events, players)
    SELECT d.tenant_id, d.board_id, new.freeze_no, d.day, d.events, d.players FROM board_day d WHERE d.board_id = new.board_id;
    RETURN new;
END $$;

CREATE TRIGGER picture_of_days BEFORE INSERT ON frozen_board FOR EACH ROW EXECUTE FUNCTION freeze_days();

CREATE FUNCTION forget_frozen_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM frozen_board_day d WHERE d.board_id = old.board_id AND d.freeze_no = old.freeze_no;
    RETURN NULL;
END $$;

CREATE TRIGGER picture_forgotten AFTER DELETE ON frozen_board FOR EACH ROW EXECUTE FUNCTION forget_frozen_days();
