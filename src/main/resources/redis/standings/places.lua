-- A player's places in several windows of one board.
--
-- KEYS    for each window 1 sorted set, 2 hash, 3 set of sort keys where ranks are dense, else the sorted set again
-- ARGV    1 life of the Redis process, 2 player
-- answer  for each window: nil when it is not to be read, 'CLOSED' when it has been archived, {number of players} when the player
--         has no standing there, else what around.lua answers of the player alone
local player = ARGV[2]
local own = field(player)

local function place(set, hash, scores)
  local marked = redis.call('HMGET', hash, '!', own)
  local total, held = state_of(marked[1], set, hash, ARGV[1]), marked[2]
  if total == 'closed' then
    return 'CLOSED'
  end
  if not total or not held then
    return total and {total}
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

local answer = {}
for i = 1, #KEYS, 3 do
  answer[#answer + 1] = place(KEYS[i], KEYS[i + 1], sorts_of(KEYS[i], KEYS[i + 2])) or false
end
return answer
