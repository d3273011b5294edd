-- The stretch of a window's ranking that follows a place in its order, whether or not anybody stands there now.
--
-- KEYS    as page.lua
-- ARGV    1 life of the Redis process, 2 sort key and 3 member of the place, 4 limit
-- answer  as page.lua
local total = state(KEYS[1], KEYS[2], ARGV[1])
if total == 'closed' then
  return 'CLOSED'
end
if not total then
  return false
end

-- By bytes: Lua's own comparison of strings follows the locale of the Redis process.
local function not_after(a, b)
  for i = 1, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then
      return x < y
    end
  end
  return #a <= #b
end

-- Among the members of equal sort key, which Redis keeps in byte order, look for the first one after the place.
local low = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. ARGV[2])
local high = redis.call('ZCOUNT', KEYS[1], '-inf', ARGV[2])
while low < high do
  local middle = math.floor((low + high) / 2)
  if not_after(redis.call('ZRANGE', KEYS[1], middle, middle)[1], ARGV[3]) then
    low = middle + 1
  else
    high = middle
  end
end

local entries = redis.call('ZRANGE', KEYS[1], low, low + tonumber(ARGV[4]) - 1, 'WITHSCORES')
local answer = {total, low, 0, 0}
if #entries > 0 then
  answer[3] = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. entries[2])
  answer[4] = distinct_before(KEYS[3], entries[2])
end
for i = 1, #entries do
  answer[4 + i] = entries[i]
end
return answer
