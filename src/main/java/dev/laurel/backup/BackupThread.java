package dev.laurel.backup;

import dev.laurel.platform.async.Contexts;
import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.Unavailable;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/** Does one thing with a backup at a time, on a thread of its own: all of it blocks, and takes long. */
@ApplicationScoped
class BackupThread {
    private static final Logger LOG = Logger.getLogger(BackupThread.class);

    private final Instance<DataSource> database;
    private final AtomicReference<Activity> present = new AtomicReference<>();
    private volatile boolean ending;

    BackupThread(Instance<DataSource> database) {
        this.database = database;
    }

    /** What is being done now; null for nothing. */
    Activity present() {
        return present.get();
    }

    /** Whether the service is shutting down: work ends at its next step. */
    boolean isEnding() {
        return ending;
    }

    /**
     * Begins some work.
     *
     * @param ended called when it has ended, with its result or its failure, before anything else can begin
     * @return what is being done, once the work can no longer be refused; fails as it does until then, and with
     *     {@link Conflict} while something else is being done, in whatever process
     */
    <T> Uni<Activity> begin(Activity activity, Work<T> work, Ended<T> ended) {
        if (ending) {
            return Uni.createFrom().failure(Unavailable.overloaded("The service is shutting down"));
        }
        Activity other = present.compareAndExchange(null, activity);
        if (other != null) {
            return Uni.createFrom()
                    .failure(new Conflict(
                            "Backup " + other.backup() + " is " + other.kind().words() + "; wait until that is done"));
        }
        CompletableFuture<Activity> begun = new CompletableFuture<>();
        Thread worker = new Thread(() -> run(activity, work, begun, ended), "backup");
        worker.setDaemon(true);
        worker.setPriority(Thread.MIN_PRIORITY);
        worker.start();
        return Contexts.await(begun);
    }

    private <T> void run(Activity activity, Work<T> work, CompletableFuture<Activity> begun, Ended<T> ended) {
        T result = null;
        Throwable failure = null;
        try (BackupSession session = BackupSession.open(database.get())) {
            if (session == null) {
                throw new Conflict("Another process is making or restoring a backup; wait until that is done");
            }
            result = work.run(session, () -> begun.complete(activity));
        } catch (SQLException e) {
            failure = Unavailable.store("PostgreSQL", e);
            LOG.debugf(e, "Backup %s: %s", activity.backup(), e.getMessage());
        } catch (LaurelException | DamagedBackup | IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "Backup %s has failed", activity.backup());
            failure = e;
        }
        boolean refused = failure != null && !begun.isDone();
        try {
            if (!refused) {
                ended.accept(result, failure);
            }
        } finally {
            present.set(null);
            if (refused) {
                begun.completeExceptionally(failure instanceof IOException e ? disk(e) : failure);
            }
        }
    }

    private static Unavailable disk(IOException e) {
        return Unavailable.overloaded("The directory of backups cannot be used: " + e.getMessage());
    }

    void end(@Observes @Priority(StartOrder.JOBS_END) ShutdownEvent event) {
        ending = true;
    }

    /** Blocking work on a session. */
    @FunctionalInterface
    interface Work<T> {
        /** @param begun to be called once nothing can refuse it any more */
        T run(BackupSession session, Runnable begun) throws SQLException, IOException;
    }

    /** Told of the end of some work. */
    @FunctionalInterface
    interface Ended<T> {
        /** @param failure null when it has succeeded */
        void accept(T result, Throwable failure);
    }
}
