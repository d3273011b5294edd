-- wrk: the report at the end of every script here, and the random requests. Times in milliseconds.
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("seed", threads)
end

-- Environment: KEY, an API key that is sent with each request. Not an argument, which others can see.
function credentials(headers)
  if os.getenv("KEY") then
    headers["Authorization"] = "Bearer " .. os.getenv("KEY")
  end
  return headers
end

credentials(wrk.headers)

-- Environment: PAUSE, milliseconds each connection waits before its next request; no wait by default.
if os.getenv("PAUSE") then
  function delay()
    return tonumber(os.getenv("PAUSE"))
  end
end

-- Returns one of many requests prepared in advance, so that the generator costs little during the measurement.
function prepared(count, make)
  local requests = {}
  math.randomseed(seed)
  for i = 1, count do
    requests[i] = make()
  end
  return function()
    return requests[math.random(count)]
  end
end

function player()
  return string.format("p%012d", math.random(0, tonumber(os.getenv("PLAYERS")) - 1))
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format("RESULT %.1f %.2f %.2f %.2f %d", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency:percentile(99.9) / 1000,
    errors.connect + errors.read + errors.write + errors.timeout + errors.status))
end
