package dev.laurel.auditlog;

import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/** Reads the audit log. */
@ApplicationScoped
public class AuditEntries {
    private static final String NEWEST = "SELECT " + AuditEntry.COLUMNS + " FROM " + AuditEntry.TABLES + " WHERE "
            + AuditQuery.CONDITION + " AND l.id < $8 ORDER BY l.id DESC LIMIT $9";

    private static final String OLDEST = "SELECT " + AuditEntry.COLUMNS + " FROM " + AuditEntry.TABLES + " WHERE "
            + AuditQuery.CONDITION + " AND l.id > $8 ORDER BY l.id LIMIT $9";

    private static final String COUNT = "SELECT count(*) FROM (SELECT FROM audit_log l WHERE " + AuditQuery.CONDITION
            + " AND l.id > $8 LIMIT $9) n";

    private final Sql sql;
    private final Pulse pulse;

    AuditEntries(Sql sql, Pulse pulse) {
        this.sql = sql;
        this.pulse = pulse;
    }

    /** So many entries before one of this number, newest first. */
    public Uni<List<AuditEntry>> before(long number, AuditQuery query, int most) {
        return entries(NEWEST, query, number, most);
    }

    /** So many entries after the one of this number, oldest first. */
    public Uni<List<AuditEntry>> after(long number, AuditQuery query, int most) {
        return entries(OLDEST, query, number, most);
    }

    private Uni<List<AuditEntry>> entries(String statement, AuditQuery query, long number, int most) {
        return pulse.whileAlive(sql.run(statement, arguments(query, number, most)))
                .map(rows -> {
                    List<AuditEntry> entries = new ArrayList<>(rows.size());
                    rows.forEach(row -> entries.add(AuditEntry.of(row)));
                    return entries;
                });
    }

    /** How many there are, but not more than so many. */
    public Uni<Long> count(AuditQuery query, int most) {
        return pulse.whileAlive(sql.run(COUNT, arguments(query, 0, most)))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static Object[] arguments(AuditQuery query, long number, int most) {
        List<Object> arguments = new ArrayList<>(query.arguments());
        arguments.add(number);
        arguments.add((long) most);
        return arguments.toArray();
    }
}
