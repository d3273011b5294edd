package dev.laurel.web.compat;

import dev.laurel.board.Board;
import dev.laurel.board.BoardConfig;
import dev.laurel.board.Boards;
import dev.laurel.ranking.PlayerRank;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.score.Receipt;
import dev.laurel.shared.Period;
import dev.laurel.standings.Source;
import dev.laurel.standings.Standing;
import dev.laurel.standings.Written.WindowStanding;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gathers a user's counts over all periods of the board behind the first interface. */
@ApplicationScoped
class UserStatisticsReader {
    private final Boards boards;
    private final BoardConfig config;
    private final Rankings rankings;
    private final Clock clock;

    UserStatisticsReader(Boards boards, BoardConfig config, Rankings rankings, Clock clock) {
        this.boards = boards;
        this.config = config;
        this.rankings = rankings;
        this.clock = clock;
    }

    /** The counts of a user; fails with NotFound for one who was never seen. */
    Uni<UserStatistics> read(String userId) {
        return boards.get(config.defaultBoard())
                .chain(board -> Uni.join().all(places(board, userId)).andFailFast())
                .map(places -> statistics(userId, places));
    }

    private List<Uni<PlayerRank>> places(Board board, String userId) {
        List<Uni<PlayerRank>> places = new ArrayList<>();
        for (Period period : board.definition().periods()) {
            if (period == Period.SEASON || period.isRolling()) {
                // None of this interface's, and between two seasons there is none at all.
                continue;
            }
            RankingQuery query = new RankingQuery(board.name(), period, null, null);
            places.add(rankings.window(query).chain(window -> rankings.player(window, null, userId, 0)));
        }
        return places;
    }

    private UserStatistics statistics(String userId, List<PlayerRank> places) {
        Map<Period, Long> counts = new EnumMap<>(Period.class);
        Instant updatedAt = null;
        boolean cached = true;
        for (PlayerRank place : places) {
            cached &= place.source() == Source.REDIS;
            if (place.ranked()) {
                Standing own = place.own().standing();
                counts.put(place.window().period(), own.score());
                updatedAt = later(updatedAt, own);
            }
        }
        return UserStatistics.of(userId, counts, updatedAt, cached ? now() : null);
    }

    /** The counts of a user after an update, as the update itself tells them. */
    UserStatistics of(String userId, Receipt receipt) {
        Map<Period, Long> counts = new EnumMap<>(Period.class);
        Instant updatedAt = null;
        boolean cached = true;
        for (WindowStanding own : receipt.standings()) {
            if (own.window().metric() > 0) {
                continue;
            }
            cached &= own.rank() != null;
            counts.put(own.window().period(), own.standing().score());
            updatedAt = later(updatedAt, own.standing());
        }
        return UserStatistics.of(userId, counts, updatedAt, cached ? now() : null);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Instant later(Instant known, Standing standing) {
        Instant reached = Instant.ofEpochMilli(Objects.requireNonNull(standing).reachedAt());
        return known == null || reached.isAfter(known) ? reached : known;
    }
}
