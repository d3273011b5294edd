-- A stretch of those whose scores lie within two bounds, both included, by offset among them.
--
-- KEYS    as page.lua
-- ARGV    1 life of the Redis process, 2 smallest and 3 largest sort key, 4 offset from 0, 5 limit
-- answer  nil or 'CLOSED' as page.lua; else a list: number of players within the bounds, then as page.lua
local total = state(KEYS[1], KEYS[2], ARGV[1])
if total == 'closed' then
  return 'CLOSED'
end
if not total then
  return false
end
local set, low, high, offset = KEYS[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local matching = redis.call('ZCOUNT', set, low, high)
local first = redis.call('ZCOUNT', set, '-inf', '(' .. low) + offset
local answer = {matching, total, first, 0, 0}
local wanted = math.min(tonumber(ARGV[5]), matching - offset)
if wanted > 0 then
  local entries = redis.call('ZRANGE', set, first, first + wanted - 1, 'WITHSCORES')
  answer[4] = redis.call('ZCOUNT', set, '-inf', '(' .. entries[2])
  answer[5] = distinct_before(KEYS[3], entries[2])
  for i = 1, #entries do
    answer[5 + i] = entries[i]
  end
end
return answer
