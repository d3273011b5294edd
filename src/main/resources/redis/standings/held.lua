-- The standings of chosen players in a window, without their places.
--
-- KEYS    as page.lua
-- ARGV    1 life of the Redis process, then the players
-- answer  nil or 'CLOSED' as page.lua; else a list: for each chosen player 'version:sort key:tie key', nil without a standing
local total = state(KEYS[1], KEYS[2], ARGV[1])
if total == 'closed' then
  return 'CLOSED'
end
if not total then
  return false
end
if #ARGV == 1 then
  return {}
end
return redis.call('HMGET', KEYS[2], unpack(fields(2, #ARGV)))
