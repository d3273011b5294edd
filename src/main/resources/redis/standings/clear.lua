-- Empties a window in Redis, a load under way included; unless it has been closed, the next read has it loaded again.
--
-- KEYS    1 sorted set, 2 hash, 3 lease, 4 set of sort keys where ranks are dense, else the sorted set again, 5 log of changes
-- ARGV    1 life of the Redis process
-- answer  number of players it held
if redis.call('HGET', KEYS[2], '!') == 'closed' then
  return 0
end
local total = redis.call('ZCARD', KEYS[1])
redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[4] or KEYS[1], KEYS[5] or KEYS[1])
redis.call('DEL', KEYS[3])
return total
