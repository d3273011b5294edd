-- Players whom a window in use holds, some at a time, in no order; one may come twice.
--
-- KEYS    1 hash
-- ARGV    1 life of the Redis process, 2 cursor, '0' to begin, 3 about how many
-- answer  nil or 'CLOSED' as audit_players.lua; else a list: the next cursor, '0' at the end, then the players
local mark = redis.call('HGET', KEYS[1], '!')
if mark == 'closed' then
  return 'CLOSED'
end
if mark ~= ARGV[1] then
  return false
end
local found = redis.call('HSCAN', KEYS[1], ARGV[2], 'COUNT', ARGV[3])
local answer = {found[1]}
for i = 1, #found[2], 2 do
  local field = found[2][i]
  if field == '\1!' or field == '\1?' then
    -- As window.lua keeps the players '!' and '?'.
    answer[#answer + 1] = string.sub(field, 2)
  elseif field ~= '!' then
    answer[#answer + 1] = field
  end
end
return answer
