-- Declares a window complete, for the life of this Redis process.
--
-- KEYS    1 sorted set, 2 hash, 3 lease, 4 set of sort keys where ranks are dense, else the sorted set again, 5 log of changes
-- ARGV    1 life of the Redis process, 2 token of the loader, 3 milliseconds the window is kept; empty for no end
-- answer  1, or 0 when the lease or the keys are lost and the load is void
local token = ARGV[1] .. ':' .. ARGV[2]
if redis.call('GET', KEYS[3]) ~= token or redis.call('HGET', KEYS[2], '?') ~= token then
  return 0
end
redis.call('HDEL', KEYS[2], '?')
redis.call('HSET', KEYS[2], '!', ARGV[1])
redis.call('DEL', KEYS[3])
if ARGV[3] ~= '' then
  -- The mark goes first: without it nobody reads the set.
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
  redis.call('PEXPIRE', KEYS[1], ARGV[3] + 1000)
  if KEYS[4] then
    redis.call('PEXPIRE', KEYS[4], ARGV[3] + 1000)
  end
end
return 1
