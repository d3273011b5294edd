package dev.laurel.platform.postgres;

import dev.laurel.platform.async.Contexts;
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
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Runs statements on PostgreSQL: each in a transaction of its own, unless several are requested in one. */
@ApplicationScoped
public class Sql {
    private final Pool pool;
    private final PostgresConfig config;
    private final RequestRole role;
    private volatile long heard = System.nanoTime();
    private volatile boolean ending;

    Sql(Pool pool, PostgresConfig config, RequestRole role) {
        this.pool = pool;
        this.config = config;
        this.role = role;
    }

    /**
     * Runs one prepared statement.
     *
     * @return fails with {@link Unavailable} when PostgreSQL is unavailable or over the deadline, with
     *     {@link PgException} when it rejects the statement
     */
    public Uni<RowSet<Row>> run(String statement, Object... arguments) {
        return ServerTiming.noted("sql", bounded(config.deadline(), ofRequest(statement, arguments)));
    }

    /** As {@link #run}, for a statement about things of several tenants, which a request causes but does not ask for. */
    public Uni<RowSet<Row>> runForAll(String statement, Object... arguments) {
        return ServerTiming.noted("sql", bounded(config.deadline(), ofService(statement, arguments)));
    }

    /**
     * As {@link #run}, with the patience of a background job. Refused once the service is shutting down, so that a long
     * job ends at its next step, while it can still hand over what it has claimed.
     */
    public Uni<RowSet<Row>> runForJob(String statement, Object... arguments) {
        return ending
                ? Uni.createFrom().failure(Unavailable.overloaded("The service is shutting down"))
                : bounded(config.jobDeadline(), ofService(statement, arguments));
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
        Uni<RowSet<Row>> execution = ofRequest(statement, arguments).memoize().indefinitely();
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
                .onFailure(e -> e instanceof PgException refused && PostgresFailures.isRollback(refused.getSqlState()))
                .transform(e -> Unavailable.store("PostgreSQL", e));
    }

    private <T> Uni<T> transaction(Duration deadline, String bound, Function<Statements, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            String settings = role.settings();
            return begun(deadline, settings == null ? bound : bound + ";" + settings, work);
        });
    }

    private <T> Uni<T> begun(Duration deadline, String first, Function<Statements, Uni<T>> work) {
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

    private Uni<RowSet<Row>> ofRequest(String statement, Object... arguments) {
        return Uni.createFrom().deferred(() -> {
            String settings = role.settings();
            return settings == null
                    ? pool.preparedQuery(statement).execute(Tuple.from(arguments))
                    : Contexts.toTheEnd(RequestRole.run(pool, settings, statement, Tuple.from(arguments)));
        });
    }

    private Uni<RowSet<Row>> ofService(String statement, Object... arguments) {
        // Deferred, because a job still running after the service has stopped finds no pool.
        return Uni.createFrom().deferred(() -> pool.preparedQuery(statement).execute(Tuple.from(arguments)));
    }

    private <T> Uni<T> bounded(Duration deadline, Uni<T> execution) {
        return told(execution.ifNoItem().after(deadline).fail());
    }

    /** Translates failures to the exceptions that callers know. */
    private <T> Uni<T> told(Uni<T> execution) {
        return execution
                .onItemOrFailure()
                .invoke((item, failure) -> {
                    if (failure == null || !PostgresFailures.isAway(failure)) {
                        heard = System.nanoTime();
                    }
                })
                .onFailure(PostgresFailures::isAway)
                .transform(PostgresFailures::away)
                .onFailure(PostgresFailures::isBusy)
                .transform(e -> PostgresFailures.busy());
    }

    /** Whether this process has received any reply from PostgreSQL recently. */
    boolean heardWithin(Duration time) {
        return System.nanoTime() - heard < time.toNanos();
    }

    /** The statements of one transaction. */
    public interface Statements {
        Uni<RowSet<Row>> run(String statement, Object... arguments);
    }
}
