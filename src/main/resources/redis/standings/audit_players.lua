-- How a window in use holds chosen players, to be compared with PostgreSQL.
--
-- KEYS    1 sorted set, 2 hash
-- ARGV    1 life of the Redis process, then the players
-- answer  nil: the window is not loaded; 'CLOSED': it has been archived; else a list: number of players in the hash,
--         number of members in the set, then for each player what the hash holds, and the sort key under which the set
--         has the member of that; '' where there is nothing
local mark = redis.call('HGET', KEYS[2], '!')
if mark == 'closed' then
  return 'CLOSED'
end
if mark ~= ARGV[1] then
  return false
end
local answer = {redis.call('HLEN', KEYS[2]) - 1, redis.call('ZCARD', KEYS[1])}
if #ARGV == 1 then
  return answer
end
-- Two commands for all of them: each call of one costs more than what it reads.
local held = redis.call('HMGET', KEYS[2], unpack(fields(2, #ARGV)))
local members = {}
for i = 1, #held do
  local tie = held[i] and select(3, parts(held[i])) or '0'
  members[i] = member(tie, ARGV[i + 1])
end
local sorts = redis.call('ZMSCORE', KEYS[1], unpack(members))
for i = 1, #held do
  answer[2 * i + 1] = held[i] or ''
  answer[2 * i + 2] = held[i] and sorts[i] or ''
end
return answer
