-- wrk: each request submits a score of 1 for EVENTS random players. The service accepts few batches at once and refuses
-- others; a refused connection waits for a second, as Retry-After asks. Environment: PLAYERS, TARGET (path), EVENTS,
-- MORE, further fields of each event as ,"name":value.
dofile("benchmarks/wrk/report.lua")

local more = os.getenv("MORE") or ""

function init()
  local target, events = os.getenv("TARGET"), tonumber(os.getenv("EVENTS"))
  local headers = { ["Content-Type"] = "application/x-ndjson" }
  request = prepared(1000, function()
    local lines = {}
    for i = 1, events do
      lines[i] = '{"playerId":"' .. player() .. '","score":1' .. more .. '}\n'
    end
    return wrk.format("POST", target, headers, table.concat(lines))
  end)
end

local refused = 0

function response(status)
  if status == 503 then
    refused = refused + 1
  end
end

function delay()
  if refused > 0 then
    refused = refused - 1
    return 1000
  end
  return 0
end
