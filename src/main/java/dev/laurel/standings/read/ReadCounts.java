package dev.laurel.standings.read;

import dev.laurel.platform.meters.Meters;
import dev.laurel.standings.rank.Source;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.EnumMap;
import java.util.Map;

/** How often this process has read from each source. */
@ApplicationScoped
public class ReadCounts {
    private final Map<Source, Counter> reads = new EnumMap<>(Source.class);

    ReadCounts(MeterRegistry meters) {
        for (Source source : Source.values()) {
            reads.put(source, meters.counter(Meters.READS, "source", source.name()));
        }
    }

    void add(Source source) {
        reads.get(source).increment();
    }

    /** Reads from the sorted sets. */
    public long redis() {
        return (long) reads.get(Source.REDIS).count();
    }

    /** Reads from PostgreSQL: of open windows, of archives and of the snapshots of frozen boards. */
    public long postgres() {
        return (long) reads.entrySet().stream()
                .filter(read -> read.getKey() != Source.REDIS)
                .mapToDouble(read -> read.getValue().count())
                .sum();
    }
}
