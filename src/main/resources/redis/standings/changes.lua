-- The players whose standings in a window have changed since a change that the caller knows, for callers that have its
-- standings in memory.
--
-- KEYS    as merge.lua, with the log of changes
-- ARGV    1 life of the Redis process, 2 id of the last known change; empty to begin, 3 maximum number of log entries
-- answer  nil or 'CLOSED' as page.lua; 0: what came after that change is not known any more; else a list: id of the last change
--         in this answer, 1 if there are more, else 0, then for each player the id, and 'version:sort key:tie key' or nil
--         without a standing
local total = state(KEYS[1], KEYS[2], ARGV[1])
if total == 'closed' then
  return 'CLOSED'
end
if not total then
  return false
end
if ARGV[2] == '' then
  local last = redis.call('XREVRANGE', KEYS[4], '+', '-', 'COUNT', 1)
  if #last > 0 then
    return {last[1][1], 0}
  end
  local begun = redis.call('XADD', KEYS[4], '*', '', '')
  local left = redis.call('PTTL', KEYS[2])
  if left > 0 then
    redis.call('PEXPIRE', KEYS[4], left + 1000)
  end
  return {begun, 0}
end

local most = tonumber(ARGV[3])
local entries = redis.call('XRANGE', KEYS[4], ARGV[2], '+', 'COUNT', most + 1)
if #entries == 0 or entries[1][1] ~= ARGV[2] then
  return 0
end
local seen, players, at = {}, {}, 1
-- An entry has at most a thousand players, and most have a few.
while at < #entries and #players < 1000 do
  at = at + 1
  for _, player in ipairs(entries[at][2]) do
    if player ~= '' and not seen[player] then
      seen[player] = true
      players[#players + 1] = player
    end
  end
end
local answer = {entries[at][1], (at < #entries or #entries > most) and 1 or 0}
if #players > 0 then
  local names = {}
  for i, player in ipairs(players) do
    names[i] = field(player)
  end
  local held = redis.call('HMGET', KEYS[2], unpack(names))
  for i, player in ipairs(players) do
    answer[2 * i + 1] = player
    answer[2 * i + 2] = held[i]
  end
end
return answer
