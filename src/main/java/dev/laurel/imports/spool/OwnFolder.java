package dev.laurel.imports.spool;

import dev.laurel.shared.LaurelException.Unavailable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A folder for the files of this process alone, among those of other processes. Each holds a lock on a file next to its folder;
 * so a folder without one was left by a process that was killed, and is removed by the next one that opens its own.
 */
public final class OwnFolder {
    private static final String PREFIX = "laurel-imports-";
    private static final String LOCK = ".lock";

    private final Path among;
    private final Path own;
    private final Path lockFile;
    private FileChannel locked;

    /** @param among where the folders of all processes lie */
    public OwnFolder(Path among) {
        String name = PREFIX + UUID.randomUUID();
        this.among = among;
        this.own = among.resolve(name);
        this.lockFile = among.resolve(name + LOCK);
    }

    /** Removes what killed processes have left, and makes the folder; does nothing the second time. */
    public synchronized void open() {
        if (locked != null) {
            return;
        }
        try {
            Files.createDirectories(among);
            // Locked before the folder is there: a folder that others see always has a lock.
            locked = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked.lock();
            Files.createDirectories(own);
            removeOthers();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void removeOthers() throws IOException {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(among, PREFIX + "*" + LOCK)) {
            for (Path lock : locks) {
                if (!lock.equals(lockFile) && isLeft(lock)) {
                    String name = lock.getFileName().toString();
                    removeAll(among.resolve(name.substring(0, name.length() - LOCK.length())));
                    Files.deleteIfExists(lock);
                }
            }
        }
    }

    private static boolean isLeft(Path lock) {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock mine = channel.tryLock()) {
            return mine != null;
        } catch (IOException | OverlappingFileLockException e) {
            // Somebody else's, or another service's in this process.
            return false;
        }
    }

    private static void removeAll(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    /** @throws Unavailable when the disk has not as many bytes left */
    public void requireRoom(long bytes) throws IOException {
        open();
        if (Files.getFileStore(own).getUsableSpace() < bytes) {
            throw Unavailable.overloaded("The disk has no room for the file");
        }
    }

    /** An empty file. */
    public Path newFile() throws IOException {
        open();
        return Files.createTempFile(own, "file-", ".tmp");
    }

    /** Removes the folder with everything in it. */
    public synchronized void close() {
        if (locked == null) {
            return;
        }
        try {
            removeAll(own);
            locked.close();
            locked = null;
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
