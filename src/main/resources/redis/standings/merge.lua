-- Carries standings into a window that is in use: only what is newer is taken.
--
-- KEYS    1 sorted set, 2 hash, 3 set of sort keys where ranks are dense
-- ARGV    1 life of the Redis process, then for each player: player, version, sort key, tie key
-- answer  number of standings that were missing or older; -1 if the window is closed
if redis.call('HGET', KEYS[2], '!') == 'closed' then
  return -1
end
local taken = 0
for i = 2, #ARGV, 4 do
  local player, version, sort, tie = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local held = redis.call('HGET', KEYS[2], player)
  local old_version, old_sort, old_tie
  if held then
    old_version, old_sort, old_tie = parts(held)
  end
  if not old_version or tonumber(old_version) < tonumber(version) then
    if old_tie and old_tie ~= tie then
      redis.call('ZREM', KEYS[1], member(old_tie, player))
    end
    redis.call('ZADD', KEYS[1], sort, member(tie, player))
    redis.call('HSET', KEYS[2], player, version .. ':' .. sort .. ':' .. tie)
    if KEYS[3] then
      redis.call('ZADD', KEYS[3], sort, sort)
      if old_sort and old_sort ~= sort then
        drop_sort(KEYS[1], KEYS[3], old_sort)
      end
    end
    taken = taken + 1
  end
end
return taken
