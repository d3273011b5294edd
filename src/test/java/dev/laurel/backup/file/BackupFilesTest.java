package dev.laurel.backup.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.backup.file.BackupFolder.Unfinished;
import dev.laurel.backup.file.Manifest.FeedPoint;
import dev.laurel.backup.file.Manifest.Schema;
import dev.laurel.backup.file.Manifest.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Files of backups come back as they were written, or are refused with what is wrong. */
class BackupFilesTest {
    private static final String NAME = "20261130T021700Z-3fa94c";
    private static final BackupKey KEY = BackupKey.parse("11".repeat(32));

    @TempDir
    Path directory;

    /** Also lines longer than a chunk, and none at all. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void linesComeBack(boolean encrypted) throws IOException {
        BackupKey key = encrypted ? KEY : null;
        for (int count : new int[] {0, 1, 2_000}) {
            Path folder = Files.createDirectory(directory.resolve(encrypted + "-" + count));
            List<String> lines = lines(count);

            BackupFile file = write(folder, key, lines);

            assertThat(file.rows()).isEqualTo(count);
            assertThat(Files.size(folder.resolve(file.name()))).isEqualTo(file.bytes());
            BackupFileReader.requireSame(folder, file);
            assertThat(read(folder, file, key)).isEqualTo(lines);
        }
    }

    @Test
    void everyFlippedByteOfAnEncryptedFileIsFound() throws IOException {
        BackupFile file = write(directory, KEY, lines(30));
        byte[] good = Files.readAllBytes(directory.resolve(file.name()));
        for (int place = 0; place < good.length; place++) {
            byte[] bad = good.clone();
            bad[place] ^= 1;
            Files.write(directory.resolve(file.name()), bad);

            assertThatThrownBy(() -> BackupFileReader.requireSame(directory, file))
                    .hasMessageContaining("another SHA-256");
            assertThatThrownBy(() -> read(directory, file, KEY))
                    .as("byte %d of %d", place, good.length)
                    .isInstanceOf(DamagedFile.class)
                    .hasMessageContaining("not authentic");
        }
    }

    /** The hash is no secret: who changes a file can change the manifest too, but not what needs the key. */
    @Test
    void chunksCannotBeCutOffOrChangePlaces() throws IOException {
        byte[] random = new byte[3 * Seal.CHUNK];
        new Random(1).nextBytes(random);
        BackupFile file = write(directory, KEY, List.of(java.util.HexFormat.of().formatHex(random)));
        byte[] good = Files.readAllBytes(directory.resolve(file.name()));
        int chunk = Seal.CHUNK + Seal.TAG;
        assertThat(good.length).isGreaterThan(Seal.SALT + 2 * chunk);

        List<byte[]> forged = new ArrayList<>();
        forged.add(Arrays.copyOf(good, Seal.SALT));
        forged.add(Arrays.copyOf(good, Seal.SALT + chunk));
        forged.add(Arrays.copyOf(good, good.length - 1));
        byte[] swapped = good.clone();
        System.arraycopy(good, Seal.SALT, swapped, Seal.SALT + chunk, chunk);
        System.arraycopy(good, Seal.SALT + chunk, swapped, Seal.SALT, chunk);
        forged.add(swapped);
        for (byte[] content : forged) {
            Files.write(directory.resolve(file.name()), content);
            BackupFile told = new BackupFile(file.name(), file.table(), 1, 1, content.length, file.sha256());

            assertThatThrownBy(() -> read(directory, told, KEY)).isInstanceOf(DamagedFile.class);
        }
    }

    @Test
    void aFileOfAnotherBackupOrNameOrKeyIsNotAuthentic() throws IOException {
        BackupFile file = write(directory, KEY, lines(3));
        BackupKey other = BackupKey.parse("22".repeat(32));
        BackupFile renamed = new BackupFile("z-0001.ndjson.zst.aes", "z", 3, 1, file.bytes(), file.sha256());
        Files.copy(directory.resolve(file.name()), directory.resolve(renamed.name()));

        assertThatThrownBy(() -> read(directory, file, other)).hasMessageContaining("not authentic in chunk 1");
        assertThatThrownBy(() -> read(directory, renamed, KEY)).hasMessageContaining("not authentic in chunk 1");
        assertThatThrownBy(() -> {
                    try (BackupFileReader reader =
                            new BackupFileReader(directory, "20261130T021700Z-000000", file, KEY)) {
                        reader.line();
                    }
                })
                .hasMessageContaining("not authentic in chunk 1");
    }

    @Test
    void missingShortAndGarbledFilesAreNamed() throws IOException {
        BackupFile file = write(directory, null, lines(2_000));
        byte[] good = Files.readAllBytes(directory.resolve(file.name()));

        Files.write(directory.resolve(file.name()), Arrays.copyOf(good, good.length - 5));
        assertThatThrownBy(() -> read(directory, file, null))
                .hasMessage(file.name() + " has " + (good.length - 5) + " bytes and should have " + good.length
                        + ": it is cut off");

        BackupFile shorter =
                new BackupFile(file.name(), file.table(), file.rows(), file.rawBytes(), good.length - 5, file.sha256());
        assertThatThrownBy(() -> read(directory, shorter, null)).isInstanceOf(DamagedFile.class);

        Files.delete(directory.resolve(file.name()));
        assertThatThrownBy(() -> read(directory, file, null)).hasMessage(file.name() + " is missing");
    }

    @Test
    void aManifestIsHeldAgainstItsSum() throws IOException {
        BackupFolder backups = new BackupFolder(directory);
        Manifest manifest = complete(backups, null);

        assertThat(backups.complete()).containsExactly(NAME);
        assertThat(backups.manifest(NAME, null)).isEqualTo(manifest);
        Path file = directory.resolve(NAME).resolve("manifest.json");
        String text = Files.readString(file);
        assertThatThrownBy(() -> backups.manifest(NAME, KEY))
                .hasMessageContaining("is not encrypted, and a key is set");

        Files.writeString(file, text.replace("\"migrations\" : 60", "\"migrations\" : 61"));
        assertThatThrownBy(() -> backups.manifest(NAME, null)).hasMessageContaining("manifest.json was changed");
        Files.writeString(file, text.replace("\"format\" : 1", "\"format\" : 2"));
        assertThatThrownBy(() -> backups.manifest(NAME, null)).hasMessageContaining("is of format 2");
        Files.writeString(file, text.substring(0, 40));
        assertThatThrownBy(() -> backups.manifest(NAME, null)).hasMessageContaining("manifest.json is not JSON");
        Files.delete(file);
        assertThatThrownBy(() -> backups.manifest(NAME, null)).hasMessageContaining("manifest.json is missing");
    }

    @Test
    void anEncryptedManifestNeedsTheKeyThatWroteIt() throws IOException {
        BackupFolder backups = new BackupFolder(directory);
        Manifest manifest = complete(backups, KEY);
        BackupKey other = BackupKey.parse("22".repeat(32));

        assertThat(backups.manifest(NAME, KEY)).isEqualTo(manifest);
        assertThatThrownBy(() -> backups.manifest(NAME, null)).hasMessageContaining("no key is set");
        assertThatThrownBy(() -> backups.manifest(NAME, other))
                .hasMessageContaining("encrypted by key " + KEY.id())
                .hasMessageContaining("the key that is set is " + other.id());
        // With the id of the other key in it, the code is still that of the first.
        Path file = directory.resolve(NAME).resolve("manifest.json");
        Files.writeString(file, Files.readString(file).replace(KEY.id(), other.id()));
        assertThatThrownBy(() -> backups.manifest(NAME, other)).hasMessageContaining("was changed");
    }

    @Test
    void whatWasNotCompletedIsNoBackupAndIsRemoved() throws IOException {
        BackupFolder backups = new BackupFolder(directory);
        try (Unfinished unfinished = backups.begin(NAME)) {
            write(unfinished.folder(), null, lines(3));

            assertThat(backups.complete()).isEmpty();
            assertThat(backups.unfinished()).containsExactly(NAME);
            assertThat(backups.isBeingWritten(NAME)).isTrue();
            assertThat(backups.clean()).isZero();
        }
        assertThat(directory).isEmptyDirectory();

        // As a process leaves it that is killed: nobody holds the lock.
        Files.createDirectories(directory.resolve(NAME + ".part"));
        Files.writeString(directory.resolve(NAME + ".part").resolve("board-0001.ndjson.zst"), "half");
        Files.writeString(directory.resolve(NAME + ".lock"), "");
        assertThat(backups.complete()).isEmpty();
        assertThat(backups.isBeingWritten(NAME)).isFalse();
        assertThat(backups.clean()).isEqualTo(1);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aRemovedBackupIsGone() throws IOException {
        BackupFolder backups = new BackupFolder(directory);
        complete(backups, null);

        backups.remove(NAME);

        assertThat(directory).isEmptyDirectory();
        assertThatThrownBy(() -> backups.of("../" + NAME)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyNeverShowsItself() {
        assertThat(KEY.toString()).doesNotContain("1111").contains(KEY.id());
        assertThat(BackupKey.parse("ERERERERERERERERERERERERERERERERERERERERERE=")
                        .id())
                .isEqualTo(KEY.id());
        assertThatThrownBy(() -> BackupKey.parse("secret")).hasMessageNotContaining("secret");
    }

    private Manifest complete(BackupFolder backups, BackupKey key) throws IOException {
        try (Unfinished unfinished = backups.begin(NAME)) {
            BackupFile file = write(unfinished.folder(), key, lines(3));
            Manifest manifest = new Manifest(
                    Manifest.FORMAT,
                    NAME,
                    "1.0",
                    new Schema("202611291560", 60),
                    Instant.parse("2026-11-30T02:17:00Z"),
                    Instant.parse("2026-11-30T02:18:00.123456Z"),
                    Trigger.REQUEST,
                    key == null ? null : key.id(),
                    new FeedPoint(7_000, 3),
                    new TreeMap<>(Map.of("board_id_seq", 5L)),
                    List.of("2026-11-01"),
                    new TreeMap<>(Map.of("board", 3L, "player", 0L)),
                    List.of(file));
            unfinished.complete(manifest, key);
            return manifest;
        }
    }

    private static List<String> lines(int count) {
        Random random = new Random(count);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add("{\"id\":" + i + ",\"name\":\"Ünïcode \\n " + "x".repeat(random.nextInt(200)) + "\"}");
        }
        if (count > 1) {
            lines.add(1, "y".repeat(200_000));
            lines.remove(count);
        }
        return lines;
    }

    private static BackupFile write(Path folder, BackupKey key, List<String> lines) throws IOException {
        try (BackupFileWriter writer = new BackupFileWriter(folder, NAME, "board", 1, key)) {
            for (String line : lines) {
                writer.line((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return writer.end();
        }
    }

    private static List<String> read(Path folder, BackupFile file, BackupKey key) throws IOException {
        try (BackupFileReader reader = new BackupFileReader(folder, NAME, file, key)) {
            List<String> lines = new ArrayList<>();
            for (String line = reader.line(); line != null; line = reader.line()) {
                lines.add(line);
            }
            reader.end();
            return lines;
        }
    }
}
