-- A connection keeps the plan of a statement until statistics are collected again, which autovacuum does once a minute at
-- most. A plan from when the table held a handful of rows reads all of it for each event: 3.4 s for 500 events among 117,000
-- keys, 2 ms by the index. apply_scores, a repeatable migration, has the same setting since this version.
ALTER FUNCTION remember_answers(integer[], text[], text[]) SET enable_seqscan = off;
