-- wrk: what apps ask for, players by Zipf with exponent 1.2: of a hundred requests, 5 submit a score, 40 ask whether a player may
-- play, 25 for a summary, 20 for achievements and 10 for a ranking. Environment: PLAYERS, BOARDS (numbers of them), ROUND (another
-- number gives other requests), READS=no (the same submissions, but reads that no store answers).
dofile("benchmarks/wrk/report.lua")

local players, boards = tonumber(os.getenv("PLAYERS")), tonumber(os.getenv("BOARDS"))
local headers = { ["Content-Type"] = "application/json" }
local upto, sum = {}, 0

function init()
  for i = 1, players do
    sum = sum + i ^ -1.2
    upto[i] = sum
  end
  math.randomseed(1000 * tonumber(os.getenv("ROUND")) + seed)
end

local function popular()
  local low, high, wanted = 1, players, math.random() * sum
  while low < high do
    local mid = math.floor((low + high) / 2)
    if upto[mid] < wanted then low = mid + 1 else high = mid end
  end
  -- The popular ones are spread over all boards.
  return (low * 7919) % players
end

function request()
  local number, kind = popular(), math.random()
  local player, board = "p" .. number, "b" .. number % boards
  if kind < 0.05 then
    return wrk.format("POST", "/api/v1/boards/" .. board .. "/scores", headers,
      '{"playerId":"' .. player .. '","score":' .. math.random(1000) .. "}")
  elseif os.getenv("READS") == "no" then
    return wrk.format("GET", "/api/v1/nothing")
  elseif kind < 0.45 then
    return wrk.format("GET", "/api/v1/players/" .. player .. "/eligibility?board=" .. board)
  elseif kind < 0.70 then
    return wrk.format("GET", "/api/v1/players/" .. player .. "/analytics/summary?board=" .. board)
  elseif kind < 0.90 then
    return wrk.format("GET", "/api/v1/players/" .. player .. "/achievements")
  end
  return wrk.format("GET", "/api/v1/boards/" .. board .. "/rankings/all_time")
end
