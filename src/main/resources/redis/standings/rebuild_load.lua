-- Loads a page of standings into a window that is being rebuilt, while writers go on: only what is newer is taken.
--
-- KEYS    1 sorted set, 2 hash, 3 lease, 4 set of sort keys where ranks are dense
-- ARGV    1 life of the Redis process, 2 token of the loader, 3 milliseconds the lease is prolonged by, then for each
--         player: player, version, sort key, tie key; each player once; without players only the lease is prolonged
-- answer  1, or 0 when the lease or the keys are lost and the load is void
local token = ARGV[1] .. ':' .. ARGV[2]
if redis.call('GET', KEYS[3]) ~= token or redis.call('HGET', KEYS[2], '?') ~= token then
  return 0
end
redis.call('PEXPIRE', KEYS[3], ARGV[3])
if #ARGV == 3 then
  return 1
end
local players = {}
for i = 4, #ARGV, 4 do
  players[#players + 1] = ARGV[i]
end
local all_held = redis.call('HMGET', KEYS[2], unpack(players))

-- A command for all players at once costs a fraction of one for each.
local gone, come, kept, sorts, left = {}, {}, {}, {}, {}
for p = 1, #players do
  local i = 4 * p
  local player, version, sort, tie = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local old_version, old_sort, old_tie
  if all_held[p] then
    old_version, old_sort, old_tie = parts(all_held[p])
  end
  if not old_version or tonumber(old_version) < tonumber(version) then
    if old_tie and old_tie ~= tie then
      gone[#gone + 1] = member(old_tie, player)
    end
    if old_sort and old_sort ~= sort then
      left[#left + 1] = old_sort
    end
    come[#come + 1] = sort
    come[#come + 1] = member(tie, player)
    kept[#kept + 1] = player
    kept[#kept + 1] = version .. ':' .. sort .. ':' .. tie
    sorts[#sorts + 1] = sort
    sorts[#sorts + 1] = sort
  end
end
if #gone > 0 then
  redis.call('ZREM', KEYS[1], unpack(gone))
end
if #come > 0 then
  redis.call('ZADD', KEYS[1], unpack(come))
  redis.call('HSET', KEYS[2], unpack(kept))
end
if KEYS[4] then
  if #sorts > 0 then
    redis.call('ZADD', KEYS[4], unpack(sorts))
  end
  for _, sort in ipairs(left) do
    drop_sort(KEYS[1], KEYS[4], sort)
  end
end
return 1
