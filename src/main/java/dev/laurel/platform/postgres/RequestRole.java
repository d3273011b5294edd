package dev.laurel.platform.postgres;

import dev.laurel.platform.tenant.VisibleRows;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

import java.util.regex.Pattern;

/**
 * The role that statements of requests run under, if one is configured: row-level security shows it the rows of the request's
 * tenant alone. It is taken on for one transaction, so that connections are shared with all other statements.
 */
@Singleton
public class RequestRole {
    /** Needs no quotes, and cannot end what it stands in. */
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private static final String BEGIN = "BEGIN;";
    private static final String COMMIT = "COMMIT";

    /** Null where there is none. */
    private volatile String name;

    RequestRole(PostgresConfig config) {
        use(config.requestRole().orElse(null));
    }

    /** @param role null for none */
    final void use(String role) {
        if (role != null && !NAME.matcher(role).matches()) {
            throw new IllegalArgumentException(
                    "laurel.postgres.request-role must consist of lower-case letters, digits and underscores");
        }
        name = role;
    }

    /** Whether there is one. */
    public boolean isOn() {
        return name != null;
    }

    /** Null where there is none. */
    String name() {
        return name;
    }

    /** Statements to add to a transaction that the running request begins; null where it runs under the role of the service. */
    String settings() {
        String role = name;
        String rows = role == null ? null : VisibleRows.of(Vertx.currentContext());
        return rows == null ? null : "SET LOCAL ROLE " + role + ";SET LOCAL laurel.tenants='" + rows + "'";
    }

    /** The same as the items of a SELECT. */
    String calls() {
        String role = name;
        String rows = role == null ? null : VisibleRows.of(Vertx.currentContext());
        return rows == null
                ? null
                : "set_config('role', '" + role + "', true), set_config('laurel.tenants', '" + rows + "', true)";
    }

    /**
     * Runs a statement in a transaction of its own. All that it takes is sent at once, so it costs no further round trip. It goes
     * on to its end even if the caller gives up.
     *
     * @param settings as {@link #settings} returned them
     */
    static Uni<RowSet<Row>> run(Pool pool, String settings, String statement, Tuple arguments) {
        return pool.getConnection().chain(connection -> together(connection, settings, statement, arguments)
                .onTermination()
                .invoke(connection::closeAndForget));
    }

    private static Uni<RowSet<Row>> together(
            SqlConnection connection, String settings, String statement, Tuple arguments) {
        return Uni.combine()
                .all()
                .unis(
                        connection.query(BEGIN + settings).execute(),
                        connection.preparedQuery(statement).execute(arguments),
                        connection.query(COMMIT).execute())
                .collectFailures()
                .with((begun, rows, committed) -> rows)
                // The first is the reason of the others.
                .onFailure(CompositeException.class)
                .transform(all -> all.getCauses().get(0));
    }
}
