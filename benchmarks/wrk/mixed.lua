-- wrk: a typical mix of requests: of ten, five read a rank, three the top list, and two submit a score, each for a random
-- player. Environment: PLAYERS, BOARD (path of the board).
dofile("benchmarks/wrk/report.lua")

function init()
  local board, headers = os.getenv("BOARD"), { ["Content-Type"] = "application/json" }
  local ranking = board .. "/rankings/all_time"
  request = prepared(50000, function()
    local kind = math.random(10)
    if kind <= 5 then
      return wrk.format("GET", ranking .. "/players/" .. player())
    elseif kind <= 8 then
      return wrk.format("GET", ranking)
    end
    return wrk.format("POST", board .. "/scores", headers, '{"playerId":"' .. player() .. '","score":1}')
  end)
end
