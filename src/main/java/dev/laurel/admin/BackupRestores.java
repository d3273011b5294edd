package dev.laurel.admin;

import dev.laurel.admin.Restoration.Phase;
import dev.laurel.backup.Activity;
import dev.laurel.backup.Backups;
import dev.laurel.backup.RestoreOrder;
import dev.laurel.board.BoardConfig;
import dev.laurel.correction.Decision;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Restores backups and verifies them, and remembers what this process has done so. */
@ApplicationScoped
public class BackupRestores {
    private static final Logger LOG = Logger.getLogger(BackupRestores.class);
    private static final int MAX_KEPT = 100;

    private final Backups backups;
    private final RestoredContents contents;
    private final BoardConfig boards;
    private final Vertx vertx;
    private final Clock clock;
    private final Map<String, Restoration> restores = new LinkedHashMap<>();
    private final Map<String, Restoration> verifications = new LinkedHashMap<>();

    BackupRestores(Backups backups, RestoredContents contents, BoardConfig boards, Vertx vertx, Clock clock) {
        this.backups = backups;
        this.contents = contents;
        this.boards = boards;
        this.vertx = vertx;
        this.clock = clock;
    }

    /** Begins to restore a backup; fails as {@link Backups#restore} does. */
    public Uni<Restoration> restore(String backup, Decision decision) {
        RestoreOrder order = new RestoreOrder(backup, boards.defaultBoard(), decision.reason(), decision.author());
        return backups.restore(
                        order,
                        activity -> put(restores, Restoration.begun(activity)),
                        () -> change(restores, backup, now -> now.in(Phase.LOADING)),
                        failure -> restored(backup, failure))
                .map(begun -> find(restores, backup).orElseGet(() -> Restoration.begun(begun)));
    }

    private void restored(String backup, Throwable failure) {
        if (failure != null) {
            LOG.warnf("Backup %s was not restored: %s", backup, failure.getMessage());
            change(restores, backup, now -> now.failed(clock.instant(), failure));
            return;
        }
        LOG.infof("Backup %s is restored", backup);
        // On a context of its own: the thread that has restored it is for what blocks.
        vertx.getOrCreateContext().runOnContext(ignored -> Uni.createFrom()
                .deferred(() -> contents.show(phase -> change(restores, backup, now -> now.in(phase))))
                .subscribe()
                .with(
                        shown -> change(restores, backup, now -> now.ended(clock.instant(), shown)),
                        lost -> change(restores, backup, now -> now.failed(clock.instant(), lost))));
    }

    /** Begins to verify a backup; fails as {@link Backups#verify} does. */
    public Uni<Restoration> verify(String backup) {
        return backups.verify(
                        backup,
                        activity -> put(verifications, Restoration.begun(activity)),
                        failure -> change(
                                verifications,
                                backup,
                                now -> failure == null
                                        ? now.ended(clock.instant(), null)
                                        : now.failed(clock.instant(), failure)))
                .map(begun -> find(verifications, backup).orElseGet(() -> Restoration.begun(begun)));
    }

    /** The latest restore of a backup that this process has begun. */
    public Optional<Restoration> restoreOf(String backup) {
        return find(restores, backup);
    }

    /** The latest verification of a backup that this process has begun. */
    public Optional<Restoration> verificationOf(String backup) {
        return find(verifications, backup);
    }

    private static Optional<Restoration> find(Map<String, Restoration> kept, String backup) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(backup));
        }
    }

    private static void put(Map<String, Restoration> kept, Restoration begun) {
        Activity activity = begun.activity();
        synchronized (kept) {
            kept.remove(activity.backup());
            kept.put(activity.backup(), begun);
            if (kept.size() > MAX_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }

    private static void change(Map<String, Restoration> kept, String backup, UnaryOperator<Restoration> step) {
        synchronized (kept) {
            kept.computeIfPresent(backup, (name, now) -> step.apply(now));
        }
    }
}
