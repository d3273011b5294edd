-- Loads a page of standings into a window that is being rebuilt, while writers go on: only what is newer is taken.
--
-- KEYS    1 sorted set, 2 hash, 3 lease
-- ARGV    1 life of the Redis process, 2 token of the loader, 3 milliseconds the lease is prolonged by, then for each
--         player: player, version, sort key, tie key
-- answer  1, or 0 when the lease or the keys are lost and the load is void
local token = ARGV[1] .. ':' .. ARGV[2]
if redis.call('GET', KEYS[3]) ~= token or redis.call('HGET', KEYS[2], '?') ~= token then
  return 0
end
redis.call('PEXPIRE', KEYS[3], ARGV[3])
for i = 4, #ARGV, 4 do
  local player, version, sort, tie = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local held = redis.call('HGET', KEYS[2], player)
  local old_version, old_tie
  if held then
    old_version, old_tie = string.match(held, '^(%d+):%-?%d+:(%x+)$')
  end
  if not old_version or tonumber(old_version) < tonumber(version) then
    if old_tie and old_tie ~= tie then
      redis.call('ZREM', KEYS[1], old_tie .. player)
    end
    redis.call('ZADD', KEYS[1], sort, tie .. player)
    redis.call('HSET', KEYS[2], player, version .. ':' .. sort .. ':' .. tie)
  end
end
return 1
