-- The players whose standings in a window have changed since a change that the caller knows, for callers that have its
-- standings in memory.
--
-- KEYS    as merge.lua, with the log of changes
-- ARGV    1 life of the Redis process, 2 the last known place in the log; empty to begin, 3 maximum number of log entries
-- answer  nil or 'CLOSED' as page.lua; 0: what came after that place is not known any more; else a list: place of the last change
--         in this answer, 1 if there are more, else 0, then for each player the id, and 'version:sort key:tie key' or nil
--         without a standing
--
-- A place is the id of an entry and the load of the window that it belongs to. A load is recognized by the instant at which the
-- hash expires, since every load creates the hash again. A process of an earlier version that loads the window leaves the log
-- where it is, without what the load has changed.

-- How long a log is kept after the last call.
local KEPT_MS = 900000

local CENTURY_MS = 3155760000000

local function place(id)
  return string.format('%s@%.0f', id, redis.call('PEXPIRETIME', KEYS[2]))
end

-- Moves the expiry of the hash, or gives it one far away, so that it is not that of another load. Two loads in a row may have the
-- same: the end of the window and some time.
local function mark_load()
  local time, expiry = redis.call('TIME'), redis.call('PEXPIRETIME', KEYS[2])
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  if expiry < 0 then
    expiry = now + CENTURY_MS
  end
  redis.call('PEXPIREAT', KEYS[2], string.format('%.0f', expiry + 2000 + now % 600000))
end

local total = state(KEYS[1], KEYS[2], ARGV[1])
if total == 'closed' then
  return 'CLOSED'
end
if not total then
  return false
end
if ARGV[2] == '' then
  local last = redis.call('XREVRANGE', KEYS[4], '+', '-', 'COUNT', 1)
  if #last == 0 or redis.call('PEXPIRETIME', KEYS[2]) < 0 then
    mark_load()
  end
  local id = #last > 0 and last[1][1] or redis.call('XADD', KEYS[4], '*', '', '')
  redis.call('PEXPIRE', KEYS[4], KEPT_MS)
  return {place(id), 0}
end

local known = string.match(ARGV[2], '^[^@]*')
local most = tonumber(ARGV[3])
local entries = redis.call('XRANGE', KEYS[4], known, '+', 'COUNT', most + 1)
if #entries == 0 or entries[1][1] ~= known then
  return 0
end
if place(known) ~= ARGV[2] then
  redis.call('UNLINK', KEYS[4])
  return 0
end
redis.call('PEXPIRE', KEYS[4], KEPT_MS)
local seen, players, at = {}, {}, 1
-- An entry has at most a hundred players, and most have a few.
while at < #entries and #players < 1000 do
  at = at + 1
  for _, player in ipairs(entries[at][2]) do
    if player ~= '' and not seen[player] then
      seen[player] = true
      players[#players + 1] = player
    end
  end
end
local answer = {place(entries[at][1]), (at < #entries or #entries > most) and 1 or 0}
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
