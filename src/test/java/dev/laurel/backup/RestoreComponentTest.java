package dev.laurel.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.backup.Activity.Kind;
import dev.laurel.backup.file.BackupFile;
import dev.laurel.backup.file.BackupFileReader;
import dev.laurel.backup.file.BackupFolder;
import dev.laurel.backup.file.BackupFolder.Unfinished;
import dev.laurel.backup.file.BackupKey;
import dev.laurel.backup.file.Manifest;
import dev.laurel.backup.file.Manifest.Trigger;
import dev.laurel.backup.table.TableCatalog;
import dev.laurel.backup.table.TableReader;
import dev.laurel.backup.table.TableSpec;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Rows of every table, written to files and from there into a fresh database. */
@QuarkusTest
class RestoreComponentTest {
    private static final String FIRST = "20261130T021700Z-000001";
    private static final String SECOND = "20261130T021700Z-000002";
    private static final BackupKey KEY = BackupKey.parse("5c".repeat(32));
    private static final RestoreOrder ORDER = new RestoreOrder(FIRST, "pomodoro", "a trial", "test");

    /** What a restore changes: leases end, and it is logged. */
    private static final Set<String> CHANGED = Set.of("follower", "admin_log");

    private static FreshTables fresh;

    @TestHTTPResource
    URI service;

    @TempDir
    Path directory;

    @BeforeAll
    static void freshTables() throws SQLException {
        fresh = new FreshTables();
    }

    @AfterAll
    static void dropThem() throws SQLException {
        fresh.close();
    }

    /** A new table has to be put into a family, or left out with a reason. */
    @Test
    void everyTableIsInTheCatalog() throws SQLException {
        try (Connection connection = fresh.connect()) {
            assertThat(texts(connection, """
                            SELECT relname::text FROM pg_class
                            WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"""))
                    .as("tables of the schema, and src/main/resources/backup/tables.tsv")
                    .containsExactlyInAnyOrderElementsOf(
                            TableCatalog.all().stream().map(TableSpec::name).toList());
            assertThat(TableCatalog.all())
                    .allSatisfy(table -> assertThat(table.content()).isNotBlank());
            List<String> order =
                    TableCatalog.inBackup().stream().map(TableSpec::name).toList();
            assertThat(texts(connection, """
                            SELECT c.relname || ' ' || r.relname FROM pg_constraint k
                            JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
                            WHERE k.contype = 'f' AND c.oid <> r.oid AND k.conparentid = 0
                              AND c.relnamespace = current_schema()::regnamespace"""))
                    .isNotEmpty()
                    .filteredOn(reference -> order.contains(reference.split(" ")[0]))
                    .allSatisfy(reference -> assertThat(
                            order.indexOf(reference.split(" ")[1]))
                    .as("those that others refer to come first: %s", reference)
                    .isLessThan(order.indexOf(reference.split(" ")[0])));
        }
    }

    @Test
    void everyRowComesBackAndDamageIsFoundBefore() throws SQLException, IOException {
        someContents();
        BackupFolder backups = new BackupFolder(directory);
        Manifest before;
        try (Connection connection = EmbeddedStores.current().connect()) {
            before = backup(backups, FIRST, connection);
        }
        BackupReader reader = BackupReader.open(backups, FIRST, KEY, () -> false);
        Activity activity = new Activity(Kind.RESTORE, FIRST, Instant.EPOCH);
        BackupFile file = before.files().get(before.files().size() / 2);
        Path path = directory.resolve(FIRST).resolve(file.name());
        byte[] good = Files.readAllBytes(path);
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 0x40;

        Files.write(path, bad);
        assertThatThrownBy(() -> reader.verify(activity))
                .isInstanceOf(DamagedBackup.class)
                .hasMessageStartingWith(file.name() + " has another SHA-256");
        Files.delete(path);
        assertThatThrownBy(() -> reader.verify(activity)).hasMessage(file.name() + " is missing");
        Files.write(path, good);
        reader.verify(activity);
        assertThat(activity.done()).isEqualTo(before.rows());
        try (Connection connection = fresh.connect()) {
            // What changes after it was verified is found while it is loaded, and nothing stays.
            Files.write(path, bad);
            assertThatThrownBy(() -> new Restorer(connection, reader, ORDER, activity).restore())
                    .isInstanceOf(DamagedBackup.class)
                    .hasMessageStartingWith(file.name());
            Files.write(path, good);

            new Restorer(connection, reader, ORDER, activity).restore();

            assertSame(backups, before, backup(backups, SECOND, connection));
            assertThat(texts(connection, """
                            SELECT tgrelid::regclass || ' ' || tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                            WHERE NOT tgisinternal AND tgenabled <> 'O' AND c.relnamespace = current_schema()::regnamespace""")).as("triggers that do not fire").isEmpty();
            assertThat(texts(connection, """
                            SELECT w.board_id || '/' || w.window_key FROM board_window w
                            JOIN board b ON b.id = w.board_id AND b.deleted_at IS NULL
                            WHERE w.state <> 'CLOSED' AND NOT EXISTS (
                                SELECT FROM stale_window s WHERE s.board_id = w.board_id AND s.period = w.period
                                    AND s.window_key = w.window_key)"""))
                    .as("open windows that Redis would be trusted with")
                    .isEmpty();
            assertThatThrownBy(() -> new Restorer(connection, reader, ORDER, activity).restore())
                    .isInstanceOf(Conflict.class)
                    .hasMessageContaining("not empty")
                    .hasMessageContaining("rows of score_event");
        }
    }

    private static void assertSame(BackupFolder backups, Manifest before, Manifest after) throws IOException {
        for (TableSpec table : TableCatalog.inBackup()) {
            if (!CHANGED.contains(table.name())) {
                assertThat(rows(backups, after, table.name()))
                        .as(table.name())
                        .isEqualTo(rows(backups, before, table.name()));
            }
        }
        assertThat(after.tables().get("admin_log")).isEqualTo(before.tables().get("admin_log") + 1);
        assertThat(after.tables().get("score_event")).isPositive();
        before.sequences()
                .forEach((sequence, value) ->
                        assertThat(after.sequences().get(sequence)).as(sequence).isGreaterThanOrEqualTo(value));
        assertThat(after.feed().next()).isGreaterThanOrEqualTo(before.feed().next());
    }

    /** A change that is written afterwards comes after all that was restored, whatever ids the server is at. */
    @Test
    void whatIsWrittenLaterIsReadLater() throws SQLException {
        try (Connection connection = fresh.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (long next : new long[] {900_000_000_000L, 5}) {
                statement.execute("SELECT resume_feed(" + next + ", 0)");
                statement.execute("INSERT INTO change (board_id, kind, subject) VALUES (0, 'X', '" + next + "')");

                // As ids are at once, and the horizon when this transaction has ended.
                assertThat(texts(
                                connection,
                                "SELECT tx::text FROM change WHERE subject = '" + next + "' AND tx <= feed_horizon()"))
                        .hasSize(1)
                        .allMatch(tx -> Long.parseLong(tx) >= next);
            }
            connection.rollback();
        }
    }

    /** An event after a restore from a dump must not pass for one that an older snapshot of a frozen board has seen. */
    @Test
    void aDumpWithASnapshotYoungerThanAllRowsIsFollowed() throws SQLException {
        try (Connection connection = fresh.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("ALTER TABLE frozen_board DISABLE TRIGGER USER");
            statement.execute("""
                    INSERT INTO frozen_board (board_id, freeze_no, closings, taken_at, snapshot, shift)
                    VALUES (1, 1, 0, now(), '900000000000:900000000000:', 0)""");
            statement.execute("UPDATE feed_shift SET cluster = 1");

            assertThat(texts(connection, "SELECT rebase_feed()::text")).containsExactly("true");

            statement.execute("INSERT INTO change (board_id, kind, subject) VALUES (0, 'X', 'new')");
            assertThat(texts(connection, """
                            SELECT is_in_picture(c.tx, now(), f)::text FROM change c, frozen_board f WHERE c.subject = 'new'""")).containsExactly("false");
            connection.rollback();
        }
    }

    private void someContents() {
        LaurelApi api = new LaurelApi(service);
        String board = "backup-" + Long.toString(System.nanoTime(), 36);
        api.putBoard(board, "{\"title\":\"Ünïcode \\\\ \\\" {1,2}\",\"decimals\":2}")
                .expect(201);
        for (int i = 0; i < 20; i++) {
            api.post(
                            "/api/v1/boards/" + board + "/scores",
                            "{\"playerId\":\"p" + i + "\",\"score\":" + i + ".25,\"eventId\":\"e" + i
                                    + "\",\"attributes\":{\"a\":\"x\\\\y\\\"\\n\"}}")
                    .expect(200);
        }
        api.put("/api/v1/players/p1-" + board, "{\"displayName\":\"Ada \\\\ 😀\",\"attributes\":{\"level\":1.50}}")
                .expect(201);
    }

    private static Manifest backup(BackupFolder backups, String name, Connection connection)
            throws SQLException, IOException {
        Activity activity = new Activity(Kind.CREATE, name, Instant.EPOCH);
        try (Unfinished backup = backups.begin(name);
                TableReader reader = new TableReader(connection)) {
            return new BackupWriter(backup, KEY, activity, new Throttle(Long.MAX_VALUE), () -> false)
                    .write(reader, Trigger.REQUEST, Clock.systemUTC());
        }
    }

    private static List<String> rows(BackupFolder backups, Manifest manifest, String table) throws IOException {
        List<String> rows = new ArrayList<>();
        for (BackupFile file : manifest.files()) {
            if (file.table().equals(table)) {
                try (BackupFileReader reader =
                        new BackupFileReader(backups.of(manifest.id()), manifest.id(), file, KEY)) {
                    for (String line = reader.line(); line != null; line = reader.line()) {
                        rows.add(line);
                    }
                }
            }
        }
        // Rows that were updated stand elsewhere in the table.
        rows.sort(null);
        return rows;
    }

    private static Set<String> texts(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            Set<String> texts = new TreeSet<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
