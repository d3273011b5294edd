package dev.laurel.backup.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The directory in which backups lie, a folder for each. A backup is written into a folder with another name, which gets its
 * own when everything is on the disk; a process that writes holds a lock, so a folder without one was left by a process that ended.
 */
public final class BackupFolder {
    static final String MANIFEST = "manifest.json";
    private static final String SUM = "manifest.sum";
    private static final String UNFINISHED = ".part";
    private static final String REMOVED = ".gone";
    private static final String LOCK = ".lock";
    private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{6}");
    private static final int MAX_MANIFEST = 1 << 24;

    private final Path directory;

    public BackupFolder(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** Whether a text can be the name of a backup; no other one ever becomes part of a path. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Where the files of a complete backup lie. */
    public Path of(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("Not the name of a backup: " + name);
        }
        return directory.resolve(name);
    }

    /** The names of complete backups, newest first. */
    public List<String> complete() throws IOException {
        return named("");
    }

    /** The names of those that were begun and are not complete, newest first. */
    public List<String> unfinished() throws IOException {
        return named(UNFINISHED);
    }

    private List<String> named(String suffix) throws IOException {
        List<String> names = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return names;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*" + suffix)) {
            for (Path entry : entries) {
                String file = entry.getFileName().toString();
                String name = file.substring(0, file.length() - suffix.length());
                if (isName(name) && Files.isDirectory(entry)) {
                    names.add(name);
                }
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(Comparator.reverseOrder());
        return names;
    }

    /** Whether a process is writing an unfinished backup. */
    public boolean isBeingWritten(String name) {
        try (FileChannel channel = FileChannel.open(directory.resolve(name + LOCK), StandardOpenOption.WRITE);
                FileLock mine = channel.tryLock()) {
            return mine == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Begins a backup. */
    public Unfinished begin(String name) throws IOException {
        Files.createDirectories(directory);
        return new Unfinished(name);
    }

    /** Removes what processes have left that ended before their backups were complete; returns how many. */
    public int clean() throws IOException {
        int removed = 0;
        for (String name : unfinished()) {
            if (!isBeingWritten(name)) {
                removeAll(directory.resolve(name + UNFINISHED));
                Files.deleteIfExists(directory.resolve(name + LOCK));
                removed++;
            }
        }
        for (String name : named(REMOVED)) {
            removeAll(directory.resolve(name + REMOVED));
        }
        return removed;
    }

    /** Removes a backup. It disappears at once. */
    public void remove(String name) throws IOException {
        Path gone = directory.resolve(name + REMOVED);
        Files.move(of(name), gone, StandardCopyOption.ATOMIC_MOVE);
        removeAll(gone);
    }

    private static void removeAll(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(folder);
    }

    /**
     * Reads the manifest of a complete backup.
     *
     * @param key null for none
     * @throws DamagedFile when it is missing, was changed, is of another format, or encrypted by another key
     */
    public Manifest manifest(String name, BackupKey key) throws IOException {
        Path folder = of(name);
        byte[] text = content(folder, MANIFEST);
        byte[] sum = content(folder, SUM);
        return new ManifestCheck(name, key).manifest(text, sum);
    }

    private static byte[] content(Path folder, String file) throws IOException {
        try {
            Path path = folder.resolve(file);
            if (Files.size(path) > MAX_MANIFEST) {
                throw new DamagedFile(file, "is larger than a manifest can be");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new DamagedFile(file, "is missing", e);
        }
    }

    /** A backup that is being written. Closing it gives it up, unless it is complete. */
    public final class Unfinished implements AutoCloseable {
        private final String name;
        private final Path folder;
        private final FileChannel lock;
        private boolean complete;

        private Unfinished(String name) throws IOException {
            this.name = name;
            this.folder = directory.resolve(name + UNFINISHED);
            // Locked before the folder is there: one that others see always has a lock.
            this.lock = FileChannel.open(
                    directory.resolve(name + LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lock.lock();
            Files.createDirectory(folder);
        }

        public Path folder() {
            return folder;
        }

        /** Ends the backup: from now on it is one. */
        public void complete(Manifest manifest, BackupKey key) throws IOException {
            byte[] text = ManifestJson.write(manifest);
            write(MANIFEST, text);
            write(SUM, new ManifestCheck(name, key).sum(text));
            force(folder);
            Files.move(folder, of(name), StandardCopyOption.ATOMIC_MOVE);
            complete = true;
            force(directory);
        }

        private void write(String file, byte[] text) throws IOException {
            Path path = folder.resolve(file);
            Files.write(path, text, StandardOpenOption.CREATE_NEW);
            force(path);
        }

        private static void force(Path path) throws IOException {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public void close() {
            try {
                if (!complete) {
                    removeAll(folder);
                }
                lock.close();
                Files.deleteIfExists(directory.resolve(name + LOCK));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
