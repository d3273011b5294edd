package dev.laurel.imports;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The saved mappings of boards. */
@ApplicationScoped
public class ImportMappings {
    /** Maximum number of mappings of a board. */
    public static final int MAX = 100;

    private static final String ALL =
            "SELECT name, mapping, changed_at FROM import_mapping WHERE board_id = $1 ORDER BY name";

    private static final String ONE =
            "SELECT name, mapping, changed_at FROM import_mapping WHERE board_id = $1 AND name = $2";

    private static final String PUT = """
            INSERT INTO import_mapping AS m (tenant_id, board_id, name, mapping, changed_at)
            SELECT $1, $2, $3, $4, $5
            WHERE (SELECT count(*) FROM import_mapping o WHERE o.board_id = $2 AND o.name <> $3) < $6
            ON CONFLICT (board_id, name) DO UPDATE SET mapping = excluded.mapping, changed_at = excluded.changed_at""";

    private static final String DELETE = "DELETE FROM import_mapping WHERE board_id = $1 AND name = $2";

    private final Boards boards;
    private final Sql sql;
    private final Clock clock;

    ImportMappings(Boards boards, Sql sql, Clock clock) {
        this.boards = boards;
        this.sql = sql;
        this.clock = clock;
    }

    /** Those of a board, by name; fails with {@link NotFound} when there is no such board. */
    public Uni<List<Mapping>> all(String boardName) {
        return boards.get(boardName).chain(board -> sql.run(ALL, board.id())).map(rows -> {
            List<Mapping> all = new ArrayList<>(rows.size());
            rows.forEach(row -> all.add(mapping(row)));
            return all;
        });
    }

    /** One of them; fails with {@link NotFound} when there is none. */
    public Uni<Mapping> get(String boardName, String name) {
        return boards.get(boardName).chain(board -> sql.run(ONE, board.id(), name)
                .map(rows -> rows.size() == 0 ? null : mapping(rows.iterator().next()))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(board, name)));
    }

    /**
     * Saves a mapping.
     *
     * @param text as {@link MappingText} writes it
     * @return fails with {@link NotFound} when there is no such board, with {@link Conflict} when it has too many, with
     *     {@link InvalidInput} for a name that breaks the rules
     */
    public Uni<Mapping> put(String boardName, String name, String text) {
        Ids.require("mapping", name);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        return boards.get(boardName)
                .chain(board -> sql.run(PUT, board.tenant().id(), board.id(), name, text, at, (long) MAX))
                .map(rows -> {
                    if (rows.rowCount() == 0) {
                        throw new Conflict("Board " + boardName + " has " + MAX + " mappings; delete one first");
                    }
                    return new Mapping(name, text, now);
                });
    }

    /** Deletes a mapping; fails with {@link NotFound} when there is none. */
    public Uni<Void> delete(String boardName, String name) {
        return boards.get(boardName)
                .chain(board -> sql.run(DELETE, board.id(), name).invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw unknown(board, name);
                    }
                }))
                .replaceWithVoid();
    }

    private static NotFound unknown(Board board, String name) {
        return new NotFound("Board " + board.name() + " has no mapping " + name);
    }

    private static Mapping mapping(Row row) {
        return new Mapping(
                row.getString(0), row.getString(1), row.getOffsetDateTime(2).toInstant());
    }

    /**
     * A saved mapping.
     *
     * @param text as {@link MappingText} writes it
     */
    public record Mapping(String name, String text, Instant changedAt) {}
}
