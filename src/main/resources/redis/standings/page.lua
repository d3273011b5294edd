-- A stretch of a window's ranking, by offset.
--
-- KEYS    1 sorted set, 2 hash
-- ARGV    1 life of the Redis process, 2 offset from 0, 3 limit
-- answer  nil: the window is not completely loaded; 'CLOSED': it has been archived; else a list: number of players,
--         position of the first entry, number of players better than it, then for each entry tie key with player, and
--         sort key
local mark = redis.call('HGET', KEYS[2], '!')
if mark == 'closed' then
  return 'CLOSED'
end
local total = redis.call('ZCARD', KEYS[1])
if mark ~= ARGV[1] or redis.call('HLEN', KEYS[2]) - 1 ~= total then
  return false
end
local first = tonumber(ARGV[2])
local entries = redis.call('ZRANGE', KEYS[1], first, first + tonumber(ARGV[3]) - 1, 'WITHSCORES')
local answer = {total, first, 0}
if #entries > 0 then
  answer[3] = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. entries[2])
end
for i = 1, #entries do
  answer[3 + i] = entries[i]
end
return answer
