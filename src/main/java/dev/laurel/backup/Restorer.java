package dev.laurel.backup;

import dev.laurel.backup.file.BackupFile;
import dev.laurel.backup.file.BackupFileReader;
import dev.laurel.backup.file.DamagedFile;
import dev.laurel.backup.file.Manifest;
import dev.laurel.backup.file.Manifest.Schema;
import dev.laurel.backup.table.TableCatalog;
import dev.laurel.backup.table.TableSpec;
import dev.laurel.backup.table.TableWriter;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.Unavailable;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Restores one backup into the database of an empty service, all of it or nothing. Its methods block. */
final class Restorer {
    private static final Logger LOG = Logger.getLogger(Restorer.class);

    /** Of locks that were not free, and deadlocks: other statements of the service end in seconds. */
    private static final Set<String> BUSY = Set.of("55P03", "40P01");

    private static final int ATTEMPTS = 10;
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private final Connection connection;
    private final BackupReader backup;
    private final RestoreOrder order;
    private final Activity activity;

    Restorer(Connection connection, BackupReader backup, RestoreOrder order, Activity activity) {
        this.connection = connection;
        this.backup = backup;
        this.order = order;
        this.activity = activity;
    }

    /**
     * Finds out whether a restore is possible; changes nothing.
     *
     * @throws Conflict saying what stands in its way
     */
    void check() throws SQLException {
        // Without locks: it may be asked of a service that is in use.
        try (TableWriter tables = new TableWriter(connection)) {
            require(tables);
        }
    }

    /** Writes all rows. The backup has been verified before. */
    void restore() throws SQLException, IOException {
        Manifest manifest = backup.manifest();
        activity.begin(manifest.rows());
        try (TableWriter tables = locked()) {
            require(tables);
            tables.prepare(manifest);
            for (TableSpec table : TableCatalog.inBackup()) {
                for (BackupFile file : backup.filesOf(table.name())) {
                    write(tables, table, file);
                }
            }
            tables.finish(manifest);
            tables.commit("Restored backup " + manifest.id() + ": " + order.reason(), order.author());
            analyze(tables);
        } catch (DamagedFile e) {
            throw new DamagedBackup(List.of(e.damage()));
        }
    }

    /** The restore has succeeded, whatever becomes of this; autovacuum does it later. */
    private static void analyze(TableWriter tables) {
        try {
            tables.analyze();
        } catch (SQLException e) {
            LOG.warnf("The restored tables could not be analyzed: %s", e.getMessage());
        }
    }

    private TableWriter locked() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            TableWriter tables = new TableWriter(connection);
            try {
                tables.lock();
                return tables;
            } catch (SQLException e) {
                tables.close();
                if (!BUSY.contains(e.getSQLState())) {
                    throw e;
                }
                if (attempt == ATTEMPTS) {
                    throw Unavailable.overloaded("Other statements keep tables locked; nothing was restored");
                }
                backup.requireGoingOn();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void require(TableWriter tables) throws SQLException {
        List<String> found = tables.contents(order.defaultBoard());
        if (!found.isEmpty()) {
            throw new Conflict("The service is not empty, it has " + String.join(", ", found)
                    + "; restore into one with an empty database");
        }
        long processes = tables.processes();
        if (processes > 1) {
            throw new Conflict(processes + " processes of the service are running; stop all but one, since the others "
                    + "would go on with what they know");
        }
        Schema there = tables.schema();
        Schema needed = backup.manifest().schema();
        if (!there.equals(needed)) {
            throw new Conflict("The schema is at version " + there.version() + " with " + there.migrations()
                    + " migrations, and the backup was made at version " + needed.version() + " with "
                    + needed.migrations() + " by program " + backup.manifest().program()
                    + ": restore it with that program, and update then");
        }
    }

    private void write(TableWriter tables, TableSpec table, BackupFile file) throws SQLException, IOException {
        try (BackupFileReader reader = backup.read(file)) {
            tables.write(table.name(), () -> {
                backup.requireGoingOn();
                String line = reader.line();
                if (line != null) {
                    activity.rowDone();
                }
                return line;
            });
            reader.end();
        }
    }
}
