-- wrk: each request submits a score of 1 for another random player. Environment: PLAYERS, TARGET (path), MORE, further
-- fields of each event as ,"name":value.
dofile("benchmarks/wrk/report.lua")

local more = os.getenv("MORE") or ""

function init()
  local target, headers = os.getenv("TARGET"), credentials({ ["Content-Type"] = "application/json" })
  request = prepared(50000, function()
    return wrk.format("POST", target, headers, '{"playerId":"' .. player() .. '","score":1' .. more .. '}')
  end)
end
