package dev.laurel.imports.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.shared.LaurelException.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of a process are its own, and do not stay when it is gone. */
class OwnFolderTest {
    @TempDir
    Path among;

    @Test
    void whatAKilledProcessLeftIsRemovedAndNothingElse() throws IOException {
        OwnFolder living = new OwnFolder(among);
        Path used = living.newFile();
        // A killed process has lost its lock, and nothing else.
        Path left = Files.createDirectory(among.resolve("laurel-imports-killed"));
        Files.writeString(left.resolve("file-1.tmp"), "player,score");
        Files.createFile(among.resolve("laurel-imports-killed.lock"));
        Path others = Files.createFile(among.resolve("something-else.lock"));

        OwnFolder next = new OwnFolder(among);
        Path own = next.newFile();

        assertThat(left).doesNotExist();
        assertThat(among.resolve("laurel-imports-killed.lock")).doesNotExist();
        assertThat(List.of(used, own, others))
                .allSatisfy(path -> assertThat(path).exists());
        living.close();
        next.close();
        assertThat(content()).containsExactly(others);
    }

    @Test
    void aFullDiskIsSaid() {
        OwnFolder folder = new OwnFolder(among);

        assertThatThrownBy(() -> folder.requireRoom(Long.MAX_VALUE)).isInstanceOf(Unavailable.class);
        folder.close();
    }

    private List<Path> content() throws IOException {
        try (Stream<Path> paths = Files.list(among)) {
            return paths.toList();
        }
    }
}
