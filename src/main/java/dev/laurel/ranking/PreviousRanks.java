package dev.laurel.ranking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.shared.LaurelException;
import dev.laurel.standings.rank.Placed;
import dev.laurel.standings.rank.Selection;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import dev.laurel.standings.write.CorrectionNumbers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ranks that players had in the previous window of the same period, against which movements are measured. Ranks in
 * closed windows change only by corrections, so this process caches them for a while, under the number of the last
 * correction.
 */
@ApplicationScoped
public class PreviousRanks {
    private static final int MAX_KEPT = 200_000;

    /** A paused PostgreSQL must not delay ranks that Redis has already returned. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private final StandingsReader reader;
    private final CorrectionNumbers corrections;
    private final ChangeStamps stamps;
    private final Clock clock;

    /** Empty for a player who was not ranked. */
    private final Cache<Key, Optional<Long>> kept = Caffeine.newBuilder()
            .maximumSize(MAX_KEPT)
            .expireAfterWrite(KEPT_FOR)
            .build();

    PreviousRanks(StandingsReader reader, CorrectionNumbers corrections, ChangeStamps stamps, Clock clock) {
        this.reader = reader;
        this.corrections = corrections;
        this.stamps = stamps;
        this.clock = clock;
    }

    /** Forgets all ranks so that they are read again. */
    public void clear() {
        kept.invalidateAll();
    }

    /**
     * The ranks that players had in the previous window.
     *
     * @return by player; without those who were not ranked, and empty when they cannot be determined at the moment
     */
    public Uni<Map<String, Long>> of(RankingRef ranking, Collection<String> playerIds) {
        if (ranking.window().window().start() == null || playerIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return reader.before(ranking.window())
                // The path taken must not reveal whether a window of a frozen board has been opened since.
                .chain(before ->
                        before == null || !before.opened() && before.board().freeze() == null
                                ? Uni.createFrom().item(Map.<String, Long>of())
                                : corrections
                                        .of(before.board())
                                        .map(number -> new Kept(ranking.in(before), number, stamp(before)))
                                        .chain(then -> in(then, playerIds)))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(Map.of())
                // The movement is not part of the rank: without it the ranking is still correct.
                .onFailure(LaurelException.class)
                .recoverWithItem(Map.of());
    }

    /** A read must not reveal, by being necessary, what has happened since the snapshot. */
    private long stamp(WindowRef before) {
        return before.board().frozen(clock.instant()) ? 0 : stamps.of(before);
    }

    private Uni<Map<String, Long>> in(Kept then, Collection<String> playerIds) {
        Map<String, Long> ranks = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String playerId : playerIds) {
            Optional<Long> rank = kept.getIfPresent(then.key(playerId));
            if (rank == null) {
                unknown.add(playerId);
            } else {
                rank.ifPresent(known -> ranks.put(playerId, known));
            }
        }
        if (unknown.isEmpty()) {
            return Uni.createFrom().item(ranks);
        }
        return reader.read(then.before(), then.before().window().id(), (source, now) -> source.select(now, unknown))
                .invoke(reading -> add(ranks, reading, unknown, then))
                .replaceWith(ranks);
    }

    private void add(Map<String, Long> ranks, Reading<Selection> reading, List<String> asked, Kept then) {
        for (Placed placed : reading.value().placed()) {
            ranks.put(
                    placed.standing().playerId(),
                    RankingStatistics.ranked(reading.ranking(), placed).rank());
        }
        if (reading.ranking().window().state() == WindowState.CLOSED) {
            asked.forEach(id -> kept.put(then.key(id), Optional.ofNullable(ranks.get(id))));
        }
    }

    /** What the public must not see of a frozen board is kept apart from what administrators see. */
    private record Key(
            int board,
            boolean live,
            short period,
            long window,
            int metric,
            long correction,
            long stamp,
            String playerId) {}

    /**
     * The ranking of the previous window, and how long its ranks may be cached.
     *
     * @param correction number of the last correction on the board when they were read
     * @param stamp of this process's changes to the window by then
     */
    private record Kept(RankingRef before, long correction, long stamp) {
        Key key(String playerId) {
            return new Key(
                    before.board().id(),
                    before.board().freeze() == null,
                    before.period().code(),
                    before.key(),
                    before.metric(),
                    correction,
                    stamp,
                    playerId);
        }
    }
}
