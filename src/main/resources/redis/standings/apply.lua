-- Carries committed standings of players into the windows they belong to, and tells the ranks before and after. A window
-- takes a standing only if its version is newer than what the window has, so the order of arrival does not matter.
--
-- KEYS    for each window: its sorted set, its hash
-- ARGV    1 life of the Redis process, 2 rank mode, then for each player: player, version, and for each window sort key
--         and tie key
-- answer  for each player and window three integers: number ranked ahead before (-1 if the player was not there, or the
--         window is not complete), number ranked ahead after (-1 if the window is not complete), number of players
local life, ordinal = ARGV[1], ARGV[2] == 'ORDINAL'
local windows = #KEYS / 2
local stride = 2 + 2 * windows
local answer = {}

local function ahead(set, sort, member)
  if ordinal then
    return redis.call('ZRANK', set, member)
  end
  return redis.call('ZCOUNT', set, '-inf', '(' .. sort)
end

for w = 1, windows do
  local set, hash = KEYS[2 * w - 1], KEYS[2 * w]
  local mark = redis.call('HGET', hash, '!')
  local total = redis.call('ZCARD', set)
  local complete = mark == life and redis.call('HLEN', hash) - 1 == total
  local slot = 3 * (w - 1)
  for at = 3, #ARGV, stride do
    local player, version = ARGV[at], ARGV[at + 1]
    local sort, tie = ARGV[at + 2 * w], ARGV[at + 2 * w + 1]
    local held = redis.call('HGET', hash, player)
    local before, after = -1, -1
    local old_version, old_sort, old_tie
    if held then
      old_version, old_sort, old_tie = string.match(held, '^(%d+):(%-?%d+):(%x+)$')
      if complete then
        before = ahead(set, old_sort, old_tie .. player)
      end
    end
    if held and tonumber(old_version) >= tonumber(version) then
      sort, tie = old_sort, old_tie
      after = before
    elseif mark ~= 'closed' then
      local moved = not held or old_tie ~= tie or old_sort ~= sort
      if held and old_tie ~= tie then
        redis.call('ZREM', set, old_tie .. player)
      end
      if moved then
        redis.call('ZADD', set, sort, tie .. player)
      end
      redis.call('HSET', hash, player, version .. ':' .. sort .. ':' .. tie)
      if not held then
        total = total + 1
      end
      if complete then
        after = moved and ahead(set, sort, tie .. player) or before
      end
    end
    answer[slot + 1], answer[slot + 2], answer[slot + 3] = before, after, total
    slot = slot + 3 * windows
  end
end
return answer
