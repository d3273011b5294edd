package dev.laurel.warming;

import dev.laurel.warming.forecast.View;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;

/** How far a run is. Changed by one step after the other. */
final class RunProgress {
    /** However slow the stores are. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    private final Occasion occasion;
    private final Instant startedAt;
    private final WarmingConfig config;
    private final long began = System.nanoTime();
    private int wanted;
    private int looked;
    private int loaded;
    private int left;
    private String failure;
    private boolean cut;

    RunProgress(Occasion occasion, Instant startedAt, WarmingConfig config) {
        this.occasion = occasion;
        this.startedAt = startedAt;
        this.config = config;
    }

    String name() {
        return occasion.name();
    }

    void want(List<View> views) {
        wanted = views.size();
    }

    void looked(int values, int missing) {
        looked += values;
        loaded += missing;
    }

    /** Other processes load these, for all. */
    Uni<Void> leave(List<View> views) {
        left += views.size();
        return Uni.createFrom().voidItem();
    }

    void fail(Throwable cause) {
        failure = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    boolean hasTime() {
        boolean time = took().compareTo(config.atMostFor()) < 0;
        cut |= !time;
        return time;
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Lets the stores do something else: the longer, the longer they took. Goes on where it was called. */
    Uni<Void> rest(long worked) {
        double share = Math.max(0.01, Math.min(1, config.share()));
        Duration rest = Duration.ofNanos((long) (worked * (1 / share - 1)));
        if (rest.isZero()) {
            return Uni.createFrom().voidItem();
        }
        Context caller = Vertx.currentContext();
        Executor back = caller == null ? Runnable::run : task -> caller.runOnContext(ignored -> task.run());
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest)
                .emitOn(back);
    }

    WarmingRun ended() {
        return new WarmingRun(
                occasion, startedAt, took(), wanted, looked, loaded, left, failure, failure == null && !cut);
    }
}
