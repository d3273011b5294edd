-- A player's place in a window, with the neighbours on both sides.
--
-- KEYS    1 sorted set, 2 hash
-- ARGV    1 life of the Redis process, 2 player, 3 how many before, 4 how many after
-- answer  nil or 'CLOSED' as page.lua; {number of players} when the player has no standing; else a list: number of
--         players, position of the first entry, number better than it, position of the player, number better than the
--         player, number with the player's score, then the entries as page.lua
local mark = redis.call('HGET', KEYS[2], '!')
if mark == 'closed' then
  return 'CLOSED'
end
local total = redis.call('ZCARD', KEYS[1])
if mark ~= ARGV[1] or redis.call('HLEN', KEYS[2]) - 1 ~= total then
  return false
end
local held = redis.call('HGET', KEYS[2], ARGV[2])
if not held then
  return {total}
end
local sort, tie = string.match(held, '^%d+:(%-?%d+):(%x+)$')
local position = redis.call('ZRANK', KEYS[1], tie .. ARGV[2])
local better = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. sort)
local equal = redis.call('ZCOUNT', KEYS[1], sort, sort)
local first = math.max(0, position - tonumber(ARGV[3]))
local entries = redis.call('ZRANGE', KEYS[1], first, position + tonumber(ARGV[4]), 'WITHSCORES')
local first_better = better
if entries[2] ~= sort then
  first_better = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. entries[2])
end
local answer = {total, first, first_better, position, better, equal}
for i = 1, #entries do
  answer[6 + i] = entries[i]
end
return answer
