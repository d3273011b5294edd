-- As in all tables that belong to a board: a row takes the tenant of its board when there is a second one.
ALTER TABLE follower_closing ADD COLUMN tenant_id smallint NOT NULL DEFAULT 1;
