package dev.laurel.standings.baseline;

import dev.laurel.board.Board;
import dev.laurel.board.PeriodsAdded;
import dev.laurel.board.Season;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.Period;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Set;

/** Keeps baselines with their seasons: one that is moved takes them along, and one that is removed removes them. */
@ApplicationScoped
class BaselineSeasons implements PeriodsAdded {
    private static final String REMOVE =
            "DELETE FROM season_baseline l WHERE l.board_id = $1 AND l.season_key = ANY ($2::bigint[])";

    private static final String MOVE = """
            UPDATE season_baseline l SET season_key = m.after FROM unnest($2::bigint[], $3::bigint[]) AS m(before, after)
            WHERE l.board_id = $1 AND l.season_key = m.before""";

    @Override
    public Uni<Void> added(Statements transaction, Board board, Set<Period> added) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> seasonsChanged(Statements transaction, Board before, Board after) {
        List<Season> removed = before.seasons().stream()
                .filter(season -> after.season(season.id()).isEmpty())
                .toList();
        List<Season> moved = before.seasons().stream()
                .filter(season -> after.season(season.id())
                        .filter(now -> !now.start().equals(season.start()))
                        .isPresent())
                .toList();
        return Uni.createFrom()
                .voidItem()
                .chain(() -> removed.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : transaction.run(REMOVE, before.id(), keys(removed)).replaceWithVoid())
                .chain(() -> moved.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : transaction
                                .run(
                                        MOVE,
                                        before.id(),
                                        keys(moved),
                                        keys(moved.stream()
                                                .map(season -> after.season(season.id())
                                                        .orElseThrow())
                                                .toList()))
                                .replaceWithVoid());
    }

    private static Long[] keys(List<Season> seasons) {
        return seasons.stream().map(Baselines::key).toArray(Long[]::new);
    }
}
