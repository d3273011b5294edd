-- Declares a window complete, for the life of this Redis process.
--
-- KEYS    1 sorted set, 2 hash, 3 lease
-- ARGV    1 life of the Redis process, 2 token of the loader
-- answer  1, or 0 when the lease or the keys are lost and the load is void
local token = ARGV[1] .. ':' .. ARGV[2]
if redis.call('GET', KEYS[3]) ~= token or redis.call('HGET', KEYS[2], '?') ~= token then
  return 0
end
redis.call('HDEL', KEYS[2], '?')
redis.call('HSET', KEYS[2], '!', ARGV[1])
redis.call('DEL', KEYS[3])
return 1
