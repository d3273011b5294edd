package dev.laurel.imports;

import dev.laurel.imports.file.mapping.RowError;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Why rows of imports were refused. */
@ApplicationScoped
public class ImportErrors {
    private static final int PAGE = 1_000;

    private static final String ALL =
            "SELECT row_no, column_name, value, reason FROM import_error WHERE import_no = $1 ORDER BY row_no, nth";

    private static final String SOME = ALL + " OFFSET $2 LIMIT $3";

    private static final String COUNT = "SELECT count(*) FROM import_error WHERE import_no = $1";

    private final Sql sql;

    ImportErrors(Sql sql) {
        this.sql = sql;
    }

    /** A page of the reasons, in the order of the rows. */
    public Uni<PageResult<RowError>> page(long importId, PageRequest page) {
        return sql.run(COUNT, importId)
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(total -> sql.run(SOME, importId, page.offset(), (long) page.limit())
                        .map(rows -> new PageResult<>(errors(rows), total)));
    }

    /** All of them, some at a time; more are read once the work on the last ones has ended. */
    public Uni<Void> each(long importId, Function<List<RowError>, Uni<Void>> work) {
        return sql.eachPage(() -> PAGE, rows -> work.apply(errors(rows)), ALL, importId);
    }

    private static List<RowError> errors(RowSet<Row> rows) {
        List<RowError> errors = new ArrayList<>(rows.size());
        rows.forEach(
                row -> errors.add(new RowError(row.getLong(0), row.getString(1), row.getString(2), row.getString(3))));
        return errors;
    }
}
