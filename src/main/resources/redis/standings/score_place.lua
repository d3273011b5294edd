-- Where a score stands in a window, whether or not anybody has it.
--
-- KEYS    as page.lua
-- ARGV    1 life of the Redis process, 2 sort key
-- answer  nil or 'CLOSED' as page.lua; else a list: number of players, number better, number equal, number of different
--         scores better (0 where ranks are not dense)
local total = state(KEYS[1], KEYS[2], ARGV[1])
if total == 'closed' then
  return 'CLOSED'
end
if not total then
  return false
end
return {
  total,
  redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. ARGV[2]),
  redis.call('ZCOUNT', KEYS[1], ARGV[2], ARGV[2]),
  distinct_before(KEYS[3], ARGV[2])
}
