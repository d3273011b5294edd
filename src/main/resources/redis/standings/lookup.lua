-- The places of chosen players in a window.
--
-- KEYS    as page.lua
-- ARGV    1 life of the Redis process, then the players
-- answer  nil or 'CLOSED' as page.lua; else a list: number of players, then for each chosen player who has a
--         standing: position, number better, number of different scores better, member, sort key
local total = state(KEYS[1], KEYS[2], ARGV[1])
if total == 'closed' then
  return 'CLOSED'
end
if not total then
  return false
end
local answer = {total}
for i = 2, #ARGV do
  local held = redis.call('HGET', KEYS[2], field(ARGV[i]))
  if held then
    local _, sort, tie = parts(held)
    local own = member(tie, ARGV[i])
    answer[#answer + 1] = redis.call('ZRANK', KEYS[1], own)
    answer[#answer + 1] = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. sort)
    answer[#answer + 1] = distinct_before(KEYS[3], sort)
    answer[#answer + 1] = own
    answer[#answer + 1] = sort
  end
end
return answer
