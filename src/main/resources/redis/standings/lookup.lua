-- The places of chosen players in a window.
--
-- KEYS    1 sorted set, 2 hash
-- ARGV    1 life of the Redis process, then the players
-- answer  nil or 'CLOSED' as page.lua; else a list: number of players, then for each chosen player who has a
--         standing: position, number better, tie key with player, sort key
local mark = redis.call('HGET', KEYS[2], '!')
if mark == 'closed' then
  return 'CLOSED'
end
local total = redis.call('ZCARD', KEYS[1])
if mark ~= ARGV[1] or redis.call('HLEN', KEYS[2]) - 1 ~= total then
  return false
end
local answer = {total}
for i = 2, #ARGV do
  local held = redis.call('HGET', KEYS[2], ARGV[i])
  if held then
    local sort, tie = string.match(held, '^%d+:(%-?%d+):(%x+)$')
    local member = tie .. ARGV[i]
    answer[#answer + 1] = redis.call('ZRANK', KEYS[1], member)
    answer[#answer + 1] = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. sort)
    answer[#answer + 1] = member
    answer[#answer + 1] = sort
  end
end
return answer
