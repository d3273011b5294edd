-- Numbers of transactions are of one server, and of one course of its history: after a fail-over or a restore they say nothing.
ALTER TABLE window_audit ADD COLUMN seen_in text;
