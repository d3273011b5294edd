package dev.laurel.ranking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.shared.LaurelException;
import dev.laurel.standings.Placed;
import dev.laurel.standings.Selection;
import dev.laurel.standings.StandingsReader;
import dev.laurel.standings.StandingsReader.Reading;
import dev.laurel.standings.WindowRef;
import dev.laurel.standings.WindowState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ranks players had in the same period's window before: what a movement is measured against. Those of closed windows
 * do not change by themselves, so they are kept in this process for a while.
 */
@ApplicationScoped
public class PreviousRanks {
    private static final int MAX_KEPT = 200_000;

    /** A paused PostgreSQL must not keep ranks waiting that Redis has told. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** A closed window changes only when somebody is disqualified in it. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private final StandingsReader reader;

    /** Empty for a player who was not ranked. */
    private final Cache<Key, Optional<Long>> kept = Caffeine.newBuilder()
            .maximumSize(MAX_KEPT)
            .expireAfterWrite(KEPT_FOR)
            .build();

    PreviousRanks(StandingsReader reader) {
        this.reader = reader;
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
                .chain(before -> before == null || !before.opened()
                        ? Uni.createFrom().item(Map.<String, Long>of())
                        : in(before.by(window.metric()), playerIds))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(Map.of())
                // A movement is no part of the rank: without it the ranking is still right.
                .onFailure(LaurelException.class)
                .recoverWithItem(Map.of());
    }

    private Uni<Map<String, Long>> in(WindowRef before, Collection<String> playerIds) {
        Map<String, Long> ranks = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String playerId : playerIds) {
            Optional<Long> rank = kept.getIfPresent(Key.of(before, playerId));
            if (rank == null) {
                unknown.add(playerId);
            } else {
                rank.ifPresent(known -> ranks.put(playerId, known));
            }
        }
        if (unknown.isEmpty()) {
            return Uni.createFrom().item(ranks);
        }
        return reader.read(before, before.id(), (source, now) -> source.select(now, unknown))
                .invoke(reading -> add(ranks, reading, unknown))
                .replaceWith(ranks);
    }

    private void add(Map<String, Long> ranks, Reading<Selection> reading, List<String> asked) {
        for (Placed placed : reading.value().placed()) {
            ranks.put(
                    placed.standing().playerId(),
                    RankingStatistics.ranked(reading.window(), placed).rank());
        }
        if (reading.window().state() == WindowState.CLOSED) {
            asked.forEach(id -> kept.put(Key.of(reading.window(), id), Optional.ofNullable(ranks.get(id))));
        }
    }

    /** What the public does not see of a frozen board is kept apart from what administrators do. */
    private record Key(int board, boolean live, short period, long window, int metric, String playerId) {
        static Key of(WindowRef window, String playerId) {
            return new Key(
                    window.board().id(),
                    window.board().freeze() == null,
                    window.period().code(),
                    window.key(),
                    window.metric(),
                    playerId);
        }
    }
}
