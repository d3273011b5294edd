-- wrk: each request names another random group. Environment: GROUP_COUNT, PREFIX (address up to the group), SUFFIX.
dofile("benchmarks/wrk/report.lua")

function init()
  local prefix, suffix, groups = os.getenv("PREFIX"), os.getenv("SUFFIX") or "", tonumber(os.getenv("GROUP_COUNT"))
  request = prepared(20000, function()
    return wrk.format("GET", prefix .. string.format("g%05d", math.random(0, groups - 1)) .. suffix)
  end)
end
