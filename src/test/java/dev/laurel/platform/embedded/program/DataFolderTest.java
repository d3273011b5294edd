package dev.laurel.platform.embedded.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

class DataFolderTest {
    private static final Account OURS = new Account(List.of(), false);

    @TempDir
    Path place;

    @Test
    void aFolderInUseIsLeftAloneAndOneBesideItTaken() throws Exception {
        try (DataFolder first = open();
                DataFolder second = open();
                DataFolder third = open()) {
            assertThat(List.of(first.path(), second.path(), third.path()))
                    .extracting(path -> path.getFileName().toString())
                    .containsExactly("data", "data-2", "data-3");
        }
    }

    @Test
    void aFolderGivenFreeIsTakenAgain() throws Exception {
        open().close();

        try (DataFolder again = open()) {
            assertThat(again.path()).hasFileName("data");
        }
    }

    @Test
    void theSecretIsMadeOnceAndForItsOwnerOnly() throws Exception {
        try (DataFolder folder = open()) {
            String secret = folder.secret();

            assertThat(folder.secret()).isEqualTo(secret).hasSize(48);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secret"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void ofTheLogsOnlyTheOneBeforeIsKept() throws Exception {
        try (DataFolder folder = open()) {
            for (String run : List.of("first", "second", "third")) {
                Files.writeString(folder.freshLog("a.log"), run);
            }

            assertThat(folder.resolve("a.log")).hasContent("third");
            assertThat(folder.resolve("a.log.1")).hasContent("second");
            assertThat(folder.resolve("a.log.2")).doesNotExist();
        }
    }

    private DataFolder open() throws Exception {
        return DataFolder.open(place.resolve("data"), OURS);
    }
}
