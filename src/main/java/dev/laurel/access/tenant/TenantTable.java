package dev.laurel.access.tenant;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The rows of tenants. A row stays when its tenant is removed: others refer to its number, which is never used again. */
@ApplicationScoped
class TenantTable {
    /** What fits into the number of a tenant, with room. */
    private static final int EVER = 30_000;

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String DEADLOCK = "40P01";
    private static final int DEADLOCK_RETRIES = 3;

    private static final String COLUMNS = """
            id, name, title, max_boards, max_players, max_events_per_second, max_upload_bytes, created_at""";

    private static final String ALL = "SELECT " + COLUMNS + " FROM tenant WHERE removed_at IS NULL ORDER BY id";

    /** Differs after every change: no change takes back what another has added to it. */
    private static final String VERSION = "SELECT sum(revision)::bigint FROM tenant";

    private static final String FIND =
            "SELECT " + COLUMNS + " FROM tenant WHERE name = $1 AND removed_at IS NULL FOR UPDATE";

    /** A number is spent only when there is something to write. */
    private static final String REGISTER = """
            INSERT INTO tenant (name, title, max_boards, max_players, max_events_per_second, max_upload_bytes)
            SELECT $1, $2, $3, $4, $5, $6 WHERE (SELECT count(*) FROM tenant) < $7
            RETURNING""" + " " + COLUMNS;

    private static final String CHANGE = """
            UPDATE tenant SET title = $2, max_boards = $3, max_players = $4, max_events_per_second = $5,
                max_upload_bytes = $6, revision = revision + 1
            WHERE id = $1 RETURNING""" + " " + COLUMNS;

    private static final String HOLDS = """
            SELECT (SELECT count(*) FROM board WHERE tenant_id = $1 AND deleted_at IS NULL),
                EXISTS (SELECT FROM player WHERE tenant_id = $1)""";

    private static final String REMOVE =
            "UPDATE tenant SET removed_at = clock_timestamp(), revision = revision + 1 WHERE id = $1";

    private final Sql sql;

    TenantTable(Sql sql) {
        this.sql = sql;
    }

    /** All that there are, ordered by number. */
    Uni<List<RegisteredTenant>> all() {
        return sql.run(ALL).map(rows -> {
            List<RegisteredTenant> tenants = new ArrayList<>(rows.size());
            rows.forEach(row -> tenants.add(tenant(row)));
            return tenants;
        });
    }

    /** A number that is another one after every change. */
    Uni<Long> version() {
        return sql.run(VERSION).map(rows -> rows.iterator().next().getLong(0));
    }

    /** @return fails with {@link Conflict} when the name is taken, or when there have been too many */
    Uni<RegisteredTenant> register(String name, TenantDefinition definition) {
        return sql.inTransaction(transaction -> transaction
                        .run(FIND, name)
                        .invoke(found -> {
                            if (found.size() > 0) {
                                throw taken(name);
                            }
                        })
                        .chain(() -> transaction.run(REGISTER, arguments(name, definition, EVER)))
                        .map(rows -> first(
                                rows, () -> new Conflict("There have been " + EVER + " tenants, and no more fit"))))
                // The first tenant brings triggers to all tables, which others are using.
                .onFailure(TenantTable::isDeadlock)
                .retry()
                .atMost(DEADLOCK_RETRIES)
                .onFailure(e -> e instanceof PgException known && UNIQUE_VIOLATION.equals(known.getSqlState()))
                .transform(e -> taken(name));
    }

    private static boolean isDeadlock(Throwable failure) {
        return failure.getCause() instanceof PgException reason && DEADLOCK.equals(reason.getSqlState());
    }

    private static Conflict taken(String name) {
        return new Conflict("There is a tenant " + name + " already");
    }

    /** @return fails with {@link NotFound} when there is none, and as the work does */
    Uni<RegisteredTenant> change(String name, UnaryOperator<TenantDefinition> work) {
        return sql.inTransaction(transaction -> found(transaction, name)
                        .chain(now ->
                                transaction.run(CHANGE, arguments(now.tenant().id(), work.apply(now.definition())))))
                .map(rows -> tenant(rows.iterator().next()));
    }

    /** @return fails with {@link NotFound} when there is none, with {@link Conflict} while it has boards or players */
    Uni<Void> remove(String name) {
        return sql.inTransaction(transaction -> found(transaction, name)
                        .call(now -> transaction.run(HOLDS, now.tenant().id()).invoke(rows -> requireEmpty(name, rows)))
                        .chain(now -> transaction.run(REMOVE, now.tenant().id())))
                .replaceWithVoid();
    }

    private static void requireEmpty(String name, RowSet<Row> rows) {
        Row holds = rows.iterator().next();
        if (holds.getLong(0) > 0) {
            throw new Conflict("Tenant " + name + " has " + holds.getLong(0) + " boards; delete them first");
        }
        if (holds.getBoolean(1)) {
            throw new Conflict("Tenant " + name + " has records of players; delete them first");
        }
    }

    private static Uni<RegisteredTenant> found(Statements transaction, String name) {
        return transaction.run(FIND, name).map(rows -> first(rows, () -> TenantRegistry.unknown()));
    }

    private static RegisteredTenant first(RowSet<Row> rows, Supplier<RuntimeException> otherwise) {
        if (rows.size() == 0) {
            throw otherwise.get();
        }
        return tenant(rows.iterator().next());
    }

    private static Object[] arguments(Object first, TenantDefinition definition, Object... further) {
        Quotas quotas = definition.quotas();
        List<Object> arguments = new ArrayList<>(Arrays.asList(
                first,
                definition.title(),
                quotas.boards(),
                quotas.players(),
                quotas.eventsPerSecond(),
                quotas.uploadBytes()));
        arguments.addAll(Arrays.asList(further));
        return arguments.toArray();
    }

    private static RegisteredTenant tenant(Row row) {
        return new RegisteredTenant(
                new Tenant(row.getShort(0)),
                row.getString(1),
                new TenantDefinition(
                        row.getString(2),
                        new Quotas(row.getInteger(3), row.getLong(4), row.getInteger(5), row.getLong(6))),
                row.getOffsetDateTime(7) == null
                        ? null
                        : row.getOffsetDateTime(7).toInstant());
    }
}
