package dev.laurel.standings.redis;

import dev.laurel.board.TieBreak;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import java.util.concurrent.TimeUnit;

/** The cost of encoding and decoding the member of a sorted set. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class TieKeyBenchmark {
    private long instant = 1_795_248_000_000L;
    private String member = TieKey.of(TieBreak.EARLIEST, instant) + "p000000012345";

    @Benchmark
    public String write() {
        return TieKey.of(TieBreak.EARLIEST, instant);
    }

    @Benchmark
    public void read(Blackhole hole) {
        hole.consume(TieKey.instantOf(TieBreak.EARLIEST, member));
        hole.consume(TieKey.playerOf(TieBreak.EARLIEST, member));
    }
}
