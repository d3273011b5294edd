package dev.laurel.period;

import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/** The cost of finding the window of an instant, and that of a name. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class WindowCalendarBenchmark {
    @Param({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
    private Period period;

    @Param("Europe/Berlin")
    private String zone;

    private WindowCalendar calendar;
    private Instant instant;
    private String name;

    @Setup
    public void prepare() {
        calendar = new WindowCalendar(ZoneId.of(zone), DayOfWeek.MONDAY);
        instant = Instant.parse("2026-11-21T08:00:00Z");
        name = calendar.at(instant, period).id();
    }

    @Benchmark
    public Window windowOfInstant() {
        return calendar.at(instant, period);
    }

    @Benchmark
    public Window windowOfName() {
        return calendar.parse("window", name, period);
    }
}
