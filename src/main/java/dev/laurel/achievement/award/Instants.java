package dev.laurel.achievement.award;

import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the instants at which players reached what they have reached. They follow from the instants of events, so the order
 * of arrival does not matter.
 */
final class Instants {
    private static final String FIND = """
            SELECT i.n, reached_at($1, i.measure, i.board_id, i.period, i.window_id, i.player_id, i.tag, i.less, i.units, i.bound)
            FROM unnest($2::integer[], $3::text[], $4::integer[], $5::smallint[], $6::text[], $7::text[], $8::text[],
                $9::boolean[], $10::bigint[], $11::numeric[])
                AS i(n, measure, board_id, period, window_id, player_id, tag, less, units, bound)""";

    private Instants() {}

    /** The instants in milliseconds; those that the ledger no longer tells are missing. */
    static Uni<Map<Reached, Long>> find(Collection<Reached> asked, short tenant, Statements transaction) {
        List<Reached> all = asked.stream().distinct().toList();
        if (all.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return transaction
                .run(
                        FIND,
                        tenant,
                        IntStream.range(0, all.size()).boxed().toArray(Integer[]::new),
                        column(all, one -> one.question().fact().measure().name())
                                .toArray(String[]::new),
                        column(all, one -> one.question().boardId()).toArray(Integer[]::new),
                        column(all, one -> one.question().period()).toArray(Short[]::new),
                        column(all, Reached::window).toArray(String[]::new),
                        column(all, Reached::player).toArray(String[]::new),
                        column(all, one -> one.question().fact().tag()).toArray(String[]::new),
                        column(all, one -> one.question().fact().less()).toArray(Boolean[]::new),
                        column(all, one -> one.question().units(one.bound())).toArray(Long[]::new),
                        column(all, Reached::bound).toArray(BigDecimal[]::new))
                .map(rows -> found(rows, all));
    }

    private static <T> List<T> column(List<Reached> asked, Function<Reached, T> of) {
        return asked.stream().map(of).collect(Collectors.toList());
    }

    private static Map<Reached, Long> found(RowSet<Row> rows, List<Reached> asked) {
        Map<Reached, Long> found = new HashMap<>();
        for (Row row : rows) {
            Long instant = row.getLong(1);
            if (instant != null) {
                found.put(asked.get(row.getInteger(0)), instant);
            }
        }
        return found;
    }
}
