package dev.laurel.analytics;

import dev.laurel.analytics.Summary.History;
import dev.laurel.analytics.Summary.Place;
import dev.laurel.archive.PlayerHistory;
import dev.laurel.board.Board;
import dev.laurel.ranking.PlayerRank;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Period;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Where a player stands on a board: now, and in the windows that are over. */
@ApplicationScoped
class Places {
    /** Final places in one summary. */
    private static final int MAX_HISTORY = 30;

    /** Whose place is shown, the first of these that a board has. */
    private static final List<Period> LONGEST =
            List.of(Period.ALL_TIME, Period.SEASON, Period.YEARLY, Period.MONTHLY, Period.WEEKLY, Period.DAILY);

    /** Whose history is shown. */
    private static final List<Period> SHORTEST =
            List.of(Period.DAILY, Period.WEEKLY, Period.MONTHLY, Period.YEARLY, Period.SEASON);

    private final Rankings rankings;
    private final PlayerHistory history;

    Places(Rankings rankings, PlayerHistory history) {
        this.rankings = rankings;
        this.history = history;
    }

    Uni<Place> now(Board board, String player) {
        Period period = first(LONGEST, board);
        return rankings.of(new RankingQuery(board.fullName(), period, null, null))
                .chain(ranking -> rankings.place(ranking, player))
                .map(found -> place(period, found))
                // between two seasons
                .onFailure(NotFound.class)
                .recoverWithItem(new Place(period, null, null, 0));
    }

    private static Place place(Period period, PlayerRank found) {
        return new Place(period, found.ranked() ? found.own().rank() : null, found.percentile(), found.total());
    }

    Uni<History> history(Board board, String player) {
        Period period = first(SHORTEST, board);
        return period == null
                ? Uni.createFrom().item(new History(null, List.of()))
                : history.of(board, player, period, 0, new PageRequest(1, MAX_HISTORY))
                        .map(page -> new History(period, page.items()));
    }

    private static Period first(List<Period> periods, Board board) {
        return periods.stream()
                .filter(board.definition().periods()::contains)
                .findFirst()
                .orElse(null);
    }
}
