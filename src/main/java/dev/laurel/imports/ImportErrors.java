package dev.laurel.imports;

import dev.laurel.imports.file.mapping.RowError;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/** Why rows of imports were refused. */
@ApplicationScoped
public class ImportErrors {
    private static final int PIECE = 250;

    private static final String SELECT =
            "SELECT row_no, column_name, value, reason, nth FROM import_error WHERE import_no = $1 ";
    private static final String ORDER = "ORDER BY row_no, nth ";
    private static final String SOME = SELECT + ORDER + "OFFSET $2 LIMIT $3";
    private static final String AFTER = SELECT + "AND (row_no, nth) > ($2, $3) " + ORDER + "LIMIT $4";

    private static final String COUNT = "SELECT count(*) FROM import_error WHERE import_no = $1";

    private static final String ERRORS = """
            INSERT INTO import_error (import_no, row_no, nth, column_name, value, reason)
            SELECT $1, t.* FROM unnest($2::bigint[], $3::smallint[], $4::text[], $5::text[], $6::text[]) AS t
            WHERE (SELECT refused FROM import_job WHERE id = $1) < $7
            ON CONFLICT DO NOTHING""";

    private final Sql sql;
    private final ImportConfig config;

    ImportErrors(Sql sql, ImportConfig config) {
        this.sql = sql;
        this.config = config;
    }

    /** Notes reasons, in the order of the rows, unless those of so many rows are kept already. */
    public Uni<Void> add(Statements transaction, long importId, List<RowError> errors) {
        Short[] nth = new Short[errors.size()];
        for (int i = 0; i < nth.length; i++) {
            boolean same = i > 0 && errors.get(i).row() == errors.get(i - 1).row();
            nth[i] = same ? (short) (nth[i - 1] + 1) : (short) 1;
        }
        return transaction
                .run(
                        ERRORS,
                        importId,
                        errors.stream().map(RowError::row).toArray(Long[]::new),
                        nth,
                        errors.stream().map(RowError::column).toArray(String[]::new),
                        errors.stream().map(RowError::value).toArray(String[]::new),
                        errors.stream().map(RowError::reason).toArray(String[]::new),
                        config.maxErrors())
                .replaceWithVoid();
    }

    /** A page of the reasons, in the order of the rows. */
    public Uni<PageResult<RowError>> page(long importId, PageRequest page) {
        return sql.run(COUNT, importId)
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(total -> sql.run(SOME, importId, page.offset(), (long) page.limit())
                        .map(rows -> new PageResult<>(errors(rows), total)));
    }

    /** All of them, to be read piece by piece. */
    public All all(long importId) {
        return new All(importId);
    }

    /** The reasons of one import, in the order of the rows. One reader at a time. */
    public final class All {
        private final long importId;
        private long row;
        private short nth = -1;
        private boolean ended;

        private All(long importId) {
            this.importId = importId;
        }

        /** The next ones, perhaps none. */
        public Uni<List<RowError>> next() {
            return sql.run(AFTER, importId, row, nth, (long) PIECE).map(rows -> {
                for (Row last : rows) {
                    row = last.getLong(0);
                    nth = last.getShort(4);
                }
                ended = rows.size() < PIECE;
                return errors(rows);
            });
        }

        /** Whether the last ones have been read. */
        public boolean hasEnded() {
            return ended;
        }
    }

    private static List<RowError> errors(RowSet<Row> rows) {
        List<RowError> errors = new ArrayList<>(rows.size());
        rows.forEach(
                row -> errors.add(new RowError(row.getLong(0), row.getString(1), row.getString(2), row.getString(3))));
        return errors;
    }
}
