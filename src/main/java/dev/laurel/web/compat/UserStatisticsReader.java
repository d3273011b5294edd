package dev.laurel.web.compat;

import dev.laurel.board.Board;
import dev.laurel.board.BoardConfig;
import dev.laurel.board.Boards;
import dev.laurel.ranking.PlayerHoldings;
import dev.laurel.score.Receipt;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Period;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.read.Holdings;
import dev.laurel.standings.write.WriteResult.WindowStanding;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads a user's counts over all periods of the board of the first interface. */
@ApplicationScoped
class UserStatisticsReader {
    private final Boards boards;
    private final BoardConfig config;
    private final PlayerHoldings holdings;
    private final Clock clock;

    UserStatisticsReader(Boards boards, BoardConfig config, PlayerHoldings holdings, Clock clock) {
        this.boards = boards;
        this.config = config;
        this.holdings = holdings;
        this.clock = clock;
    }

    /** The counts of a user; fails with {@link NotFound} for one who was never seen. */
    Uni<UserStatistics> read(String userId) {
        return boards.get(config.defaultBoard())
                .chain(board -> holdings.of(board, periods(board), userId))
                .map(found -> statistics(userId, found));
    }

    /** Seasons and rolling periods are not part of this interface; between two seasons there is none at all. */
    private static List<Period> periods(Board board) {
        return board.definition().periods().stream()
                .filter(period -> period != Period.SEASON && !period.isRolling())
                .toList();
    }

    private UserStatistics statistics(String userId, Holdings found) {
        Map<Period, Long> counts = new EnumMap<>(Period.class);
        Instant updatedAt = null;
        for (int i = 0; i < found.windows().size(); i++) {
            Standing own = found.standings().get(i);
            if (own != null) {
                counts.put(found.windows().get(i).period(), own.score());
                updatedAt = later(updatedAt, own);
            }
        }
        return UserStatistics.of(userId, counts, found.decimals(), updatedAt, now());
    }

    /** The counts of a user after an update, as the update itself returns them. */
    UserStatistics of(String userId, Receipt receipt) {
        Map<Period, Long> counts = new EnumMap<>(Period.class);
        Instant updatedAt = null;
        for (WindowStanding own : receipt.standings()) {
            if (own.ranking().metric() == 0 && own.standing() != null) {
                counts.put(own.ranking().period(), own.standing().score());
                updatedAt = later(updatedAt, own.standing());
            }
        }
        int decimals = receipt.board().definition().decimals();
        return UserStatistics.of(userId, counts, decimals, updatedAt, now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Instant later(Instant known, Standing standing) {
        Instant reached = Instant.ofEpochMilli(standing.reachedAt());
        return known == null || reached.isAfter(known) ? reached : known;
    }
}
