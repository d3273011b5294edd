package dev.laurel.backup;

import dev.laurel.backup.file.BackupFile;
import dev.laurel.backup.file.BackupFileWriter;
import dev.laurel.backup.file.BackupFolder.Unfinished;
import dev.laurel.backup.file.BackupKey;
import dev.laurel.backup.file.Manifest;
import dev.laurel.backup.file.Manifest.FeedPoint;
import dev.laurel.backup.file.Manifest.Schema;
import dev.laurel.backup.file.Manifest.Trigger;
import dev.laurel.backup.table.TableCatalog;
import dev.laurel.backup.table.TableReader;
import dev.laurel.backup.table.TableSpec;
import dev.laurel.shared.LaurelException.Unavailable;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Writes one backup: a file after the other, then the manifest. */
final class BackupWriter {
    /** Of lines in one file: what is damaged is found in a part of a table. */
    private static final long FILE_BYTES = 256L << 20;

    /** The version of this program; none when it was not packaged. */
    private static final String PROGRAM = program();

    private final Unfinished backup;
    private final BackupKey key;
    private final Activity activity;
    private final Throttle throttle;
    private final BooleanSupplier ending;
    private final List<BackupFile> files = new ArrayList<>();
    private final Map<String, Long> tables = new TreeMap<>();

    /** @param key null for no encryption */
    BackupWriter(Unfinished backup, BackupKey key, Activity activity, Throttle throttle, BooleanSupplier ending) {
        this.backup = backup;
        this.key = key;
        this.activity = activity;
        this.throttle = throttle;
        this.ending = ending;
    }

    private static String program() {
        String version = BackupWriter.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    Manifest write(TableReader reader, Trigger trigger, Clock clock) throws SQLException, IOException {
        Schema schema = reader.schema();
        FeedPoint feed = reader.feed();
        activity.begin(reader.estimatedRows());
        for (TableSpec table : TableCatalog.inBackup()) {
            write(reader, table);
        }
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                activity.backup(),
                PROGRAM,
                schema,
                activity.startedAt(),
                clock.instant(),
                trigger,
                key == null ? null : key.id(),
                feed,
                reader.sequences(),
                reader.partitions(),
                tables,
                files);
        backup.complete(manifest, key);
        return manifest;
    }

    private void write(TableReader reader, TableSpec table) throws SQLException, IOException {
        TableFiles of = new TableFiles(table.name());
        try {
            reader.read(table, of::line);
            of.end();
        } finally {
            of.close();
        }
        tables.put(table.name(), of.rows);
    }

    /** The files of one table; none when it has no rows. */
    private final class TableFiles {
        private final String table;
        private BackupFileWriter file;
        private int number;
        private long rows;

        private TableFiles(String table) {
            this.table = table;
        }

        private void line(byte[] line) throws IOException {
            if (ending.getAsBoolean()) {
                throw Unavailable.overloaded("The service is shutting down");
            }
            if (file != null && file.rawBytes() >= FILE_BYTES) {
                end();
            }
            if (file == null) {
                number++;
                file = new BackupFileWriter(backup.folder(), activity.backup(), table, number, key);
            }
            file.line(line);
            rows++;
            activity.rowDone();
            throttle.pass(line.length);
        }

        private void end() throws IOException {
            if (file != null) {
                files.add(file.end());
                file = null;
            }
        }

        private void close() throws IOException {
            if (file != null) {
                file.close();
            }
        }
    }
}
