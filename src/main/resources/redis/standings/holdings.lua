-- The standings of players in several windows of one board.
--
-- KEYS    for each window 1 sorted set, 2 hash
-- ARGV    1 life of the Redis process, then the players
-- answer  for each player a list, which has for each window: nil when it is not completely loaded, 'CLOSED' when it has been
--         archived, '' when the player has no standing there, else 'version:sort key:tie key'
local names = fields(2, #ARGV)
local answer = {}
for p = 1, #names do
  answer[p] = {}
end
for w = 1, #KEYS / 2 do
  local marked = redis.call('HMGET', KEYS[2 * w], '!', unpack(names))
  local total = state_of(marked[1], KEYS[2 * w - 1], KEYS[2 * w], ARGV[1])
  for p = 1, #names do
    if total == 'closed' then
      answer[p][w] = 'CLOSED'
    else
      answer[p][w] = total and (marked[p + 1] or '') or false
    end
  end
end
return answer
