-- Begins a script that reads a ranking and, in the same moment, the standings by all metrics of the players whom it answers
-- with: that script comes next, and then rows_end.lua.
--
-- KEYS    as of that script, then for each metric of the board its keys in the same way
-- ARGV    as of that script, then the number of metrics, the number of keys of each, where in the answer of that script the first
--         member is, how far it is to the next one, and a player whose places are wanted, or ''
-- answer  as of that script; where that is a list, {that list, standings, places}: standings has for each member and metric
--         'version:sort key:tie key' or nil; places has for each metric the number of players, and of the player position, number
--         better and number of different scores better, all three -1 without a standing, number with the player's score, member
--         and sort key, both '' without one; without a player it is empty
local wanted_player = table.remove(ARGV)
local member_step = tonumber(table.remove(ARGV))
local first_member = tonumber(table.remove(ARGV))
local keys_of_metric = tonumber(table.remove(ARGV))
local row_metrics = tonumber(table.remove(ARGV))
local row_keys = {}
for i = row_metrics * keys_of_metric, 1, -1 do
  row_keys[i] = table.remove(KEYS)
end

local function read_ranking()
