package dev.laurel.tier;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.cache.NearCache;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.PreconditionFailed;
import dev.laurel.shared.Precondition;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The definitions of tiers, in PostgreSQL. Every method fails with {@link NotFound} for an unknown board. */
@Startup
@ApplicationScoped
public class TierDefinitions {
    private static final int MAX_CACHED = 10_000;

    /** Other processes learn of a change and of an upload within this time. */
    private static final Duration CACHED_FOR = Duration.ofSeconds(1);

    private static final int BYTES = 1_500;

    private static final String COLUMNS = "number, revision, drops, tiers::text";
    private static final String OF_BOARD = "SELECT " + COLUMNS + " FROM board_tiers WHERE board_id = $1";

    /** Changes of the tiers of a board come one after the other, and not after the end of the board. */
    private static final String LOCK = "SELECT id FROM board WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE";

    private static final String WRITE = """
            INSERT INTO board_tiers (board_id, tenant_id, tiers) VALUES ($1, $2, $3::text::jsonb)
            ON CONFLICT (board_id) DO UPDATE SET tiers = excluded.tiers, revision = board_tiers.revision + 1, updated_at = now()
            RETURNING\s""" + COLUMNS;

    private static final String REMOVE = "DELETE FROM board_tiers WHERE board_id = $1";
    private static final String DROP = "UPDATE board_tiers SET drops = drops + 1 WHERE board_id = $1";

    private final Boards boards;
    private final Sql sql;
    private final NearCache<Key, Optional<BoardTiers>> cache;
    private final AtomicLong changes = new AtomicLong();

    TierDefinitions(Boards boards, Sql sql, Caches caches) {
        this.boards = boards;
        this.sql = sql;
        this.cache = new NearCache<>(
                CacheKind.of("tier-definitions", CACHED_FOR, BYTES).addressed(), MAX_CACHED, caches);
    }

    /** The tiers of a board; fails with {@link NotFound} when it has none. */
    public Uni<BoardTiers> get(String board) {
        return boards.get(board).chain(found -> read(sql::run, found)).map(found -> require(found, board));
    }

    /** As {@link #get}, of a second ago at most; empty when the board has none. */
    Uni<Optional<BoardTiers>> of(Board board) {
        return cache.get(Key.of(board), () -> read(sql::run, board));
    }

    static BoardTiers require(Optional<BoardTiers> found, String board) {
        return found.orElseThrow(() -> new NotFound("Board " + board + " has no tiers"));
    }

    /**
     * Gives a board tiers, or others.
     *
     * @return fails with {@link InvalidInput} naming every field that is wrong, and with {@link PreconditionFailed}
     */
    public Uni<Change> put(String board, TierDefinition definition, Precondition precondition) {
        return boards.refresh(board).chain(found -> {
            definition.require(found.definition());
            return forgetting(found, sql.inTransaction(transaction -> lock(transaction, found)
                    .chain(() -> read(transaction, found))
                    .invoke(before -> require(precondition, before))
                    .chain(before -> transaction
                            .run(WRITE, found.id(), found.tenant().id(), TierDocument.write(definition))
                            .map(rows -> new Change(first(rows).orElseThrow(), before.isEmpty())))));
        });
    }

    /**
     * Takes the tiers off a board.
     *
     * @return fails with {@link NotFound} when it has none, and with {@link PreconditionFailed}
     */
    public Uni<Void> delete(String board, Precondition precondition) {
        return boards.get(board)
                .chain(found -> forgetting(found, sql.inTransaction(transaction -> lock(transaction, found)
                        .chain(() -> read(transaction, found))
                        .invoke(before -> require(precondition, before))
                        .map(before -> require(before, board))
                        .chain(() -> transaction.run(REMOVE, found.id())))))
                .replaceWithVoid();
    }

    /** Outdates all that has been computed of a board's tiers: here at once, in other processes within a second. */
    public Uni<Void> drop(Board board) {
        return forgetting(board, sql.run(DROP, board.id())).replaceWithVoid();
    }

    /** A number that grows with every change by this process. */
    long changes() {
        return changes.get();
    }

    private static Uni<Void> lock(Statements transaction, Board board) {
        return transaction
                .run(LOCK, board.id())
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw new NotFound("There is no board " + board.name());
                    }
                })
                .replaceWithVoid();
    }

    private static void require(Precondition precondition, Optional<BoardTiers> before) {
        precondition.require(
                "definition of tiers", before.map(BoardTiers::version).orElse(null));
    }

    private static Uni<Optional<BoardTiers>> read(Statements statements, Board board) {
        return statements.run(OF_BOARD, board.id()).map(TierDefinitions::first);
    }

    private static Optional<BoardTiers> first(RowSet<Row> rows) {
        return rows.stream()
                .findFirst()
                .map(row -> new BoardTiers(
                        row.getLong(0), row.getInteger(1), row.getLong(2), TierDocument.read(row.getString(3))));
    }

    /** Whatever the outcome: when PostgreSQL becomes unavailable, it is unknown. */
    private <T> Uni<T> forgetting(Board board, Uni<T> change) {
        return change.onTermination().invoke(() -> {
            cache.forget(Key.of(board));
            changes.incrementAndGet();
        });
    }

    private record Key(BoardName board, int number) implements CacheKey {
        static Key of(Board board) {
            return new Key(board.fullName(), board.id());
        }

        @Override
        public KeyAddress address() {
            return KeyAddress.of(board.tenant(), "tier", board.name(), "definition");
        }
    }

    /** The result of writing a definition. */
    public record Change(BoardTiers tiers, boolean created) {}
}
