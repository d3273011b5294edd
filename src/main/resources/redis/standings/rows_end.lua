end

-- The player of a member: after twelve digits, or before a zero byte (see TieKey).
local function player_of(name)
  local zero = string.find(name, '\0', 1, true)
  if zero then
    return string.sub(name, 1, zero - 1)
  end
  return string.sub(name, 13)
end

-- Appends a player's place in one ranking.
local function add_place(places, set, hash, scores, total)
  local held = redis.call('HGET', hash, field(wanted_player))
  if not held then
    for _, nothing in ipairs({total, -1, -1, -1, 0, '', ''}) do
      places[#places + 1] = nothing
    end
    return
  end
  local _, sort, tie = parts(held)
  local own = member(tie, wanted_player)
  local better = redis.call('ZCOUNT', set, '-inf', '(' .. sort)
  local equal = redis.call('ZCOUNT', set, sort, sort)
  for _, part in ipairs({total, redis.call('ZRANK', set, own), better, distinct_before(scores, sort), equal, own, sort}) do
    places[#places + 1] = part
  end
end

local ranking = read_ranking()
if type(ranking) ~= 'table' then
  return ranking
end
if type(ranking[1]) ~= 'number' then
  -- A script that answers several questions: this is the only one.
  ranking = ranking[1]
  if not ranking then
    return false
  end
end
local players = {}
for i = first_member, #ranking, member_step do
  players[#players + 1] = field(player_of(ranking[i]))
end
local by_metric, places = {}, {}
for m = 1, row_metrics do
  local at = keys_of_metric * (m - 1)
  local set, hash = row_keys[at + 1], row_keys[at + 2]
  local scores = keys_of_metric > 2 and row_keys[at + 3] or nil
  local total = state(set, hash, ARGV[1])
  if total == 'closed' then
    return 'CLOSED'
  end
  if not total then
    return false
  end
  by_metric[m] = #players > 0 and redis.call('HMGET', hash, unpack(players)) or {}
  if wanted_player ~= '' then
    add_place(places, set, hash, scores, total)
  end
end
local standings = {}
for i = 1, #players do
  for m = 1, row_metrics do
    standings[#standings + 1] = by_metric[m][i]
  end
end
return {ranking, standings, places}
