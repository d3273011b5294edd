-- Counts the processes that limit requests, the caller included.
--
-- KEYS    1 processes by when they were last here
-- ARGV    1 life of the Redis process, 2 now, 3 life of an entry, both in milliseconds, 4 name of the caller
-- answer  their number
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[2] - ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return redis.call('ZCARD', KEYS[1])
