package dev.laurel.ranking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.ranking.segment.SegmentReader;
import dev.laurel.shared.LaurelException;
import dev.laurel.standings.rank.Placed;
import dev.laurel.standings.rank.Selection;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.Segment;
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

    /** A player who is hidden leaves a segment's closed windows as well, where others move up; another process finds it so. */
    private static final Duration KEPT_FOR_SEGMENTS = Duration.ofSeconds(1);

    private final StandingsReader windows;
    private final SegmentReader reader;
    private final CorrectionNumbers corrections;
    private final ChangeStamps stamps;
    private final Clock clock;

    /** Empty for a player who was not ranked. */
    private final Cache<Key, Optional<Long>> kept = ranks(KEPT_FOR);

    private final Cache<Key, Optional<Long>> keptOfSegments = ranks(KEPT_FOR_SEGMENTS);

    PreviousRanks(
            StandingsReader windows,
            SegmentReader reader,
            CorrectionNumbers corrections,
            ChangeStamps stamps,
            Clock clock) {
        this.windows = windows;
        this.reader = reader;
        this.corrections = corrections;
        this.stamps = stamps;
        this.clock = clock;
    }

    private static Cache<Key, Optional<Long>> ranks(Duration keptFor) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_KEPT)
                .expireAfterWrite(keptFor)
                .build();
    }

    /** Forgets all ranks so that they are read again. */
    public void clear() {
        kept.invalidateAll();
        keptOfSegments.invalidateAll();
    }

    private Cache<Key, Optional<Long>> cache(Kept then) {
        return then.before().segment() == null ? kept : keptOfSegments;
    }

    /**
     * The ranks that players had in the previous window; within a segment, among the members that it has now.
     *
     * @return by player; without those who were not ranked, and empty when they cannot be determined at the moment
     */
    public Uni<Map<String, Long>> of(RankingRef ranking, Collection<String> playerIds) {
        if (ranking.window().window().start() == null || playerIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return windows.before(ranking.window())
                // The path taken must not reveal whether a window of a frozen board has been opened since.
                .chain(before ->
                        before == null || !before.opened() && before.board().freeze() == null
                                ? Uni.createFrom().item(Map.<String, Long>of())
                                : corrections
                                        .recent(before.board())
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
        return before.board().frozen(clock.instant()) ? stamps.ofAll() : stamps.of(before);
    }

    private Uni<Map<String, Long>> in(Kept then, Collection<String> playerIds) {
        Map<String, Long> ranks = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String playerId : playerIds) {
            Optional<Long> rank = cache(then).getIfPresent(then.key(playerId));
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
            asked.forEach(id -> cache(then).put(then.key(id), Optional.ofNullable(ranks.get(id))));
        }
    }

    /** What the public must not see of a frozen board is kept apart from what administrators see. */
    private record Key(
            int board,
            boolean live,
            short period,
            long window,
            int metric,
            Segment segment,
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
                    before.withoutPlayers().segment(),
                    correction,
                    stamp,
                    playerId);
        }
    }
}
