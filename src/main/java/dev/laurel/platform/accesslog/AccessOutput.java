package dev.laurel.platform.accesslog;

import jakarta.enterprise.context.ApplicationScoped;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Opens what the lines are written to: a file, or standard output. */
@ApplicationScoped
class AccessOutput {
    private final AccessLogConfig config;

    AccessOutput(AccessLogConfig config) {
        this.config = config;
    }

    /**
     * A file that is truncated by a rotation is continued; one that is renamed is written on.
     *
     * @throws UncheckedIOException if it cannot be opened, so that the service does not start
     */
    OutputStream open() {
        return config.file().map(AccessOutput::append).orElse(System.out);
    }

    private static OutputStream append(Path file) {
        try {
            return new FileOutputStream(file.toFile(), true);
        } catch (IOException e) {
            throw new UncheckedIOException("laurel.access-log.file cannot be written: " + file, e);
        }
    }
}
