-- wrk: the same request each time.
dofile("benchmarks/wrk/report.lua")
