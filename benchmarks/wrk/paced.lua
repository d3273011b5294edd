-- wrk: as submit.lua, but all connections together send about RATE events a second. Environment: also RATE, CONNECTIONS.
dofile("benchmarks/wrk/submit.lua")

local pause = 1000 * tonumber(os.getenv("CONNECTIONS")) / tonumber(os.getenv("RATE"))

-- Varied, so that connections do not fall into step.
function delay()
  return math.floor(pause * (0.5 + math.random()) + 0.5)
end
