package dev.laurel.standings.read;

import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.SqlSource;
import dev.laurel.standings.read.StandingsReader.Question;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.util.List;
import java.util.function.Function;

/**
 * A question that only PostgreSQL can answer, since it joins standings with other tables.
 *
 * @param statement as {@link SqlSource#over} takes it
 * @param own its own parameters
 * @param none the result for a window that has never had an event
 */
public record SqlQuestion<T>(String statement, List<Object> own, Function<RowSet<Row>, T> map, T none)
        implements Question<T> {
    @Override
    public Uni<T> ask(RankingSource source, RankingRef ranking) {
        return source instanceof SqlSource sql
                ? sql.over(ranking, statement, own.toArray()).map(map)
                : Uni.createFrom().item(none);
    }

    @Override
    public boolean needsSql() {
        return true;
    }
}
