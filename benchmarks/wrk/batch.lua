-- wrk: each request submits a score of 1 for EVENTS random players. Environment: PLAYERS, TARGET (path), EVENTS.
dofile("benchmarks/wrk/report.lua")

function init()
  local target, events = os.getenv("TARGET"), tonumber(os.getenv("EVENTS"))
  local headers = { ["Content-Type"] = "application/x-ndjson" }
  request = prepared(1000, function()
    local lines = {}
    for i = 1, events do
      lines[i] = '{"playerId":"' .. player() .. '","score":1}\n'
    end
    return wrk.format("POST", target, headers, table.concat(lines))
  end)
end
