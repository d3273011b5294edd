-- Carries committed standings of players into the windows they belong to, and tells the ranks before and after. A window
-- takes a standing only if its version is newer than what the window has, so the order of arrival does not matter.
--
-- KEYS    for each window: its sorted set, its hash, and where ranks are dense its set of sort keys; with a log of changes four
--         for each, as merge.lua
-- ARGV    1 life of the Redis process, 2 rank mode, with '+LOG' after it where there are logs of changes, 3 where players may lose
--         their value by a metric the number of each window's ranking by the first metric among these, else empty, then for each
--         player: player, version, ranks asked for (0 none, 1 the one after, 2 both), and for each window sort key and tie key; an
--         empty sort key takes the player out of the ranking
-- answer  for each player and window three integers: number ranked ahead before (-1 if the player was not there, or the
--         window is not complete), number ranked ahead after (-1 if the window is not complete), number of players;
--         ranked ahead are different scores where ranks are dense; -1 before and 0 after where the rank was not asked for
local life, logged = ARGV[1], string.sub(ARGV[2], -4) == '+LOG'
local mode = logged and string.sub(ARGV[2], 1, -5) or ARGV[2]
local ordinal, dense = mode == 'ORDINAL', mode == 'DENSE'
local of_window = logged and 4 or dense and 3 or 2
local windows = #KEYS / of_window
local stride = 3 + 2 * windows
local answer = {}

local leads = {}
for lead in string.gmatch(ARGV[3], '%d+') do
  leads[#leads + 1] = tonumber(lead)
end

-- Whether something newer has brought the standings by all metrics of a window already: a value that is not there was lost since.
local function is_lost(w, player, version)
  local lead = leads[w]
  if not lead or lead == 0 or lead == w then
    return false
  end
  local newest = redis.call('HGET', KEYS[of_window * (lead - 1) + 2], field(player))
  return newest and tonumber(string.match(newest, '^%d+')) > tonumber(version)
end

local function ahead(set, scores, sort, own)
  if ordinal then
    return redis.call('ZRANK', set, own)
  end
  return redis.call('ZCOUNT', scores or set, '-inf', '(' .. sort)
end

for w = 1, windows do
  local set, hash = KEYS[of_window * (w - 1) + 1], KEYS[of_window * (w - 1) + 2]
  local scores = dense and KEYS[of_window * (w - 1) + 3] or nil
  local changed = logged and {}
  local mark = redis.call('HGET', hash, '!')
  local total = redis.call('ZCARD', set)
  local complete = mark == life and redis.call('HLEN', hash) - 1 == total
  -- Whether the set may have been empty in between: taking out its last member, or moving it, is enough.
  local few = total < 2
  local slot = 3 * (w - 1)
  for at = 4, #ARGV, stride do
    local player, version, asked = ARGV[at], ARGV[at + 1], ARGV[at + 2]
    local sort, tie = ARGV[at + 2 * w + 1], ARGV[at + 2 * w + 2]
    local held = redis.call('HGET', hash, field(player))
    local before, after = -1, complete and 0 or -1
    local old_version, old_sort, old_tie
    if held then
      old_version, old_sort, old_tie = parts(held)
      if complete and asked == '2' then
        before = ahead(set, scores, old_sort, member(old_tie, player))
      end
    end
    if held and tonumber(old_version) >= tonumber(version) then
      if complete and asked ~= '0' then
        after = asked == '2' and before or ahead(set, scores, old_sort, member(old_tie, player))
      end
    elseif mark ~= 'closed' and sort == '' then
      if held then
        redis.call('ZREM', set, member(old_tie, player))
        redis.call('HDEL', hash, field(player))
        drop_sort(set, scores, old_sort)
        total = total - 1
        few = few or total < 2
        if changed then
          changed[#changed + 1] = player
        end
      end
    elseif mark ~= 'closed' and not held and is_lost(w, player, version) then
      -- The place that this event would have: nobody is there.
      after = complete and asked ~= '0' and redis.call('ZCOUNT', scores or set, '-inf', '(' .. sort) or after
    elseif mark ~= 'closed' then
      local moved = not held or old_tie ~= tie or old_sort ~= sort
      local own = member(tie, player)
      if held and old_tie ~= tie then
        redis.call('ZREM', set, member(old_tie, player))
      end
      if moved then
        redis.call('ZADD', set, sort, own)
        if changed then
          changed[#changed + 1] = player
        end
        if scores then
          redis.call('ZADD', scores, sort, sort)
          if held and old_sort ~= sort then
            drop_sort(set, scores, old_sort)
          end
        end
      end
      redis.call('HSET', hash, field(player), version .. ':' .. sort .. ':' .. tie)
      if not held then
        total = total + 1
      end
      if complete and asked ~= '0' then
        after = (moved or asked == '1') and ahead(set, scores, sort, own) or before
      end
    end
    answer[slot + 1], answer[slot + 2], answer[slot + 3] = before, after, total
    slot = slot + 3 * windows
  end
  if few then
    keep_end(set, hash, scores)
  end
  if changed then
    note(KEYS[of_window * w], changed)
  end
end
return answer
