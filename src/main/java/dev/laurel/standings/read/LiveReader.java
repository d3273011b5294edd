package dev.laurel.standings.read;

import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.load.Rebuilder;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.read.StandingsReader.Question;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.redis.NotLoaded;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowMoved;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.standings.window.WindowState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads windows as they are now, frozen or not: closed ones from the archive, open ones from Redis, or from PostgreSQL
 * while Redis must not be read or does not respond.
 */
@ApplicationScoped
class LiveReader {
    /** A window moves at most from open through closing to closed during a request. */
    private static final int MAX_MOVES = 3;

    private final WindowRegistry windows;
    private final RollingWindows rolling;
    private final Rebuilder rebuilder;
    private final RankingSources sources;

    LiveReader(WindowRegistry windows, RollingWindows rolling, Rebuilder rebuilder, RankingSources sources) {
        this.windows = windows;
        this.rolling = rolling;
        this.rebuilder = rebuilder;
        this.sources = sources;
    }

    /** Looks the window up again by its requested name when a store reports that it has moved on. */
    <T> Uni<Reading<T>> read(RankingRef ranking, String windowId, Question<T> question) {
        return readOnce(ranking, question).onFailure(WindowMoved.class).recoverWithUni(() -> Uni.createFrom()
                .deferred(() -> readAgain(ranking, windowId, question))
                .onFailure(WindowMoved.class)
                .retry()
                .atMost(MAX_MOVES)
                .onFailure(WindowMoved.class)
                .transform(moved -> Unavailable.overloaded("The window is being closed")));
    }

    /**
     * A player's places in windows of one board. What Redis has is read by one script, and of one moment; any other window is read
     * by itself.
     */
    Uni<List<Reading<Place>>> places(List<RankingRef> rankings, String playerId) {
        List<RankingRef> inRedis = sources.isRedisImpaired()
                ? List.of()
                : rankings.stream().filter(this::isInRedis).toList();
        Uni<List<Reading<Place>>> found =
                inRedis.isEmpty() ? Uni.createFrom().item(List.of()) : sources.placesInRedis(inRedis, playerId);
        return found.chain(readings -> {
            Map<RankingRef, Reading<Place>> known = new IdentityHashMap<>();
            readings.stream().filter(Objects::nonNull).forEach(one -> known.put(one.ranking(), one));
            return known.size() == rankings.size()
                    ? Uni.createFrom().item(readings)
                    : completed(rankings, known, playerId);
        });
    }

    private Uni<List<Reading<Place>>> completed(
            List<RankingRef> rankings, Map<RankingRef, Reading<Place>> known, String playerId) {
        return Uni.join()
                .all(rankings.stream()
                        .map(ranking -> known.containsKey(ranking)
                                ? Uni.createFrom().item(known.get(ranking))
                                : read(ranking, null, (source, now) -> source.around(now, playerId, 0)))
                        .toList())
                .andFailFast();
    }

    private boolean isInRedis(RankingRef ranking) {
        WindowRef window = ranking.window();
        return window.state() != WindowState.CLOSED
                && window.opened()
                && rolling.inRedis(window)
                && rebuilder.trusts(window);
    }

    private <T> Uni<Reading<T>> readAgain(RankingRef ranking, String windowId, Question<T> question) {
        return windows.again(ranking.window(), windowId).chain(found -> readOnce(found.by(ranking.metric()), question));
    }

    private <T> Uni<Reading<T>> readOnce(RankingRef ranking, Question<T> question) {
        WindowRef window = ranking.window();
        if (window.state() == WindowState.CLOSED) {
            return sources.archive(ranking, question);
        }
        if (!window.opened()) {
            return sources.nothing(ranking, question);
        }
        if (question.needsSql() || !isInRedis(ranking)) {
            return sources.postgres(ranking, question);
        }
        Uni<Reading<T>> read = sources.redis(ranking, question)
                .onFailure(NotLoaded.class)
                .invoke(() -> rebuilder.request(window))
                .onFailure(failure -> !movedOn(failure, window))
                .recoverWithUni(() -> sources.postgres(ranking, question));
        return sources.givenUpWithBoth(read);
    }

    /** Redis drops a window before its archive is complete; until then PostgreSQL has it. */
    private static boolean movedOn(Throwable failure, WindowRef window) {
        return failure instanceof WindowMoved && window.state() == WindowState.OPEN;
    }
}
