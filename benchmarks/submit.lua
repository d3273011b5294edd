-- wrk: each request submits a score of 1 for another random player. Environment: PLAYERS, TARGET (path).
local players, target = tonumber(os.getenv("PLAYERS")), os.getenv("TARGET")
local threads = 0
local headers = { ["Content-Type"] = "application/json" }

function setup(thread)
  threads = threads + 1
  thread:set("seed", threads)
end

function init()
  math.randomseed(seed)
end

function request()
  return wrk.format("POST", target, headers, '{"playerId":"p' .. math.random(0, players - 1) .. '","score":1}')
end
