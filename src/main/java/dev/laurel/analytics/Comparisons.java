package dev.laurel.analytics;

import dev.laurel.analytics.figures.Compared;
import dev.laurel.analytics.rollup.ActivityFigures;
import dev.laurel.analytics.rollup.DayRange;
import dev.laurel.analytics.rollup.Outcomes;
import dev.laurel.analytics.rollup.PlayerTotals;
import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.segment.Segments;
import dev.laurel.segment.Segments.Members;
import dev.laurel.segment.Segments.Wanted;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Compares a player with the members of a segment. */
@ApplicationScoped
class Comparisons {
    private static final String UNRANKED =
            "SELECT player_id FROM unranked_player WHERE tenant_id = $1 AND player_id = ANY($2)";

    private final ActivityFigures figures;
    private final Segments segments;
    private final Shown shown;
    private final Sql sql;

    Comparisons(ActivityFigures figures, Segments segments, Shown shown, Sql sql) {
        this.figures = figures;
        this.segments = segments;
        this.shown = shown;
        this.sql = sql;
    }

    Uni<Members> members(Board board, String segment) {
        return segments.of(board.tenant(), segment, new Wanted("segment", List.of()));
    }

    Uni<Comparison> of(Board board, String player, Members members, DayRange range) {
        return ranked(board.tenant(), members.playerIds())
                .chain(ranked -> figures.between(sql::run, board.id(), with(ranked, player), range)
                        .map(totals -> compare(board, player, new Among(members.name(), range, ranked, totals))));
    }

    /** Those of the players who take part in rankings. */
    Uni<List<String>> ranked(Tenant tenant, Collection<String> players) {
        return sql.run(UNRANKED, tenant.id(), players.toArray(String[]::new)).map(rows -> {
            Set<String> unranked = new HashSet<>();
            rows.forEach(row -> unranked.add(row.getString(0)));
            return players.stream().filter(player -> !unranked.contains(player)).toList();
        });
    }

    private static Set<String> with(List<String> members, String player) {
        Set<String> all = new HashSet<>(members);
        all.add(player);
        return all;
    }

    private Comparison compare(Board board, String player, Among among) {
        return new Comparison(
                board,
                shown.asOf(board),
                among.segment,
                among.range,
                among.members.size(),
                among.members.size() < Compared.MIN_MEMBERS ? null : among.active(),
                among.compare(player, totals -> (double) totals.sum()),
                among.compare(player, totals -> (double) totals.events()),
                among.compare(player, totals -> (double) totals.days()),
                among.compare(player, totals -> successRate(totals.outcomes())));
    }

    static Double successRate(Outcomes outcomes) {
        return outcomes.attempts() == 0
                ? null
                : (outcomes.completed() + 0.5 * outcomes.partial()) / outcomes.attempts();
    }

    /** The members of a segment, and what they have done. */
    private record Among(String segment, DayRange range, List<String> members, Map<String, PlayerTotals> totals) {
        PlayerTotals of(String player) {
            return totals.getOrDefault(player, PlayerTotals.NONE);
        }

        long active() {
            return members.stream().filter(one -> of(one).events() > 0).count();
        }

        Compared compare(String player, Function<PlayerTotals, Double> measure) {
            return Compared.of(
                    measure.apply(of(player)),
                    members.stream()
                            .map(member -> measure.apply(of(member)))
                            .filter(Objects::nonNull)
                            .toList());
        }
    }
}
