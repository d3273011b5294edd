-- Who may use a board besides those whose credentials allow it. A process of an earlier version leaves both as they are.
ALTER TABLE board
    ADD COLUMN public_read        boolean NOT NULL DEFAULT false,
    ADD COLUMN player_submissions boolean NOT NULL DEFAULT false;
