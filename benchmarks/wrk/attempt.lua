-- wrk: each request submits another text of a random player to a random challenge. Environment: PLAYERS, CHALLENGES,
-- TARGET_PREFIX (path up to the number of the challenge), VARIANT, CLEARED.
dofile("benchmarks/wrk/report.lua")

function init()
  local headers = { ["Content-Type"] = "application/json" }
  request = prepared(20000, function()
    local path = string.format("%s%04d/%s/submissions", os.getenv("TARGET_PREFIX"),
      math.random(tonumber(os.getenv("CHALLENGES"))), os.getenv("VARIANT"))
    return wrk.format("POST", path, headers, string.format('{"playerId":"%s","content":"%s","cleared":%s}', player(),
      string.rep("Reverse it. ", math.random(40)), os.getenv("CLEARED")))
  end)
end
