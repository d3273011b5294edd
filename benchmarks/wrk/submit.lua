-- wrk: each request submits a score of 1 for another random player. Environment: PLAYERS, TARGET (path).
dofile("benchmarks/wrk/report.lua")

function init()
  local target, headers = os.getenv("TARGET"), { ["Content-Type"] = "application/json" }
  request = prepared(50000, function()
    return wrk.format("POST", target, headers, '{"playerId":"' .. player() .. '","score":1}')
  end)
end
