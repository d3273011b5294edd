-- A player's standings in several windows of one board.
--
-- KEYS    for each window 1 sorted set, 2 hash
-- ARGV    1 life of the Redis process, 2 player
-- answer  for each window: nil when it is not completely loaded, 'CLOSED' when it has been archived, '' when the player has
--         no standing there, else 'version:sort key:tie key'
local answer = {}
for i = 1, #KEYS, 2 do
  local marked = redis.call('HMGET', KEYS[i + 1], '!', field(ARGV[2]))
  local total = state_of(marked[1], KEYS[i], KEYS[i + 1], ARGV[1])
  if total == 'closed' then
    answer[#answer + 1] = 'CLOSED'
  else
    answer[#answer + 1] = total and (marked[2] or '') or false
  end
end
return answer
