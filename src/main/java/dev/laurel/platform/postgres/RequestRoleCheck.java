package dev.laurel.platform.postgres;

import dev.laurel.platform.lifecycle.StartRefused;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Prepares the role of requests, and refuses to start where policies would not hold for it. */
@ApplicationScoped
class RequestRoleCheck {
    private static final int MAX_NAMED = 5;

    /** Each table is locked for a moment, and others wait for that: it must not wait long for a statement under way. */
    private static final String PATIENCE = "SET LOCAL lock_timeout = '100ms'";

    private static final int RETRIES = 60;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final String CREATE = "SELECT create_role_of_requests($1)";
    private static final String TABLES = "SELECT t.t::oid::bigint FROM tables_of_requests() AS t (t)";
    private static final String SEPARATE = "SELECT separate_tenants_in(($2::bigint)::oid::regclass, $1)";
    private static final String FAULTS = "SELECT f FROM faults_of_role_of_requests($1) AS f";

    private final Sql sql;
    private final RequestRole role;

    RequestRoleCheck(Sql sql, RequestRole role) {
        this.sql = sql;
        this.role = role;
    }

    /**
     * Ends the start when the role is configured and something is wrong with it.
     *
     * @param mayChange whether this process may prepare it
     */
    Uni<Void> require(boolean mayChange) {
        return role.isOn() ? require(role.name(), mayChange) : Uni.createFrom().voidItem();
    }

    private Uni<Void> require(String name, boolean mayChange) {
        return faults(name)
                .chain(found -> found.isEmpty() || !mayChange
                        ? Uni.createFrom().item(found)
                        : prepare(name).chain(() -> faults(name)))
                .onFailure(PgException.class)
                .transform(refused -> StartRefused.because("The role " + name
                        + " for requests could not be prepared: " + refused.getMessage()
                        + ". A superuser can: CREATE ROLE " + name
                        + " NOLOGIN; and GRANT it to the role of the service WITH SET TRUE, INHERIT FALSE"))
                .invoke(found -> {
                    if (!found.isEmpty()) {
                        throw StartRefused.because(problem(name, found));
                    }
                })
                .replaceWithVoid();
    }

    static String problem(String name, List<String> faults) {
        int more = faults.size() - MAX_NAMED;
        return "Requests cannot run under the role " + name + ": "
                + String.join("; ", faults.subList(0, Math.min(MAX_NAMED, faults.size())))
                + (more > 0 ? "; and " + more + " more" : "")
                + ". Run the service once with --migrate, or see docs/security.md";
    }

    /** Why policies would not hold for a role, or requests could not work under it. */
    Uni<List<String>> faults(String name) {
        return sql.runForJob(FAULTS, name).map(rows -> {
            List<String> faults = new ArrayList<>();
            rows.forEach(row -> faults.add(row.getString(0)));
            return faults;
        });
    }

    /** Table by table: none is locked while another one is waited for. */
    Uni<Void> prepare(String name) {
        return sql.runForJob(CREATE, name)
                .chain(() -> sql.runForJob(TABLES))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> separate(name, row.getLong(0)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> separate(String name, long table) {
        return sql.inTransaction(
                        transaction -> transaction.run(PATIENCE).chain(() -> transaction.run(SEPARATE, name, table)))
                .onFailure(failure -> !(failure instanceof PgException))
                .retry()
                .withBackOff(PAUSE, LONGEST_PAUSE)
                .atMost(RETRIES)
                .replaceWithVoid();
    }
}
