-- Begins to load a window again: from here on it is not read, and nothing of before is left in it. The token in the hash
-- ties the load to these very keys: deleting them ends it.
--
-- KEYS    1 sorted set, 2 hash, 3 lease, 4 set of sort keys where ranks are dense, else the sorted set again, 5 log of changes
-- ARGV    1 life of the Redis process, 2 token of the loader, 3 milliseconds the lease lasts, 4 'MISSING' to leave a
--         window alone that is complete, 5 milliseconds the window is kept; empty for no end
-- answer  1; 0 when somebody else is loading the window; -1 when there is nothing to load: it has been closed, or is
--         complete
local found = state(KEYS[1], KEYS[2], ARGV[1])
if found == 'closed' or found and ARGV[4] == 'MISSING' then
  return -1
end
local token = ARGV[1] .. ':' .. ARGV[2]
if not redis.call('SET', KEYS[3], token, 'NX', 'PX', ARGV[3]) then
  return 0
end
redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[4] or KEYS[1], KEYS[5] or KEYS[1])
redis.call('HSET', KEYS[2], '?', token)
if ARGV[5] ~= '' then
  redis.call('PEXPIRE', KEYS[2], ARGV[5])
end
return 1
