-- The sizes of rankings in use, to see whether anything was added or removed: nothing is read of them.
--
-- KEYS    for each ranking its sorted set and its hash
-- ARGV    1 life of the Redis process
-- answer  for each ranking two integers: players in the hash and members of the set; -1 and 0 where it is not loaded, -2 and 0
--         where it has been archived, 0 and 1 where one of the keys is something else
local answer = {}
for i = 1, #KEYS, 2 do
  local mark = redis.pcall('HGET', KEYS[i + 1], '!')
  local players = mark == ARGV[1] and redis.pcall('ZCARD', KEYS[i])
  if type(mark) == 'table' or type(players) == 'table' then
    answer[i], answer[i + 1] = 0, 1
  elseif mark == ARGV[1] then
    answer[i], answer[i + 1] = redis.call('HLEN', KEYS[i + 1]) - 1, players
  else
    answer[i], answer[i + 1] = mark == 'closed' and -2 or -1, 0
  end
end
return answer
