package dev.laurel.standings.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.platform.redis.RedisConfig;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares windows, by all of their rankings. */
@ApplicationScoped
class WindowComparisons {
    /** Assembling 30 days for every page costs PostgreSQL 30 times as much as one day. */
    private static final Duration ROLLING_GAP = Duration.ofMinutes(15);

    private static final int MAX_BOARDS = 100_000;

    private final AuditReads reads;
    private final AuditRepair repair;
    private final RollingWindows rolling;
    private final Duration settle;

    /** The boards whose rolling windows this process has compared recently. */
    private final Cache<Integer, String> rollingCompared = Caffeine.newBuilder()
            .maximumSize(MAX_BOARDS)
            .expireAfterWrite(ROLLING_GAP)
            .build();

    @Inject
    WindowComparisons(AuditReads reads, AuditRepair repair, RollingWindows rolling, RedisConfig redis) {
        // A writer that gets no reply from Redis by its deadline marks the window as suspect soon after.
        this(reads, repair, rolling, redis.deadline().multipliedBy(2).plusMillis(500));
    }

    WindowComparisons(AuditReads reads, AuditRepair repair, RollingWindows rolling, Duration settle) {
        this.reads = reads;
        this.repair = repair;
        this.rolling = rolling;
        this.settle = settle;
    }

    /** Compares all of a window now. */
    Uni<WindowAudit> whole(WindowRef window) {
        return of(window, ranking -> new AuditPass(reads, repair, settle, ranking).run())
                .invoke(found -> {
                    if (found.isWhole()) {
                        repair.walked();
                    }
                });
    }

    /** Compares what both stores have of players. */
    Uni<WindowAudit> players(WindowRef window, List<String> players, AuditPace pace) {
        return of(window, ranking -> new AuditPass(reads, repair, settle, ranking).run(players, pace));
    }

    private static Uni<WindowAudit> of(WindowRef window, Function<RankingRef, Uni<? extends WindowAudit>> compare) {
        return Multi.createFrom()
                .iterable(window.rankings())
                .onItem()
                .transformToUniAndConcatenate(compare)
                .collect()
                .with(Collectors.reducing(WindowAudit::and))
                .map(Optional::orElseThrow);
    }

    /** What has been found so far in a ranking: nothing yet. */
    Comparison begin(RankingRef ranking) {
        return new Comparison(reads, repair, settle, ranking);
    }

    /** Takes steps of the complete walk of a window. */
    WalkSlice slice(Comparison found, AuditPace pace, WalkPosition from) {
        return new WalkSlice(reads, found, pace, from);
    }

    /** The rolling windows that are to be compared along with a day: they are made of days and are never claimed themselves. */
    List<WindowRef> rollingWith(WindowRef window) {
        return window.period() == Period.DAILY && rolling.isToday(window) ? rolling.inUse(window.board()) : List.of();
    }

    /** Compares the rolling windows of a board along with its newest day, unless that was done a short while ago. */
    Uni<Void> rolling(WindowRef window) {
        List<WindowRef> all = rollingWith(window);
        if (all.isEmpty() || rollingCompared.asMap().putIfAbsent(window.board().id(), window.id()) != null) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(this::wholeOrSkip)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** A rolling window that takes PostgreSQL too long does not keep the others from being compared. */
    Uni<WindowAudit> wholeOrSkip(WindowRef window) {
        return window.period().isRolling()
                ? whole(window).onFailure(Unavailable.class).recoverWithNull()
                : whole(window);
    }
}
