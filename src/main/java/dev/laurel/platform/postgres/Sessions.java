package dev.laurel.platform.postgres;

import dev.laurel.platform.async.Contexts;
import dev.laurel.platform.meters.ServerTiming;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.Unavailable;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.exception.ConstraintViolationException;

import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * Hibernate sessions, for definitions that refer to each other. A session is one chain: its steps run one after the
 * other and never concurrently, and no entity leaves it.
 *
 * <p>A chain runs to its end even if its caller gives up, so that its connection is returned in a clean state.
 */
@ApplicationScoped
public class Sessions {
    private static final String UNIQUE_VIOLATION = "23505";

    private final PostgresConfig config;
    private final RequestRole role;

    Sessions(PostgresConfig config, RequestRole role) {
        this.config = config;
        this.role = role;
    }

    /**
     * Reads in a session, each statement on its own.
     *
     * @return fails with {@link Unavailable} when PostgreSQL is unavailable or over the deadline, and as the work
     *     does
     */
    public <T> Uni<T> reading(Supplier<Uni<T>> work) {
        return ServerTiming.noted("sql", bounded(() -> {
            String calls = role.calls();
            return calls == null
                    ? Panache.withSession(work)
                    : Panache.withTransaction(() -> set(calls).chain(work::get));
        }));
    }

    /**
     * Reads and changes in a session and one transaction, which is rolled back when the work fails. PostgreSQL itself
     * ends it at the deadline.
     *
     * @return fails as {@link #reading} does, with {@link UniqueViolation} when something that must be unique
     *     already exists, and as the work does
     */
    public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
        return ServerTiming.measured(
                "commit",
                bounded(() -> Panache.withTransaction(() -> limitTime().chain(work::get))));
    }

    private Uni<Integer> limitTime() {
        String calls = role.calls();
        long millis = config.deadline().toMillis();
        return calls == null
                ? change("set local transaction_timeout = " + millis)
                : set(calls + ", set_config('transaction_timeout', '" + millis + "', true)");
    }

    private static Uni<Integer> set(String calls) {
        return change("select " + calls);
    }

    private static Uni<Integer> change(String statement) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(statement).executeUpdate());
    }

    private <T> Uni<T> bounded(Supplier<Uni<T>> chain) {
        return Contexts.toTheEnd(Uni.createFrom().deferred(chain::get))
                .onFailure()
                .transform(Sessions::known)
                .ifNoItem()
                .after(config.deadline())
                .failWith(() -> Unavailable.store("PostgreSQL", null));
    }

    /** Translates a failure to the exceptions that callers know; Hibernate wraps those of the client as JDBC would. */
    private static Throwable known(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LaurelException) {
                return cause;
            }
            if (cause instanceof ConstraintViolationException violation
                    && UNIQUE_VIOLATION.equals(violation.getSQLState())) {
                return new UniqueViolation(violation.getConstraintName());
            }
            if (cause instanceof SQLException refused) {
                if (PostgresFailures.isBusy(refused.getSQLState())) {
                    return PostgresFailures.busy();
                }
                return isPassing(refused.getSQLState()) ? Unavailable.store("PostgreSQL", failure) : failure;
            }
            if (cause instanceof IOException || cause instanceof VertxException) {
                return Unavailable.store("PostgreSQL", failure);
            }
        }
        return failure;
    }

    private static boolean isPassing(String state) {
        return PostgresFailures.isAway(state) || PostgresFailures.isRollback(state);
    }
}
