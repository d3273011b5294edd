-- Takes players out of a ranking.
--
-- KEYS    as merge.lua
-- ARGV    1 life of the Redis process, then players
-- answer  how many of them were in it
local removed, scores = {}, sorts_of(KEYS[1], KEYS[3])
for i = 2, #ARGV do
  local held = redis.call('HGET', KEYS[2], field(ARGV[i]))
  if held then
    local _, sort, tie = parts(held)
    redis.call('ZREM', KEYS[1], member(tie, ARGV[i]))
    redis.call('HDEL', KEYS[2], field(ARGV[i]))
    drop_sort(KEYS[1], scores, sort)
    removed[#removed + 1] = ARGV[i]
  end
end
local count = #removed
note(KEYS[4], removed)
return count
