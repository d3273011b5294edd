-- When what a silent process may have left out of Redis was carried there for the first time. Null while it beats.
ALTER TABLE replica ADD COLUMN repaired_at timestamptz;
