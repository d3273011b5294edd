package dev.laurel.board;

import dev.laurel.access.BoardPatterns;
import dev.laurel.access.tenant.BoardRoom;
import dev.laurel.board.Boards.Change;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.Period;
import dev.laurel.shared.Precondition;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The boards in PostgreSQL. Each change is one transaction under the board's lock, which writers of events share. */
@ApplicationScoped
class BoardTable {
    /** The row is found before the lock is requested, not the other way round. */
    private static final String LOCK = """
            with living as materialized (select id from board where tenant_id = $1 and name = $2 and deleted_at is null)
            select living.id from living, pg_advisory_xact_lock(76, living.id)""";

    /** Events and baselines. The row of a player whose standings have all been taken back stays, and holds nothing. */
    private static final String HOLDS = """
            select exists (select from standing where board_id = $1
                and coalesce(d_window, w_window, m_window, y_window, a_window, s_window) is not null),
                exists (select from season_baseline where board_id = $1)""";

    private static final String UNIQUE_VIOLATION = "23505";

    private final Sql sql;
    private final Pulse pulse;
    private final Instance<PeriodsAdded> periodsAdded;
    private final BoardRoom room;
    private final Clock clock;

    BoardTable(Sql sql, Pulse pulse, @Any Instance<PeriodsAdded> periodsAdded, BoardRoom room, Clock clock) {
        this.sql = sql;
        this.pulse = pulse;
        this.periodsAdded = periodsAdded;
        this.room = room;
        this.clock = clock;
    }

    /** The board with the given name; null when there is none. */
    Uni<Board> living(BoardName board) {
        return sql.run(BoardRow.LIVING, board.tenant().id(), board.name()).map(BoardRow::first);
    }

    /** A page of a tenant's boards with such names, ordered by name. */
    Uni<PageResult<Board>> page(Tenant tenant, BoardPatterns patterns, PageRequest page) {
        String[] names = patterns.asLike();
        return pulse.whileAlive(Uni.combine()
                .all()
                .unis(
                        sql.run(BoardRow.PAGE, tenant.id(), names, page.limit(), page.offset()),
                        sql.run(BoardRow.COUNT, tenant.id(), names))
                .with((found, count) -> new PageResult<>(
                        found.stream().map(BoardRow::board).toList(),
                        count.iterator().next().getLong(0))));
    }

    /**
     * Creates a board or replaces its definition.
     *
     * @return fails as {@link Boards#put} does, or with {@link Conflict} when it has been created by another
     *     request meanwhile
     */
    Uni<Change> put(BoardName name, BoardDefinition definition, ChangeTerms terms) {
        return violated(name, before -> definition)
                .chain(violated -> BoardRow.told(sql.inTransaction(transaction -> lock(transaction, name)
                        .invoke(found -> require(terms.precondition(), found))
                        .chain(found -> found == null
                                ? create(transaction, name, definition)
                                : change(transaction, found, definition, terms, violated)
                                        .map(board -> new Change(board, false))))));
    }

    /** Changes a part of a definition; fails as {@link Boards#change} does. */
    Uni<Board> change(BoardName name, UnaryOperator<BoardDefinition> work, ChangeTerms terms) {
        return violated(name, work)
                .chain(violated -> BoardRow.told(sql.inTransaction(transaction -> lock(transaction, name)
                        .invoke(found -> require(terms.precondition(), found))
                        .onItem()
                        .ifNull()
                        .failWith(() -> Boards.unknown(name))
                        .chain(found -> change(transaction, found, work.apply(found.definition()), terms, violated)))));
    }

    /** Queried before the change rather than under its lock, because the ledger may be long. */
    private Uni<List<String>> violated(BoardName name, UnaryOperator<BoardDefinition> work) {
        return living(name).chain(board -> NarrowerBounds.violated(sql, board, work));
    }

    private Uni<Change> create(Statements transaction, BoardName name, BoardDefinition definition) {
        return room.require(transaction, name.tenant())
                .chain(() -> transaction.run(BoardRow.CREATE, BoardRow.creation(name, clock.instant(), definition)))
                .map(created -> new Change(BoardRow.first(created), true))
                .onFailure(e -> e instanceof PgException known && UNIQUE_VIOLATION.equals(known.getSqlState()))
                .transform(
                        e -> new Conflict("Board " + name.name() + " was created by another request at the same time"));
    }

    private Uni<Board> change(
            Statements transaction, Board board, BoardDefinition definition, ChangeTerms terms, List<String> violated) {
        return transaction
                .run(HOLDS, board.id())
                .map(rows -> rows.iterator().next())
                .map(row -> new Board.Content(row.getBoolean(0), row.getBoolean(1)))
                .chain(content -> change(
                        transaction,
                        board,
                        definition.following(board.definition(), content),
                        terms,
                        new ChangeConsequences.Bounds(content, violated)));
    }

    private Uni<Board> change(
            Statements transaction,
            Board board,
            BoardDefinition definition,
            ChangeTerms terms,
            ChangeConsequences.Bounds bounds) {
        board.requireFixed(definition, bounds.content());
        return requireConfirmed(transaction, board, definition, terms, bounds)
                .chain(() ->
                        transaction.run(BoardRow.DEFINE, BoardRow.definition(board.id(), clock.instant(), definition)))
                .map(BoardRow::first)
                .call(changed -> NarrowerBounds.requireWithinRange(transaction, board, changed))
                .call(changed -> addPeriods(transaction, board, changed))
                .chain(changed -> transaction.run(BoardRow.BY_ID, changed.id()))
                .map(BoardRow::first);
    }

    private Uni<Void> requireConfirmed(
            Statements transaction,
            Board board,
            BoardDefinition definition,
            ChangeTerms terms,
            ChangeConsequences.Bounds bounds) {
        return terms.confirmed()
                ? Uni.createFrom().voidItem()
                : ChangeConsequences.of(transaction, board, definition, clock.instant(), bounds)
                        .invoke(ChangeConsequences::requireNone)
                        .replaceWithVoid();
    }

    /** Prepares the periods that a change adds, in the transaction of the change. */
    private Uni<Void> addPeriods(Statements transaction, Board before, Board changed) {
        Set<Period> added = new HashSet<>(changed.definition().periods());
        added.removeAll(before.definition().periods());
        return added.isEmpty()
                ? Uni.createFrom().voidItem()
                : inTurn(concerned -> concerned.added(transaction, changed, Set.copyOf(added)));
    }

    private Uni<Void> inTurn(Function<PeriodsAdded, Uni<Void>> work) {
        return periodsAdded.stream()
                .map(concerned -> Uni.createFrom().voidItem().chain(() -> work.apply(concerned)))
                .reduce(Uni.createFrom().voidItem(), (done, next) -> done.chain(() -> next));
    }

    /** Writes the seasons that the work returns, given the board as it is now. */
    Uni<Board> seasons(BoardName name, BiFunction<Statements, Board, Uni<List<Season>>> work) {
        return alone(name, (transaction, board) -> work.apply(transaction, board)
                .chain(seasons ->
                        transaction.run(BoardRow.SET_SEASONS, board.id(), now(), BoardRow.SeasonList.write(seasons)))
                .map(BoardRow::first)
                .call(changed -> inTurn(concerned -> concerned.seasonsChanged(transaction, board, changed)))
                .chain(changed -> transaction.run(BoardRow.BY_ID, changed.id())));
    }

    /** Writes the instant that the work returns, given the board as it is now; null for no freeze. */
    Uni<Board> freeze(BoardName name, Function<Board, Instant> work) {
        return alone(
                name,
                (transaction, board) ->
                        transaction.run(BoardRow.SET_FREEZE, board.id(), now(), BoardRow.argument(work.apply(board))));
    }

    /** Deletes a board; returns its last state. */
    Uni<Board> delete(BoardName name, Precondition precondition) {
        return alone(name, (transaction, board) -> {
            require(precondition, board);
            return transaction.run(BoardRow.DELETE, board.id(), now());
        });
    }

    private static void require(Precondition precondition, Board found) {
        precondition.require("board", found == null ? null : found.version());
    }

    private OffsetDateTime now() {
        return BoardRow.argument(clock.instant());
    }

    /**
     * Runs a statement that writes to a board under its exclusive lock.
     *
     * @return the board after it; fails with {@link NotFound} when there is none
     */
    private Uni<Board> alone(BoardName name, BiFunction<Statements, Board, Uni<RowSet<Row>>> work) {
        return sql.inTransaction(transaction -> lock(transaction, name)
                .onItem()
                .ifNull()
                .failWith(() -> Boards.unknown(name))
                .chain(board -> work.apply(transaction, board))
                .map(BoardRow::first));
    }

    /**
     * Waits until no batch is being written to the named board, and blocks new ones until the end. The board is read
     * only after the lock has been acquired: the waiting statement itself sees the state before.
     *
     * @return null when the board does not exist, or no longer exists
     */
    private static Uni<Board> lock(Statements transaction, BoardName name) {
        return transaction.run(LOCK, name.tenant().id(), name.name()).chain(locked -> {
            var living = locked.iterator();
            return living.hasNext()
                    ? transaction
                            .run(BoardRow.BY_ID, living.next().getInteger(0))
                            .map(BoardRow::first)
                    : Uni.createFrom().nullItem();
        });
    }
}
