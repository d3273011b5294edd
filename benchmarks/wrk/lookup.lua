-- wrk: each request asks what 100 random players have cleared. Environment: PLAYERS, LOOKUP (path).
dofile("benchmarks/wrk/report.lua")

function init()
  local headers = { ["Content-Type"] = "application/json" }
  request = prepared(1000, function()
    local ids = {}
    for i = 1, 100 do
      ids[i] = '"' .. player() .. '"'
    end
    return wrk.format("POST", os.getenv("LOOKUP"), headers,
      '{"items":true,"playerIds":[' .. table.concat(ids, ",") .. "]}")
  end)
end
