-- Carries one player's committed standings into the windows they belong to, and tells the ranks before and after.
-- A window holds the standing only if its version is newer than what the window has, so the order of arrival does not
-- matter.
--
-- KEYS    for each window: its sorted set, its hash
-- ARGV    1 life of the Redis process, 2 player, 3 version, then for each window: sort key, tie key
-- answer  for each window six integers: complete (0 or 1), position before (-1 if none), number better before,
--         position after, number better after, number of players; positions count from 0 and, like the rest, mean
--         something only where complete is 1
local life, player, version = ARGV[1], ARGV[2], tonumber(ARGV[3])
local answer = {}
for w = 1, #KEYS / 2 do
  local set, hash = KEYS[2 * w - 1], KEYS[2 * w]
  local sort, tie = ARGV[2 + 2 * w], ARGV[3 + 2 * w]
  local held = redis.call('HMGET', hash, player, '!')
  local before, better_before, after, better, total = -1, -1, -1, -1, 0
  local complete = held[2] == life
  local old_version, old_sort, old_tie
  if held[1] then
    old_version, old_sort, old_tie = string.match(held[1], '^(%d+):(-?%d+):(%x+)$')
    if complete then
      before = redis.call('ZRANK', set, old_tie .. player) or -1
      better_before = redis.call('ZCOUNT', set, '-inf', '(' .. old_sort)
    end
  end
  if held[2] ~= 'closed' and (not old_version or tonumber(old_version) < version) then
    if old_version and old_tie ~= tie then
      redis.call('ZREM', set, old_tie .. player)
    end
    if not old_version or old_tie ~= tie or old_sort ~= sort then
      redis.call('ZADD', set, sort, tie .. player)
    end
    redis.call('HSET', hash, player, ARGV[3] .. ':' .. sort .. ':' .. tie)
  else
    sort, tie = old_sort, old_tie
  end
  if complete then
    after = redis.call('ZRANK', set, tie .. player) or -1
    better = redis.call('ZCOUNT', set, '-inf', '(' .. sort)
    total = redis.call('ZCARD', set)
    if redis.call('HLEN', hash) - 1 ~= total then
      complete = false
    end
  end
  local at = 6 * (w - 1)
  answer[at + 1] = complete and 1 or 0
  answer[at + 2] = before
  answer[at + 3] = better_before
  answer[at + 4] = after
  answer[at + 5] = better
  answer[at + 6] = total
end
return answer
