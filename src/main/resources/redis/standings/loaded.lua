-- How many windows of a board are completely loaded.
--
-- KEYS    their hashes
-- ARGV    1 life of the Redis process
-- answer  the number
local loaded = 0
for _, hash in ipairs(KEYS) do
  if redis.call('HGET', hash, '!') == ARGV[1] then
    loaded = loaded + 1
  end
end
return loaded
