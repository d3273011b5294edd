-- Loads a page of standings into a window that is being rebuilt, while writers go on: only what is newer is taken.
--
-- KEYS    1 sorted set, 2 hash, 3 lease, 4 set of sort keys where ranks are dense, else the sorted set again, 5 log of changes
-- ARGV    1 life of the Redis process, 2 token of the loader, 3 milliseconds the lease is prolonged by, then as lists one
--         behind the other, each player once: players; player and 'version:sort key:tie key'; sort key and member. Without
--         players only the lease is prolonged
-- answer  1, or 0 when the lease or the keys are lost and the load is void
local scores = sorts_of(KEYS[1], KEYS[4])
local token = ARGV[1] .. ':' .. ARGV[2]
if redis.call('GET', KEYS[3]) ~= token or redis.call('HGET', KEYS[2], '?') ~= token then
  return 0
end
redis.call('PEXPIRE', KEYS[3], ARGV[3])
local count = (#ARGV - 3) / 5
if count == 0 then
  return 1
end
local values, places = 3 + count, 3 + 3 * count

local known = false
for _, held in ipairs(redis.call('HMGET', KEYS[2], unpack(fields(4, values)))) do
  known = known or held
end
if known then
  for p = 1, count do
    take(KEYS[1], KEYS[2], scores, ARGV[3 + p], ARGV[values + 2 * p], ARGV[places + 2 * p - 1], ARGV[places + 2 * p])
  end
  return 1
end

-- Nobody has written anything of these players: a command for all at once costs a fraction of one for each.
for i = values + 1, places, 2 do
  ARGV[i] = field(ARGV[i])
end
redis.call('HSET', KEYS[2], unpack(ARGV, values + 1, places))
redis.call('ZADD', KEYS[1], unpack(ARGV, places + 1, #ARGV))
if scores then
  local sorts = {}
  for i = places + 1, #ARGV, 2 do
    sorts[#sorts + 1] = ARGV[i]
    sorts[#sorts + 1] = ARGV[i]
  end
  redis.call('ZADD', scores, unpack(sorts))
end
return 1
