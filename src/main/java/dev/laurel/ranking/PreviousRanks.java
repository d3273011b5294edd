package dev.laurel.ranking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.shared.LaurelException;
import dev.laurel.standings.rank.Placed;
import dev.laurel.standings.rank.Selection;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.ChangeStamps;
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
 * The ranks players had in the same period's window before: what a movement is measured against. Those of closed windows
 * change by corrections only, so they are kept in this process for a while, under the number of the last correction.
 */
@ApplicationScoped
public class PreviousRanks {
    private static final int MAX_KEPT = 200_000;

    /** A paused PostgreSQL must not keep ranks waiting that Redis has told. */
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

    /** Forgets all ranks, so that they are read again. */
    public void clear() {
        kept.invalidateAll();
    }

    /**
     * The ranks that players had in the window before.
     *
     * @return by player; without those who were not ranked, and empty when it cannot be told at the moment
     */
    public Uni<Map<String, Long>> of(WindowRef window, Collection<String> playerIds) {
        if (window.window().start() == null || playerIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return reader.before(window)
                // Whether a window of a frozen board has been opened since is not to be told by the way that is taken.
                .chain(before ->
                        before == null || !before.opened() && before.board().freeze() == null
                                ? Uni.createFrom().item(Map.<String, Long>of())
                                : corrections
                                        .of(before.board())
                                        .map(number -> new Kept(before.by(window.metric()), number, stamp(before)))
                                        .chain(then -> in(then, playerIds)))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(Map.of())
                // A movement is no part of the rank: without it the ranking is still right.
                .onFailure(LaurelException.class)
                .recoverWithItem(Map.of());
    }

    /** What goes on behind a snapshot is not to be told by a read that it makes necessary. */
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
        return reader.read(then.before(), then.before().id(), (source, now) -> source.select(now, unknown))
                .invoke(reading -> add(ranks, reading, unknown, then))
                .replaceWith(ranks);
    }

    private void add(Map<String, Long> ranks, Reading<Selection> reading, List<String> asked, Kept then) {
        for (Placed placed : reading.value().placed()) {
            ranks.put(
                    placed.standing().playerId(),
                    RankingStatistics.ranked(reading.window(), placed).rank());
        }
        if (reading.window().state() == WindowState.CLOSED) {
            asked.forEach(id -> kept.put(then.key(id), Optional.ofNullable(ranks.get(id))));
        }
    }

    /** What the public does not see of a frozen board is kept apart from what administrators do. */
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
     * The window before, and how far its ranks may be kept.
     *
     * @param correction number of the last correction on the board when they were asked for
     * @param stamp of what this process has changed in the window by then
     */
    private record Kept(WindowRef before, long correction, long stamp) {
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
