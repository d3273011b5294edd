-- The generation of a cache: values of another one are outdated. One that is missing begins now.
--
-- KEYS    1 generation of the cache
-- ARGV    1 life of the Redis process, 2 name of a new generation, 3 milliseconds after which it ends unless it is kept
-- answer  its name
redis.call('SET', KEYS[1], ARGV[2], 'NX', 'PX', ARGV[3])
return redis.call('GET', KEYS[1])
