-- Who stands at shares of a ranking, by the nearest rank: below or at whom so many hundredths of a percent of the players
-- stand, counted from the last place.
--
-- KEYS    as page.lua
-- ARGV    1 life of the Redis process, then the shares in hundredths of a percent, 0 to 10000
-- answer  nil or 'CLOSED' as page.lua; else a list: number of players, then for each share, if there are players, as
--         lookup.lua
local total = state(KEYS[1], KEYS[2], ARGV[1])
if total == 'closed' then
  return 'CLOSED'
end
if not total then
  return false
end
local answer = {total}
for i = 2, #ARGV do
  if total > 0 then
    local from_last = math.max(1, math.ceil(tonumber(ARGV[i]) * total / 10000))
    local position = total - from_last
    local found = redis.call('ZRANGE', KEYS[1], position, position, 'WITHSCORES')
    answer[#answer + 1] = position
    answer[#answer + 1] = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. found[2])
    answer[#answer + 1] = distinct_before(KEYS[3], found[2])
    answer[#answer + 1] = found[1]
    answer[#answer + 1] = found[2]
  end
end
return answer
