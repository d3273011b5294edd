-- Takes a window out of use until it has been loaded again, and ends a load under way: something could not be carried into
-- it.
--
-- KEYS    1 hash
-- ARGV    1 life of the Redis process
-- answer  1 if it was in use or being loaded, else 0
if redis.call('HGET', KEYS[1], '!') == 'closed' then
  return 0
end
return redis.call('HDEL', KEYS[1], '!', '?')
