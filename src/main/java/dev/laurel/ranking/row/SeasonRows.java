package dev.laurel.ranking.row;

import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.board.Season;
import dev.laurel.ranking.RankingQuery;
import dev.laurel.ranking.Rankings;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Period;
import dev.laurel.standings.rank.PlayerRows.MetricPlace;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;

/** What a player has in a season by all metrics, whether it runs or is archived. */
@ApplicationScoped
public class SeasonRows {
    private static final RowWish ALL = new RowWish(true, true, true);

    private final Boards boards;
    private final Rankings rankings;
    private final ShownRows shown;

    SeasonRows(Boards boards, Rankings rankings, ShownRows shown) {
        this.boards = boards;
        this.rankings = rankings;
        this.shown = shown;
    }

    /**
     * A player's row in a season.
     *
     * @return fails with {@link NotFound} without such a board or season, or when the player has never had an event on the
     *     board
     */
    public Uni<SeasonRow> of(String board, String seasonId, String playerId) {
        BoardName name = BoardName.of(board);
        return boards.get(name)
                .map(found -> found.season(seasonId)
                        .orElseThrow(() -> new NotFound("Board " + board + " has no season " + seasonId)))
                .chain(season -> of(new RankingQuery(name, Period.SEASON, season.id(), null), season, playerId));
    }

    private Uni<SeasonRow> of(RankingQuery query, Season season, String playerId) {
        Rows rows = Rows.of(ALL, playerId);
        return rankings.of(query)
                .chain(ranking -> rankings.through(rows.source()).player(ranking, query.window(), playerId, 0))
                .chain(own -> shown.of(own.ranking(), query.window(), List.of(playerId), rows)
                        .map(found -> new SeasonRow(own.ranking(), season, row(found, playerId), rows.places())));
    }

    private static ShownRow row(Map<String, ShownRow> found, String playerId) {
        return found.getOrDefault(playerId, ShownRow.NOTHING);
    }

    /**
     * A player in a season.
     *
     * @param places by the number of the metric; empty when the season has had no events
     */
    public record SeasonRow(RankingRef ranking, Season season, ShownRow row, List<MetricPlace> places) {}
}
