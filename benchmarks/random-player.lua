-- wrk: each request asks for another random player. Environment: PLAYERS, PREFIX (path up to the player), SUFFIX.
local players = tonumber(os.getenv("PLAYERS"))
local prefix, suffix = os.getenv("PREFIX"), os.getenv("SUFFIX") or ""
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("seed", threads)
end

function init()
  math.randomseed(seed)
end

function request()
  return wrk.format("GET", prefix .. "p" .. math.random(0, players - 1) .. suffix)
end
