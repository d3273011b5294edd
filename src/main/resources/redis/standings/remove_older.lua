-- Takes players out of a ranking, unless it has something of them that is newer than what was known when that was decided.
--
-- KEYS    as merge.lua
-- ARGV    1 life of the Redis process, then for each player: player, version
-- answer  how many of them were taken out
local removed, scores = {}, sorts_of(KEYS[1], KEYS[3])
for i = 2, #ARGV, 2 do
  local held = redis.call('HGET', KEYS[2], field(ARGV[i]))
  if held then
    local version, sort, tie = parts(held)
    if tonumber(version) <= tonumber(ARGV[i + 1]) then
      redis.call('ZREM', KEYS[1], member(tie, ARGV[i]))
      redis.call('HDEL', KEYS[2], field(ARGV[i]))
      drop_sort(KEYS[1], scores, sort)
      removed[#removed + 1] = ARGV[i]
    end
  end
end
local count = #removed
note(KEYS[4], removed)
return count
