-- Finds a cached value, or grants its load to one caller. What is cached of a subject is one hash, with an epoch that begins with
-- the hash: an invalidation removes both, so a process that began to load before it cannot store the value after it.
--
-- KEYS    1 hash of the subject
-- ARGV    1 life of the Redis process, 2 view, 3 generation of the cache, 4 name of a new epoch, 5 name of the caller,
--         6 milliseconds that its load may take before another caller may load, 7 life of values in milliseconds
-- answer  {'HIT', value, milliseconds left}, {'LOAD', epoch} or {'WAIT', milliseconds left}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local view = ARGV[2]
local held = redis.call('HMGET', KEYS[1], '!', view .. ':generation', view .. ':value', view .. ':until', view .. ':lease')
if held[2] == ARGV[3] then
  if held[3] and tonumber(held[4]) > now then
    return {'HIT', held[3], tonumber(held[4]) - now}
  end
  if held[5] and tonumber(held[5]) > now then
    return {'WAIT', tonumber(held[5]) - now}
  end
end
local epoch = held[1]
if not epoch then
  epoch = ARGV[4]
  redis.call('HSET', KEYS[1], '!', epoch)
end
redis.call('HDEL', KEYS[1], view .. ':value', view .. ':until')
redis.call('HSET', KEYS[1], view .. ':generation', ARGV[3], view .. ':lease', now + ARGV[6], view .. ':loader', ARGV[5])
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[7]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[7] + ARGV[6])
end
return {'LOAD', epoch}
