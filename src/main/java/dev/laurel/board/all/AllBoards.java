package dev.laurel.board.all;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/** The boards of all tenants, for jobs and operators. What a caller is shown comes from {@link Boards#list}. */
@ApplicationScoped
public class AllBoards {
    private static final String PAGE = """
            SELECT tenant_id, name FROM (
                SELECT tenant_id, name, row_number() OVER (PARTITION BY tenant_id ORDER BY name) AS nth
                FROM board WHERE deleted_at IS NULL) b
            ORDER BY nth, tenant_id LIMIT $1 OFFSET $2""";

    private final Sql sql;
    private final Boards boards;

    AllBoards(Sql sql, Boards boards) {
        this.sql = sql;
        this.boards = boards;
    }

    /** Some of them: the first of each tenant by name, then the second of each. Where not all are wanted, each tenant has some. */
    public Uni<List<Board>> page(PageRequest page) {
        return sql.run(PAGE, (long) page.limit(), page.offset())
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .onItem()
                .transformToUniAndConcatenate(this::board)
                .collect()
                .in(ArrayList::new, List::add);
    }

    /** None when it has been deleted since. */
    private Uni<Board> board(Row row) {
        return boards.get(BoardName.of(row)).onFailure(NotFound.class).recoverWithNull();
    }
}
