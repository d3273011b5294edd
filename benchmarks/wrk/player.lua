-- wrk: each request reads another random player. Environment: PLAYERS, PREFIX (path up to the player), SUFFIX.
dofile("benchmarks/wrk/report.lua")

function init()
  local prefix, suffix = os.getenv("PREFIX"), os.getenv("SUFFIX") or ""
  request = prepared(50000, function()
    return wrk.format("GET", prefix .. player() .. suffix)
  end)
end
