package dev.laurel.standings.window;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When the generations of windows began: the first one with its window, each further one with the reset that closed its
 * predecessor.
 */
@ApplicationScoped
public class Generations {
    private static final int MAX_KNOWN = 10_000;

    /**
     * A generation that was filled when its period returned to the board has no beginning: it counts everything there
     * was.
     */
    private static final String BEGUN = """
            SELECT CASE WHEN first_event IS NULL THEN '0001-01-01 00:00:00+00'::timestamptz ELSE opened_at END
            FROM board_window WHERE board_id = $1 AND period = $2 AND window_key = $3""";

    private final Sql sql;

    /** A beginning never changes. */
    private final Cache<Generation, Instant> known =
            Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();

    Generations(Sql sql) {
        this.sql = sql;
    }

    /** The first of the given windows whose present generation began after an instant; empty when there is none. */
    public Uni<Optional<WindowRef>> begunAfter(Instant instant, List<WindowRef> windows) {
        List<WindowRef> reset =
                windows.stream().filter(Generations::hasBeenReset).toList();
        if (reset.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return Uni.join()
                .all(reset.stream().map(this::begun).toList())
                .andFailFast()
                .map(begun -> {
                    for (int i = 0; i < reset.size(); i++) {
                        if (instant.isBefore(begun.get(i))) {
                            return Optional.of(reset.get(i));
                        }
                    }
                    return Optional.empty();
                });
    }

    /** When the present generations of windows began, of those that a reset has begun. */
    public Uni<Map<WindowRef, Instant>> beginnings(List<WindowRef> windows) {
        Map<WindowRef, Instant> beginnings = new LinkedHashMap<>();
        return Multi.createFrom()
                .iterable(windows)
                .filter(Generations::hasBeenReset)
                .onItem()
                .transformToUniAndConcatenate(window -> begun(window).invoke(at -> beginnings.put(window, at)))
                .collect()
                .last()
                .replaceWith(beginnings);
    }

    private static boolean hasBeenReset(WindowRef window) {
        return Math.floorMod(window.key(), Window.MAX_GENERATIONS) > 0;
    }

    private Uni<Instant> begun(WindowRef window) {
        Generation generation = new Generation(window.board().id(), window.period(), window.key());
        Instant begun = known.getIfPresent(generation);
        if (begun != null) {
            return Uni.createFrom().item(begun);
        }
        return sql.run(BEGUN, generation.board(), generation.period().code(), generation.key())
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return row.getOffsetDateTime(0).toInstant();
                })
                .invoke(found -> known.put(generation, found));
    }

    private record Generation(int board, Period period, long key) {}
}
