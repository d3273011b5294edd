-- Ends a window in Redis: who still asks is told that it is closed; its standings are in the archive.
--
-- KEYS    1 sorted set, 2 hash, 3 lease, 4 set of sort keys where ranks are dense, else the sorted set again, 5 log of changes
-- ARGV    1 life of the Redis process, 2 milliseconds the notice is kept
-- answer  1
redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[4] or KEYS[1], KEYS[5] or KEYS[1])
redis.call('DEL', KEYS[3])
redis.call('HSET', KEYS[2], '!', 'closed')
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1
