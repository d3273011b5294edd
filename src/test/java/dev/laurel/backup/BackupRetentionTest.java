package dev.laurel.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.backup.file.BackupFolder;
import dev.laurel.backup.file.BackupFolder.Unfinished;
import dev.laurel.backup.file.Manifest;
import dev.laurel.backup.file.Manifest.FeedPoint;
import dev.laurel.backup.file.Manifest.Schema;
import dev.laurel.backup.file.Manifest.Trigger;
import io.quarkus.runtime.configuration.MemorySize;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A month of nights: which of the backups that the schedule has made stay. */
class BackupRetentionTest {
    private static final int KEEP = 14;
    private static final Instant FIRST_NIGHT = Instant.parse("2026-11-01T02:17:00Z");
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @TempDir
    Path directory;

    private BackupFolder folder;
    private BackupRetention retention;
    private int made;

    @BeforeEach
    void anEmptyDirectory() {
        folder = new BackupFolder(directory);
        retention = keeping(KEEP);
    }

    @Test
    void theNewestOfAMonthStayAndWhateverElseLiesThere() throws IOException {
        String requested = make(FIRST_NIGHT.minusSeconds(600), Trigger.REQUEST);
        String damaged = make(FIRST_NIGHT.minusSeconds(300), Trigger.SCHEDULE);
        Files.writeString(directory.resolve(damaged).resolve("manifest.json"), "{}");

        for (int night = 0; night < 30; night++) {
            make(FIRST_NIGHT.plus(Duration.ofDays(night)), Trigger.SCHEDULE);
            retention.removeOld(folder);
            assertThat(folder.complete()).hasSize(Math.min(night + 1, KEEP) + 2);
        }

        List<String> left = folder.complete();
        assertThat(left.subList(KEEP, KEEP + 2)).containsExactly(damaged, requested);
        for (int n = 0; n < KEEP; n++) {
            assertThat(left.get(n)).startsWith(NAME.format(FIRST_NIGHT.plus(Duration.ofDays(29 - n))));
        }
    }

    /** A service that was down for a week has as many of them as before: they are counted, not dated. */
    @Test
    void nightsWithoutABackupRemoveNothing() throws IOException {
        for (int night = 0; night < KEEP; night++) {
            make(FIRST_NIGHT.plus(Duration.ofDays(night)), Trigger.SCHEDULE);
        }
        make(FIRST_NIGHT.plus(Duration.ofDays(KEEP + 7)), Trigger.SCHEDULE);

        retention.removeOld(folder);

        assertThat(folder.complete()).hasSize(KEEP);
        assertThat(folder.complete().get(KEEP - 1)).startsWith(NAME.format(FIRST_NIGHT.plus(Duration.ofDays(1))));
    }

    @Test
    void theBackupOfANightIsMadeOnceByClocksThatDiffer() throws IOException {
        assertThat(retention.isJustMade(folder, FIRST_NIGHT)).isFalse();
        make(FIRST_NIGHT, Trigger.SCHEDULE);

        for (int seconds : new int[] {-49, -3, 0, 3, 49}) {
            assertThat(retention.isJustMade(folder, FIRST_NIGHT.plusSeconds(seconds)))
                    .as("%d s", seconds)
                    .isTrue();
        }
        assertThat(retention.isJustMade(folder, FIRST_NIGHT.plusSeconds(60))).isFalse();
        assertThat(retention.isJustMade(folder, FIRST_NIGHT.plus(Duration.ofDays(1))))
                .isFalse();
    }

    @Test
    void oneThatWasOrderedIsNotTheOneThatIsDue() throws IOException {
        make(FIRST_NIGHT.minusSeconds(5), Trigger.REQUEST);

        assertThat(retention.isJustMade(folder, FIRST_NIGHT)).isFalse();
    }

    @Test
    void atLeastOneStays() throws IOException {
        make(FIRST_NIGHT, Trigger.SCHEDULE);
        String newest = make(FIRST_NIGHT.plus(Duration.ofDays(1)), Trigger.SCHEDULE);

        keeping(0).removeOld(folder);

        assertThat(folder.complete()).containsExactly(newest);
    }

    private BackupRetention keeping(int keep) {
        Settings settings = new Settings(directory, keep);
        return new BackupRetention(new BackupPlace(settings), settings);
    }

    private String make(Instant startedAt, Trigger trigger) throws IOException {
        String name = String.format("%s-%06x", NAME.format(startedAt), made++);
        try (Unfinished backup = folder.begin(name)) {
            Manifest manifest = new Manifest(
                    Manifest.FORMAT,
                    name,
                    "test",
                    new Schema("1", 1),
                    startedAt,
                    startedAt.plusSeconds(30),
                    trigger,
                    null,
                    new FeedPoint(1, 0),
                    Map.of(),
                    List.of(),
                    Map.of(),
                    List.of());
            backup.complete(manifest, null);
        }
        return name;
    }

    private record Settings(Path path, int keep) implements BackupConfig {
        @Override
        public Optional<Path> directory() {
            return Optional.of(path);
        }

        @Override
        public Optional<String> key() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> keyFile() {
            return Optional.empty();
        }

        @Override
        public String schedule() {
            return "off";
        }

        @Override
        public MemorySize rate() {
            return new MemorySize(BigInteger.valueOf(1 << 25));
        }
    }
}
