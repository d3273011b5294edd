package dev.laurel.standings.redis;

import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Operations on whole windows in Redis: clearing them, ending them, taking them out of use. */
@ApplicationScoped
public class RedisWindows {
    private static final RedisScript CLEAR = RedisScript.load("standings/clear");
    private static final RedisScript INVALIDATE = RedisScript.load("standings/invalidate");
    private static final RedisScript RETIRE = RedisScript.load("standings/retire");

    /** Longer than any request that still believes the window to be open. */
    private static final Duration CLOSED_NOTICE = Duration.ofHours(1);

    private final RedisLinks redis;
    private final RedisKeys keys;
    private final ChangeStamps stamps;

    RedisWindows(RedisLinks redis, RedisKeys keys, ChangeStamps stamps) {
        this.redis = redis;
        this.keys = keys;
        this.stamps = stamps;
    }

    /** Clears windows; returns how many keys there were. */
    public Uni<Long> clear(List<WindowRef> windows) {
        return Multi.createFrom()
                .iterable(windows)
                .onItem()
                .transformToMultiAndConcatenate(window -> Multi.createFrom().iterable(window.rankings()))
                .onItem()
                .transformToUniAndConcatenate(ranking -> redis.runFirst(CLEAR, keys.all(ranking), List.of()))
                .collect()
                .with(Collectors.summingLong(answer -> answer.toLong()))
                .invoke(() -> stamps.changeAll());
    }

    /** Ends a closed window: readers are redirected to look it up again. Fails when Redis rejects it. */
    public Uni<Void> retire(WindowRef window) {
        return Multi.createFrom()
                .iterable(window.rankings())
                .onItem()
                .transformToUniAndConcatenate(ranking ->
                        redis.run(RETIRE, keys.all(ranking), List.of(Long.toString(CLOSED_NOTICE.toMillis()))))
                .collect()
                .last()
                .onTermination()
                .invoke(() -> stamps.changed(window))
                .replaceWithVoid();
    }

    /**
     * Removes the completeness marker from windows so that no process reads them, if Redis can be reached. Callers do
     * not wait for it.
     */
    public void takeOutOfUse(List<WindowRef> windows) {
        windows.stream().flatMap(window -> window.rankings().stream()).forEach(ranking -> redis.run(
                        INVALIDATE, List.of(keys.hash(ranking)), List.of())
                .subscribe()
                .with(ignored -> {}, ignored -> {}));
    }
}
