-- Declares a window complete, for the life of this Redis process.
--
-- KEYS    1 sorted set, 2 hash, 3 lease
-- ARGV    1 life of the Redis process, 2 token of the loader
-- answer  1, or 0 when the lease is lost and the load is void
if redis.call('GET', KEYS[3]) ~= ARGV[1] .. ':' .. ARGV[2] then
  return 0
end
redis.call('HSET', KEYS[2], '!', ARGV[1])
redis.call('DEL', KEYS[3])
return 1
