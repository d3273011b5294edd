-- A stretch of a window's ranking, by offset.
--
-- KEYS    1 sorted set, 2 hash, 3 set of sort keys where ranks are dense
-- ARGV    1 life of the Redis process, 2 offset from 0, 3 limit
-- answer  nil: the window is not completely loaded; 'CLOSED': it has been archived; else a list: number of players,
--         position of the first entry, number of players better than it, number of different scores better than it
--         (0 where ranks are not dense), then for each entry its member and sort key
local total = state(KEYS[1], KEYS[2], ARGV[1])
if total == 'closed' then
  return 'CLOSED'
end
if not total then
  return false
end
local first = tonumber(ARGV[2])
local entries = redis.call('ZRANGE', KEYS[1], first, first + tonumber(ARGV[3]) - 1, 'WITHSCORES')
local answer = {total, first, 0, 0}
if #entries > 0 then
  answer[3] = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. entries[2])
  answer[4] = distinct_before(KEYS[3], entries[2])
end
for i = 1, #entries do
  answer[4 + i] = entries[i]
end
return answer
