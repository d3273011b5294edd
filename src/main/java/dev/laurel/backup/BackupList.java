package dev.laurel.backup;

import dev.laurel.backup.Activity.Kind;
import dev.laurel.backup.Backup.State;
import dev.laurel.backup.file.BackupFolder;
import dev.laurel.backup.file.DamagedFile;
import dev.laurel.platform.async.OffLoop;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The backups there are, as their files show them; and those that have failed in this process. */
@ApplicationScoped
public class BackupList {
    private static final int MAX_LISTED = 1_000;
    private static final int MAX_FAILED = 20;
    private static final DateTimeFormatter STARTED = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    private final BackupPlace place;
    private final BackupThread thread;
    private final Map<String, Backup> failed = new LinkedHashMap<>();

    BackupList(BackupPlace place, BackupThread thread) {
        this.place = place;
        this.thread = thread;
    }

    /** The latest, newest first; fails with {@link Conflict} without a directory. */
    public Uni<List<Backup>> all() {
        BackupFolder folder = place.folder();
        return blocking(() -> {
            Map<String, Backup> all = new TreeMap<>(Comparator.reverseOrder());
            synchronized (failed) {
                all.putAll(failed);
            }
            // Before the complete ones, since one may become complete in between.
            for (String name : folder.unfinished()) {
                all.put(name, unfinished(folder, name));
            }
            for (String name : folder.complete().stream().limit(MAX_LISTED).toList()) {
                all.put(name, complete(folder, name));
            }
            return List.copyOf(all.values());
        });
    }

    /** The newest that is complete; empty when there is none. */
    Uni<Optional<Backup>> newest() {
        BackupFolder folder = place.folder();
        return blocking(() -> {
            for (String name : folder.complete()) {
                Backup backup = complete(folder, name);
                if (backup.state() == State.COMPLETE) {
                    return Optional.of(backup);
                }
            }
            return Optional.empty();
        });
    }

    /** One of them; fails with {@link NotFound} when there is none of that name, and as {@link #all}. */
    public Uni<Backup> get(String name) {
        BackupFolder folder = place.folder();
        if (!BackupFolder.isName(name)) {
            return Uni.createFrom().failure(unknown());
        }
        return blocking(() -> {
            // In this order, since it may become complete in between.
            if (folder.unfinished().contains(name)) {
                return unfinished(folder, name);
            }
            if (folder.complete().contains(name)) {
                return complete(folder, name);
            }
            synchronized (failed) {
                if (failed.containsKey(name)) {
                    return failed.get(name);
                }
            }
            throw unknown();
        });
    }

    private Backup complete(BackupFolder folder, String name) throws IOException {
        try {
            var manifest = folder.manifest(name, place.key());
            return new Backup(name, State.COMPLETE, manifest.startedAt(), manifest, null, null);
        } catch (DamagedFile e) {
            return new Backup(name, State.UNUSABLE, startedAt(name), null, null, e.getMessage());
        }
    }

    private Backup unfinished(BackupFolder folder, String name) throws IOException {
        Activity present = thread.present();
        if (present != null && present.kind() == Kind.CREATE && present.backup().equals(name)) {
            return new Backup(name, State.RUNNING, present.startedAt(), null, present, null);
        }
        if (folder.isBeingWritten(name)) {
            return new Backup(name, State.RUNNING, startedAt(name), null, null, null);
        }
        return folder.complete().contains(name)
                ? complete(folder, name)
                : new Backup(
                        name,
                        State.INTERRUPTED,
                        startedAt(name),
                        null,
                        null,
                        "The process that made it has ended; it is removed when the next one begins");
    }

    private static Instant startedAt(String name) {
        try {
            return LocalDateTime.parse(name.substring(0, name.indexOf('-')), STARTED)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            // Digits that are no date: nobody but a person has named it so.
            return Instant.EPOCH;
        }
    }

    void failed(Activity activity, Throwable failure) {
        synchronized (failed) {
            failed.put(
                    activity.backup(),
                    new Backup(
                            activity.backup(),
                            State.FAILED,
                            activity.startedAt(),
                            null,
                            null,
                            failure.getMessage() == null ? failure.toString() : failure.getMessage()));
            if (failed.size() > MAX_FAILED) {
                failed.remove(failed.keySet().iterator().next());
            }
        }
    }

    /** The directory, if a complete backup of that name lies in it. */
    Uni<BackupFolder> require(String name) {
        BackupFolder folder = place.folder();
        return blocking(() -> {
            if (!BackupFolder.isName(name) || !folder.complete().contains(name)) {
                throw unknown();
            }
            return folder;
        });
    }

    Uni<Void> remove(String name) {
        return require(name)
                .chain(folder -> blocking(() -> {
                    folder.remove(name);
                    return null;
                }));
    }

    private static NotFound unknown() {
        return new NotFound("There is no complete backup of that name");
    }

    private static <T> Uni<T> blocking(Reading<T> work) {
        return OffLoop.always(() -> {
                    try {
                        return work.run();
                    } catch (IOException e) {
                        throw Unavailable.overloaded("The directory of backups cannot be read: " + e.getMessage());
                    }
                })
                .onFailure(java.util.concurrent.CompletionException.class)
                .transform(Throwable::getCause);
    }

    /** Reads files. */
    @FunctionalInterface
    private interface Reading<T> {
        T run() throws IOException;
    }
}
