-- The places of players in a window, each with the neighbours on both sides.
--
-- KEYS    as page.lua
-- ARGV    1 life of the Redis process, then for each question a player, how many before, and how many after
-- answer  nil or 'CLOSED' as page.lua; else for each question: nil when the window contradicts itself there; {number of players}
--         when the player has no standing; else a list: number of players, position of the first entry, number better than it,
--         number of different scores better than it, position of the player, number better than the player, number with the
--         player's score, then the entries as page.lua
local set = KEYS[1]
local names = {'!'}
for i = 2, #ARGV, 3 do
  names[#names + 1] = field(ARGV[i])
end
local marked = redis.call('HMGET', KEYS[2], unpack(names))
local total = state_of(marked[1], set, KEYS[2], ARGV[1])
if total == 'closed' then
  return 'CLOSED'
end
if not total then
  return false
end

local function better_than(sort)
  return redis.call('ZCOUNT', set, '-inf', '(' .. sort)
end

local function around(player, held, before, after)
  if not held then
    return {total}
  end
  local _, sort, tie = parts(held)
  local position = redis.call('ZRANK', set, member(tie, player))
  if not position then
    return false
  end
  local first = math.max(0, position - before)
  local entries = redis.call('ZRANGE', set, first, position + after, 'WITHSCORES')
  local own, last = position - first, #entries / 2 - 1

  -- What the entries at hand tell need not be counted. Back to the first one of the player's score, if it is among them.
  local at = own
  while at > 0 and entries[2 * at] == sort do
    at = at - 1
  end
  local better
  if at > 0 or first == 0 then
    better = first + at
  else
    better = better_than(sort)
  end

  -- On to the last one.
  at = own
  while at < last and entries[2 * at + 4] == sort do
    at = at + 1
  end
  local equal
  if at < last or first + last + 1 == total then
    equal = first + at + 1 - better
  else
    equal = redis.call('ZCOUNT', set, sort, sort)
  end

  local first_better = better
  if entries[2] ~= sort then
    first_better = first == 0 and 0 or better_than(entries[2])
  end
  local answer = {total, first, first_better, distinct_before(KEYS[3], entries[2]), position, better, equal}
  for i = 1, #entries do
    answer[7 + i] = entries[i]
  end
  return answer
end

local answers = {}
for i = 2, #ARGV, 3 do
  local question = (i + 1) / 3
  answers[question] = around(ARGV[i], marked[question + 1], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]))
end
return answers
