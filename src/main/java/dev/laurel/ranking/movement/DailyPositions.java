package dev.laurel.ranking.movement;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.cache.NearCache;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException;
import dev.laurel.standings.window.RankingRef;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;

/**
 * The ranks at the ends of past days, among the players who take a rank now: who is hidden or disqualified since shifts
 * nobody. For a frozen board they are the newest from before the freeze, among those who were ranked at the freeze.
 */
@Startup
@ApplicationScoped
class DailyPositions {
    private static final int MAX_DAYS = 10_000;
    private static final int BYTES = 100;
    private static final Duration DAYS_KEPT_FOR = Duration.ofSeconds(1);

    private static final String NEWEST = """
            SELECT number, taken_at FROM position_day
            WHERE board_id = $1 AND window_key = $2 AND day <= $3 AND taken_at <= $4
            ORDER BY day DESC LIMIT 1""";

    private final Sql sql;
    private final Pulse pulse;
    private final KeptRanks ranks;
    private final Clock clock;
    private final NearCache<DayKey, Optional<Day>> days;

    DailyPositions(Sql sql, Pulse pulse, KeptRanks ranks, Clock clock, Caches caches) {
        this.sql = sql;
        this.pulse = pulse;
        this.ranks = ranks;
        this.clock = clock;
        this.days = new NearCache<>(
                CacheKind.of("position-days", DAYS_KEPT_FOR, BYTES).addressed(), MAX_DAYS, caches);
    }

    /**
     * The ranks that players had at the end of the day so many days before today, or of the newest day before that whose
     * positions were kept; within a segment, among the members that it has now.
     *
     * @return without ranks when they cannot be determined at the moment
     */
    Uni<PreviousPlaces> of(RankingRef ranking, Collection<String> playerIds, int daysBack) {
        Instant now = clock.instant();
        Board board = ranking.board();
        Instant seen = board.frozen(now) ? board.freeze().at() : now;
        LocalDate day = LocalDate.ofInstant(seen, board.definition().zone()).minusDays(daysBack);
        DayKey key = new DayKey(board.fullName(), board.id(), ranking.key(), day, board.frozen(now) ? seen : null);
        return days.get(key, () -> newest(key, seen))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(PreviousPlaces.NONE)
                        : ranks.of(ranking, playerIds, found.get().number())
                                .map(places ->
                                        new PreviousPlaces(places, found.get().takenAt())))
                .ifNoItem()
                // A paused PostgreSQL must not delay ranks that Redis has already returned.
                .after(KeptRanks.PATIENCE)
                .recoverWithItem(PreviousPlaces.NONE)
                // The movement is not part of the rank: without it the ranking is still correct.
                .onFailure(LaurelException.class)
                .recoverWithItem(PreviousPlaces.NONE);
    }

    private Uni<Optional<Day>> newest(DayKey key, Instant seen) {
        return pulse.whileAlive(sql.run(NEWEST, key.board(), key.window(), key.day(), seen.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(Day.of(rows.iterator().next())));
    }

    /** @param frozenAt null unless the public's view stands still */
    private record DayKey(BoardName name, int board, long window, LocalDate day, Instant frozenAt) implements CacheKey {
        @Override
        public KeyAddress address() {
            return KeyAddress.of(name.tenant(), "position", name.name(), day);
        }
    }

    /** A day whose positions are kept. */
    private record Day(long number, Instant takenAt) {
        static Day of(Row row) {
            return new Day(row.getLong(0), row.getOffsetDateTime(1).toInstant());
        }
    }
}
