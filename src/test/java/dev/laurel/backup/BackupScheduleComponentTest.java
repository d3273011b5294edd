package dev.laurel.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.backup.file.BackupFolder;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What the schedule does at its hour, with the clock moved from night to night. */
@QuarkusTest
class BackupScheduleComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant NIGHT =
            Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(3)).plus(Duration.ofMinutes(137));

    @Inject
    BackupSchedule schedule;

    @Inject
    BackupPlace place;

    @Inject
    BackupThread thread;

    @Inject
    TestClock clock;

    @AfterEach
    void removeThem() throws IOException {
        clock.reset();
        await().atMost(PATIENCE).until(() -> thread.present() == null);
        for (String name : ofTheseNights()) {
            place.folder().remove(name);
        }
    }

    @Test
    void aBackupIsMadeOnceANight() {
        dueAt(NIGHT);
        assertThat(ofTheseNights()).hasSize(1);

        // Another process is due by a clock that is 3 s behind.
        dueAt(NIGHT.minusSeconds(3));
        assertThat(ofTheseNights()).hasSize(1);

        dueAt(NIGHT.plus(Duration.ofDays(1)));
        assertThat(ofTheseNights()).hasSize(2);
    }

    /** Nothing is being done before it, nor after it. */
    private void dueAt(Instant instant) {
        await().atMost(PATIENCE).until(() -> thread.present() == null);
        clock.stopAt(instant);
        OnEventLoop.await(schedule::due);
        await().atMost(PATIENCE).until(() -> thread.present() == null);
    }

    private List<String> ofTheseNights() {
        DateTimeFormatter day = DateTimeFormatter.ofPattern("yyyyMMdd'T'02").withZone(ZoneOffset.UTC);
        BackupFolder folder = place.folder();
        try {
            return folder.complete().stream()
                    .filter(name -> name.startsWith(day.format(NIGHT))
                            || name.startsWith(day.format(NIGHT.plus(Duration.ofDays(1)))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
