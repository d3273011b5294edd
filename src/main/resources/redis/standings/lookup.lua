-- The places of chosen players in a window.
--
-- KEYS    as page.lua
-- ARGV    1 life of the Redis process, then for each question the number of chosen players, and these players
-- answer  nil or 'CLOSED' as page.lua; else for each question: nil when the window contradicts itself there; else a list: number of
--         players, then for each chosen player who has a standing: position, number better, number of different scores better,
--         member, sort key
local set = KEYS[1]
local total = state(set, KEYS[2], ARGV[1])
if total == 'closed' then
  return 'CLOSED'
end
if not total then
  return false
end

-- The places of the players that are some of the arguments.
local function lookup(first, last)
  local answer = {total}
  if first > last then
    return answer
  end
  local all = redis.call('HMGET', KEYS[2], unpack(fields(first, last)))
  for i = first, last do
    local held = all[i - first + 1]
    if held then
      local _, sort, tie = parts(held)
      local own, count = member(tie, ARGV[i]), #answer
      local position = redis.call('ZRANK', set, own)
      if not position then
        return false
      end
      answer[count + 1] = position
      answer[count + 2] = redis.call('ZCOUNT', set, '-inf', '(' .. sort)
      answer[count + 3] = distinct_before(KEYS[3], sort)
      answer[count + 4] = own
      answer[count + 5] = sort
    end
  end
  return answer
end

local answers = {}
local at = 2
while at <= #ARGV do
  local last = at + tonumber(ARGV[at])
  answers[#answers + 1] = lookup(at + 1, last)
  at = last + 1
end
return answers
