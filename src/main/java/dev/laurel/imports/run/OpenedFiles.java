package dev.laurel.imports.run;

import dev.laurel.imports.ImportConfig;
import dev.laurel.imports.ImportJob;
import dev.laurel.imports.spool.Spool;
import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

/** Copies of uploaded files on the disk of this process, for as long as they are read. */
@ApplicationScoped
class OpenedFiles {
    /** What is left free on the disk for everything else. */
    private static final long SPARE_BYTES = 256L << 20;

    private final Spool spool;
    private final ImportThreads threads;
    private final ImportConfig config;

    OpenedFiles(Spool spool, ImportThreads threads, ImportConfig config) {
        this.spool = spool;
        this.threads = threads;
        this.config = config;
    }

    /** Copies the file of an import, and removes the copy once the work has ended. */
    <T> Uni<T> with(ImportJob job, Function<Path, Uni<T>> work) {
        return threads.run(() -> create(job)).chain(path -> copy(job, path)
                .chain(() -> work.apply(path))
                .onTermination()
                .call(() -> threads.run(() -> remove(path))));
    }

    private Path create(ImportJob job) {
        try {
            Path directory =
                    config.directory().map(Path::of).orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
            Files.createDirectories(directory);
            if (Files.getFileStore(directory).getUsableSpace() < job.source().bytes() + SPARE_BYTES) {
                throw Unavailable.overloaded("The disk has no room for the file");
            }
            Path path = Files.createTempFile(directory, "laurel-import-", ".tmp");
            path.toFile().deleteOnExit();
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Uni<Void> copy(ImportJob job, Path path) {
        return spool.read(job.source().file(), piece -> threads.run(() -> append(path, piece)))
                .replaceWithVoid();
    }

    private static Void append(Path path, Buffer piece) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.APPEND)) {
            file.write(ByteBuffer.wrap(piece.getBytes()));
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Void remove(Path path) {
        try {
            Files.deleteIfExists(path);
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
