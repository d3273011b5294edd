-- Stores what a caller has loaded, unless its subject has been invalidated since the load began.
--
-- KEYS    1 hash of the subject
-- ARGV    1 life of the Redis process, 2 view, 3 generation of the cache, 4 epoch, 5 name of the caller, as in find.lua,
--         6 life of the value in milliseconds, 7 most fields of a subject, 8 value; empty when the load has failed
-- answer  1 when it has been stored, else 0
local view = ARGV[2]
if redis.call('HGET', KEYS[1], '!') ~= ARGV[4] then
  return 0
end
if redis.call('HGET', KEYS[1], view .. ':loader') == ARGV[5] then
  redis.call('HDEL', KEYS[1], view .. ':lease', view .. ':loader')
end
if ARGV[8] == '' then
  return 0
end
-- Many views of one subject: others make room, together.
if redis.call('HLEN', KEYS[1]) > tonumber(ARGV[7]) then
  redis.call('UNLINK', KEYS[1])
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], view .. ':generation', ARGV[3], view .. ':value', ARGV[8], view .. ':until', now + ARGV[6])
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[6]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
end
return 1
