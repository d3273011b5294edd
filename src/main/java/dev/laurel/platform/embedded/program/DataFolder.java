package dev.laurel.platform.embedded.program;

import org.jboss.logging.Logger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The folder that holds the data of the embedded stores, locked by one run at a time. */
public final class DataFolder implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DataFolder.class);
    /** Set by a run that is about the data of the wanted folder and of no other one. */
    public static final String THIS_ONE_ONLY = "laurel.embedded.this-folder-only";

    private static final int MOST_FOLDERS = 100;
    private static final int SECRET_BYTES = 24;

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Opens the wanted folder, or if another run has it, the first free one of {@code wanted-2}, {@code wanted-3}…
     *
     * @throws IOException if the folder cannot be created, written to or reached by the account
     */
    public static DataFolder open(Path wanted, Account account) throws IOException {
        int most = Boolean.getBoolean(THIS_ONE_ONLY) ? 1 : MOST_FOLDERS;
        for (int number = 1; number <= most; number++) {
            Path candidate = number == 1 ? wanted : wanted.resolveSibling(wanted.getFileName() + "-" + number);
            Optional<DataFolder> folder = lock(candidate, account);
            if (folder.isPresent()) {
                if (number > 1) {
                    LOG.warnf(
                            "Another run uses %s: this one uses the data folder %s, which has boards and keys of its own",
                            wanted, candidate);
                }
                return folder.get();
            }
        }
        if (most == 1) {
            throw new IOException("a running service uses " + wanted + ", and can do this itself");
        }
        throw new IOException("All data folders up to " + wanted + "-" + MOST_FOLDERS + " are in use");
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** The password of both stores, generated at the first start. */
    public String secret() throws IOException {
        Path file = resolve("secret");
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        Path beside = privateFile("secret.new", secret);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        return secret;
    }

    /** Writes a file that only its owner may read. */
    public Path privateFile(String name, String content) throws IOException {
        Path file = resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, content);
    }

    /** Creates an empty log of this name; the log of the previous run is kept next to it, older ones are removed. */
    public Path freshLog(String name) throws IOException {
        Path log = resolve(name);
        if (Files.exists(log)) {
            Files.move(log, resolve(name + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    /** Releases the folder for the next run. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    private static Optional<DataFolder> lock(Path candidate, Account account) throws IOException {
        if (!Files.isDirectory(candidate)) {
            Files.createDirectories(candidate);
            String permissions = account.foreign() ? "rwx--x--x" : "rwx------";
            Files.setPosixFilePermissions(candidate, PosixFilePermissions.fromString(permissions));
        }
        if (!account.reaches(candidate)) {
            throw new IOException("PostgreSQL runs as user " + Account.NOBODY + ", which cannot reach " + candidate);
        }
        FileChannel channel =
                FileChannel.open(candidate.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            // The operating system releases the lock when the process ends, however it ends.
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new DataFolder(candidate.toRealPath(), channel));
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            // This very process has the folder. The channel stays open: closing it would release that lock too.
            LOG.debugf("%s is in use by this process", candidate);
        }
        return Optional.empty();
    }
}
