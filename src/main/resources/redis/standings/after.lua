-- The stretch of a window's ranking that follows a place in its order, whether or not anybody stands there now.
--
-- KEYS    1 sorted set, 2 hash
-- ARGV    1 life of the Redis process, 2 sort key and 3 tie key with player of the place, 4 limit
-- answer  as page.lua
local mark = redis.call('HGET', KEYS[2], '!')
if mark == 'closed' then
  return 'CLOSED'
end
local total = redis.call('ZCARD', KEYS[1])
if mark ~= ARGV[1] or redis.call('HLEN', KEYS[2]) - 1 ~= total then
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
  local member = redis.call('ZRANGE', KEYS[1], middle, middle)[1]
  if not_after(member, ARGV[3]) then
    low = middle + 1
  else
    high = middle
  end
end

local entries = redis.call('ZRANGE', KEYS[1], low, low + tonumber(ARGV[4]) - 1, 'WITHSCORES')
local answer = {total, low, 0}
if #entries > 0 then
  answer[3] = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. entries[2])
end
for i = 1, #entries do
  answer[3 + i] = entries[i]
end
return answer
