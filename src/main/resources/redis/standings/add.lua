-- Adds the standings of many players to a window that is in use and has few of them: only what is newer is taken.
--
-- KEYS    1 sorted set, 2 hash, 3 set of sort keys where ranks are dense, else the sorted set again, 4 log of changes
-- ARGV    1 life of the Redis process, then as lists one after the other, each player once: players; player and 'version:sort
--         key:tie key'; sort key and member
-- answer  1, or 0 when the window is not complete, and nothing has been added
if redis.call('HGET', KEYS[2], '!') ~= ARGV[1] then
  return 0
end
local scores = sorts_of(KEYS[1], KEYS[3])
local count = (#ARGV - 1) / 5
local values, places = 1 + count, 1 + 3 * count
local held = redis.call('HMGET', KEYS[2], unpack(fields(2, values)))
local taken, new_values, new_places, new_sorts = {}, {}, {}, {}
for p = 1, count do
  local player, value = ARGV[1 + p], ARGV[values + 2 * p]
  local sort, own = ARGV[places + 2 * p - 1], ARGV[places + 2 * p]
  if not held[p] then
    local n = #new_values
    new_values[n + 1], new_values[n + 2] = field(player), value
    new_places[n + 1], new_places[n + 2] = sort, own
    new_sorts[n + 1], new_sorts[n + 2] = sort, sort
    taken[#taken + 1] = player
  elseif take(KEYS[1], KEYS[2], scores, player, value, sort, own) then
    taken[#taken + 1] = player
  end
end

-- A command for all at once costs a fraction of one for each.
if #new_values > 0 then
  redis.call('HSET', KEYS[2], unpack(new_values))
  redis.call('ZADD', KEYS[1], unpack(new_places))
  if scores then
    redis.call('ZADD', scores, unpack(new_sorts))
  end
end
keep_end(KEYS[1], KEYS[2], scores)
note(KEYS[4], taken)
return 1
