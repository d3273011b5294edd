-- Takes permits of a limit by the generic cell rate algorithm. The key holds the moment at which the limit is whole again.
--
-- KEYS    1 limit of one client
-- ARGV    1 life of the Redis process, 2 now, 3 window, both in microseconds, 4 permits in a window, 5 permits wanted,
--         6 a moment that the caller knows of, before which the limit is not whole; 0 for none
-- answer  permits granted, and the moment after that
local now = tonumber(ARGV[2])
local window = tonumber(ARGV[3])
local limit = tonumber(ARGV[4])
local whole = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now, tonumber(ARGV[6]))
local free = math.floor((now + window - whole) * limit / window)
local granted = math.max(0, math.min(tonumber(ARGV[5]), free))
if granted > 0 then
    whole = whole + math.floor(granted * window / limit)
    redis.call('SET', KEYS[1], string.format('%.0f', whole), 'PX', math.ceil((whole - now) / 1000) + 1)
end
return {granted, string.format('%.0f', whole)}
