package dev.laurel.cli.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a response of any length to a file or to the standard output. */
public final class Download {
    private static final int PIECE = 1 << 16;

    private Download() {}

    /**
     * Writes it all.
     *
     * @param file null for the standard output; one that exists is replaced once all has arrived
     */
    public static void write(InputStream response, Path file) {
        if (file == null) {
            copy(response, System.out);
            System.out.flush();
            return;
        }
        Path target = file.toAbsolutePath();
        Path part = null;
        try {
            part = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
            try (OutputStream out = Files.newOutputStream(part)) {
                copy(response, out);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.USAGE, file + " cannot be written: " + e.getMessage());
        } finally {
            remove(part);
        }
    }

    private static void copy(InputStream response, OutputStream out) {
        byte[] piece = new byte[PIECE];
        for (int read = next(response, piece); read >= 0; read = next(response, piece)) {
            try {
                out.write(piece, 0, read);
            } catch (IOException e) {
                throw new CommandFailed(ExitCode.USAGE, "The output cannot be written: " + e.getMessage());
            }
        }
    }

    private static int next(InputStream response, byte[] piece) {
        try {
            return response.read(piece);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.UNAVAILABLE, "The connection was lost before the end: " + e.getMessage());
        }
    }

    /** What has not arrived as a whole is not left behind. */
    private static void remove(Path part) {
        if (part != null) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
