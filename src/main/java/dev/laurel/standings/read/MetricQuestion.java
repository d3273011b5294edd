package dev.laurel.standings.read;

import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.SqlSource;
import dev.laurel.standings.rank.SqlSource.MetricJoin;
import dev.laurel.standings.read.StandingsReader.Question;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import java.util.List;
import java.util.function.Function;

/**
 * A question about the standings of a window by several metrics, which PostgreSQL answers.
 *
 * @param own the parameters of its statement
 * @param none the result for a window that has never had an event
 */
public record MetricQuestion<T>(MetricJoin join, List<Object> own, Function<RowSet<Row>, T> map, T none)
        implements Question<T> {
    @Override
    public Uni<T> ask(RankingSource source, RankingRef ranking) {
        return source instanceof SqlSource sql
                ? sql.joined(ranking, join, own.toArray()).map(map)
                : Uni.createFrom().item(none);
    }

    @Override
    public boolean needsSql() {
        return true;
    }
}
