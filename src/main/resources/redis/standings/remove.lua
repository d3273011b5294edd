-- Takes a player out of a ranking.
--
-- KEYS    as page.lua
-- ARGV    1 life of the Redis process, 2 player
-- answer  1 if the player was in it, else 0
local held = redis.call('HGET', KEYS[2], ARGV[2])
if not held then
  return 0
end
local _, sort, tie = parts(held)
redis.call('ZREM', KEYS[1], member(tie, ARGV[2]))
redis.call('HDEL', KEYS[2], ARGV[2])
drop_sort(KEYS[1], KEYS[3], sort)
return 1
