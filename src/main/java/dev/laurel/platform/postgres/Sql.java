package dev.laurel.platform.postgres;

import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.platform.meters.ServerTiming;
import dev.laurel.shared.LaurelException.Unavailable;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Cursor;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.PreparedStatement;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Runs statements on PostgreSQL: each in a transaction of its own, unless several are requested in one. */
@ApplicationScoped
public class Sql {
    /** A transaction that exceeded its time limit and has been rolled back. */
    private static final String TRANSACTION_TIMEOUT = "25P04";

    /** A lock that was not free in time, of a statement that waits only for a moment. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** The server has become a standby, like the old primary after a failover. */
    private static final String READ_ONLY = "25006";

    /** Connection errors, refused logins, too many connections, shutting down, starting up, out of disk or memory. */
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "28", "53", "57", "58");

    private static final String ROLLBACK_CLASS = "40";

    private final Pool pool;
    private final PostgresConfig config;
    private volatile long heard = System.nanoTime();
    private volatile boolean ending;

    Sql(Pool pool, PostgresConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * Runs one prepared statement.
     *
     * @return fails with {@link Unavailable} when PostgreSQL is unavailable or over the deadline, with
     *     {@link PgException} when it rejects the statement
     */
    public Uni<RowSet<Row>> run(String statement, Object... arguments) {
        return ServerTiming.noted("sql", within(config.deadline(), statement, arguments));
    }

    /**
     * As {@link #run}, with the patience of a background job. Refused once the service is shutting down, so that a long
     * job ends at its next step, while it can still hand over what it has claimed.
     */
    public Uni<RowSet<Row>> runForJob(String statement, Object... arguments) {
        return ending
                ? Uni.createFrom().failure(Unavailable.overloaded("The service is shutting down"))
                : within(config.jobDeadline(), statement, arguments);
    }

    void refuseJobs(@Observes @Priority(StartOrder.JOBS_END) ShutdownEvent event) {
        ending = true;
    }

    /**
     * As {@link #run}, for a statement that may take effect although its caller got a failure: it is not cancelled at
     * the deadline, and a lost connection does not tell whether it was committed.
     *
     * @param unsure called for each such statement, once it can have no further effect that is not visible
     */
    public Uni<RowSet<Row>> run(Runnable unsure, String statement, Object... arguments) {
        Uni<RowSet<Row>> execution = pool.preparedQuery(statement)
                .execute(Tuple.from(arguments))
                .memoize()
                .indefinitely();
        return bounded(config.deadline(), execution)
                .onFailure(Unavailable.class)
                .invoke(() -> execution.subscribe().with(late -> unsure.run(), lost -> unsure.run()));
    }

    /**
     * Reads the whole result of a statement, as of one moment, page by page; a connection is kept busy meanwhile.
     *
     * @param size rows of the next page
     * @param work on a page, while the next one is read and worked on; no third one
     * @return fails as {@link #run} does, each page within the deadline of a background job, and as the work does
     */
    public Uni<Void> eachPage(
            IntSupplier size, Function<RowSet<Row>, Uni<Void>> work, String statement, Object... arguments) {
        return connection(config.deadline()).chain(connection -> bounded(
                        config.jobDeadline(), connection.begin().chain(() -> connection.prepare(statement)))
                .chain(prepared -> ResultPages.each(page(prepared.cursor(Tuple.from(arguments)), size), work)
                        .onTermination()
                        .invoke(() -> forget(prepared)))
                // Rolls back the transaction, which has changed nothing.
                .onTermination()
                .invoke(connection::closeAndForget));
    }

    private Supplier<Uni<ResultPages.Page>> page(Cursor cursor, IntSupplier size) {
        return () -> bounded(config.jobDeadline(), cursor.read(size.getAsInt()))
                .map(rows -> new ResultPages.Page(rows, cursor.hasMore()));
    }

    /** Behind a pooler, another connection with statements of the same names may reach the same server. */
    private void forget(PreparedStatement prepared) {
        if (config.pooler()) {
            prepared.closeAndForget();
        }
    }

    private Uni<SqlConnection> connection(Duration deadline) {
        Uni<SqlConnection> acquired = pool.getConnection().memoize().indefinitely();
        return bounded(deadline, acquired)
                .onFailure()
                .invoke(() -> giveBack(acquired))
                .onCancellation()
                .invoke(() -> giveBack(acquired));
    }

    private static void giveBack(Uni<SqlConnection> acquired) {
        acquired.subscribe().with(SqlConnection::closeAndForget, ignored -> {});
    }

    /**
     * Runs several statements in one transaction that sees everything as it was when the first of them began, with the
     * patience of a background job. It is rolled back when the work fails, and when the caller gives up.
     *
     * @return fails with {@link Unavailable} when PostgreSQL is unavailable or the work takes too long, with
     *     {@link PgException} when it rejects a statement, and as the work does
     */
    public <T> Uni<T> inSnapshot(Function<Statements, Uni<T>> work) {
        return transaction(config.jobDeadline(), "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", work);
    }

    /**
     * Runs several statements in one transaction, each of which sees what others have committed before it. It is rolled
     * back when the work fails or the caller gives up; PostgreSQL, too, abandons what it waits for at the deadline.
     *
     * @return fails as {@link #inSnapshot} does
     */
    public <T> Uni<T> inTransaction(Function<Statements, Uni<T>> work) {
        String bound = "SET LOCAL transaction_timeout = " + config.deadline().toMillis();
        return ServerTiming.measured("commit", transaction(config.deadline(), bound, work))
                // The victim chosen in a deadlock.
                .onFailure(e -> e instanceof PgException refused && isRollback(refused.getSqlState()))
                .transform(e -> Unavailable.store("PostgreSQL", e));
    }

    private <T> Uni<T> transaction(Duration deadline, String first, Function<Statements, Uni<T>> work) {
        return connection(deadline)
                .chain(connection -> told(connection.begin())
                        .chain(transaction -> told(connection.query(first).execute())
                                .chain(() -> work.apply((statement, arguments) ->
                                        told(connection.preparedQuery(statement).execute(Tuple.from(arguments)))))
                                .call(() -> told(transaction.commit())))
                        // Rolls back a transaction that is not committed.
                        .onTermination()
                        .invoke(connection::closeAndForget))
                .ifNoItem()
                .after(deadline)
                .failWith(() -> Unavailable.slow("PostgreSQL", null));
    }

    private Uni<RowSet<Row>> within(Duration deadline, String statement, Object... arguments) {
        // Deferred, because a job still running after the service has stopped finds no pool.
        return bounded(deadline, Uni.createFrom().deferred(() -> pool.preparedQuery(statement)
                .execute(Tuple.from(arguments))));
    }

    private <T> Uni<T> bounded(Duration deadline, Uni<T> execution) {
        return told(execution.ifNoItem().after(deadline).fail());
    }

    /** Translates failures to the exceptions that callers know. */
    private <T> Uni<T> told(Uni<T> execution) {
        return execution
                .onItemOrFailure()
                .invoke((item, failure) -> {
                    if (failure == null || !isAway(failure)) {
                        heard = System.nanoTime();
                    }
                })
                .onFailure(Sql::isAway)
                .transform(Sql::away)
                .onFailure(e -> e instanceof PgException refused && isBusy(refused.getSqlState()))
                .transform(e -> busy());
    }

    /** Other statements take longer than this one waits for them. */
    static Unavailable busy() {
        return Unavailable.overloaded("Another change takes longer than usual; try again soon");
    }

    static boolean isBusy(String state) {
        return LOCK_NOT_AVAILABLE.equals(state);
    }

    private static Unavailable away(Throwable failure) {
        boolean slow = failure instanceof PgException e && TRANSACTION_TIMEOUT.equals(e.getSqlState());
        return slow ? Unavailable.slow("PostgreSQL", failure) : Unavailable.store("PostgreSQL", failure);
    }

    /** Whether this process has received any reply from PostgreSQL recently. */
    boolean heardWithin(Duration time) {
        return System.nanoTime() - heard < time.toNanos();
    }

    static boolean isRollback(String state) {
        return state != null && state.startsWith(ROLLBACK_CLASS);
    }

    private static boolean isAway(Throwable failure) {
        return !(failure instanceof PgException e) || isAway(e.getSqlState());
    }

    static boolean isAway(String state) {
        return state == null
                || TRANSACTION_TIMEOUT.equals(state)
                || READ_ONLY.equals(state)
                || TRANSIENT_CLASSES.contains(state.substring(0, 2));
    }

    /** The statements of one transaction. */
    public interface Statements {
        Uni<RowSet<Row>> run(String statement, Object... arguments);
    }
}
