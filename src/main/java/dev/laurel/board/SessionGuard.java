package dev.laurel.board;

import dev.laurel.platform.postgres.PostgresConfig;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.HibernateException;

import java.io.IOException;
import java.util.function.Supplier;

/** Gives work in a session of Hibernate its deadline, and its failures the names that clients are told. */
@ApplicationScoped
class SessionGuard {
    private static final String UNIQUE_VIOLATION = "23505";

    private final PostgresConfig config;

    SessionGuard(PostgresConfig config) {
        this.config = config;
    }

    /**
     * Runs work.
     *
     * @return its result; fails with {@link Unavailable} when PostgreSQL is away or over the deadline, with
     *     {@link Conflict} when somebody else has created the same board
     */
    <T> Uni<T> run(Supplier<Uni<? extends T>> work) {
        return Uni.createFrom()
                .<T>deferred(work)
                .ifNoItem()
                .after(config.deadline())
                .failWith(() -> Unavailable.store("PostgreSQL", null))
                .onFailure(SessionGuard::isUniqueViolation)
                .transform(e -> new Conflict("The board has just been created by somebody else"))
                .onFailure(SessionGuard::isAway)
                .transform(e -> Unavailable.store("PostgreSQL", e));
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof HibernateException
                || failure instanceof PgException
                || failure instanceof VertxException
                || failure instanceof IOException;
    }

    private static boolean isUniqueViolation(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException e && UNIQUE_VIOLATION.equals(e.getSqlState())) {
                return true;
            }
        }
        return false;
    }
}
