package dev.laurel.cache;

import dev.laurel.cache.registry.CacheFigures.Loads;
import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Counts loads for callers that what is cached may not, or must not, answer. */
final class BypassedLoads {
    private final LongAdder begun = new LongAdder();
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    <V> Uni<V> load(Supplier<Uni<V>> loader) {
        begun.increment();
        long started = System.nanoTime();
        return loader.get().onItemOrFailure().invoke((item, failure) -> {
            nanos.add(System.nanoTime() - started);
            (failure == null ? done : failed).increment();
        });
    }

    long count() {
        return begun.sum();
    }

    Loads addedTo(Loads others) {
        return new Loads(
                others.done() + done.sum(),
                others.failed() + failed.sum(),
                others.time().plus(Duration.ofNanos(nanos.sum())));
    }
}
