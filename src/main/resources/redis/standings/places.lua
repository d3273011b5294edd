-- The places of players in several windows of one board.
--
-- KEYS    for each window 1 sorted set, 2 hash, 3 set of sort keys where ranks are dense, else the sorted set again
-- ARGV    1 life of the Redis process, then the players
-- answer  for each player a list, which has for each window: nil when it is not to be read, 'CLOSED' when it has been archived,
--         {number of players} when the player has no standing there, else what around.lua answers of the player alone
local function place(set, total, held, scores, player)
  if not held then
    return {total}
  end
  local _, sort, tie = parts(held)
  local of_player = member(tie, player)
  local position = redis.call('ZRANK', set, of_player)
  if not position then
    return false
  end
  local better = 0
  if position > 0 then
    better = redis.call('ZCOUNT', set, '-inf', '(' .. sort)
  end
  local equal = redis.call('ZCOUNT', set, sort, sort)
  local distinct = distinct_before(scores, sort)
  return {total, position, better, distinct, position, better, equal, of_player, sort}
end

local names = fields(2, #ARGV)
local answer = {}
for p = 1, #names do
  answer[p] = {}
end
for w = 1, #KEYS / 3 do
  local set, hash, scores = KEYS[3 * w - 2], KEYS[3 * w - 1], sorts_of(KEYS[3 * w - 2], KEYS[3 * w])
  local marked = redis.call('HMGET', hash, '!', unpack(names))
  local total = state_of(marked[1], set, hash, ARGV[1])
  for p = 1, #names do
    if total == 'closed' then
      answer[p][w] = 'CLOSED'
    else
      answer[p][w] = total and place(set, total, marked[p + 1], scores, ARGV[p + 1]) or false
    end
  end
end
return answer
