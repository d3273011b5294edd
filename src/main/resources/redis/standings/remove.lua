-- Takes players out of a ranking.
--
-- KEYS    as page.lua
-- ARGV    1 life of the Redis process, then players
-- answer  how many of them were in it
local removed = 0
for i = 2, #ARGV do
  local held = redis.call('HGET', KEYS[2], field(ARGV[i]))
  if held then
    local _, sort, tie = parts(held)
    redis.call('ZREM', KEYS[1], member(tie, ARGV[i]))
    redis.call('HDEL', KEYS[2], field(ARGV[i]))
    drop_sort(KEYS[1], KEYS[3], sort)
    removed = removed + 1
  end
end
return removed
