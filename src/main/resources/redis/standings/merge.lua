-- Carries standings into a window that is in use: only what is newer is taken.
--
-- KEYS    1 sorted set, 2 hash, 3 set of sort keys where ranks are dense; with a log of changes: 3 that set or the sorted set
--         again, 4 the log
-- ARGV    1 life of the Redis process, 2 'AGAIN' to take what is as new, too, then for each player: player, 'version:sort key:tie key', sort key, member
-- answer  number of standings that were missing or older; -1 if the window is closed
if redis.call('HGET', KEYS[2], '!') == 'closed' then
  return -1
end
local taken, scores = {}, sorts_of(KEYS[1], KEYS[3])
for i = 3, #ARGV, 4 do
  if take(KEYS[1], KEYS[2], scores, ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[2] == 'AGAIN') then
    taken[#taken + 1] = ARGV[i]
  end
end
local count = #taken
if count > 0 then
  keep_end(KEYS[1], KEYS[2], scores)
end
note(KEYS[4], taken)
return count
