package dev.laurel.feed;

import dev.laurel.platform.lifecycle.MainThread;
import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.platform.postgres.Sql;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * Keeps cursors correct after a restore into another server. Its transaction ids may be lower than those in the rows;
 * whatever is written from then on would sort before the cursors, and never be read. So before anything is written, ids
 * are shifted.
 */
@ApplicationScoped
class FeedRebase {
    private static final Logger LOG = Logger.getLogger(FeedRebase.class);

    /** A cheap check when the server is the same as last time. */
    private static final String REBASE = """
            SELECT CASE WHEN (SELECT cluster FROM feed_shift) = (SELECT system_identifier FROM pg_control_system()) THEN false
                        ELSE rebase_feed() END""";

    private final Sql sql;

    FeedRebase(Sql sql) {
        this.sql = sql;
    }

    void rebase(@Observes @Priority(StartOrder.POSTGRES + 1) StartupEvent event) {
        boolean shifted = MainThread.await(
                () -> sql.runForJob(REBASE).map(rows -> rows.iterator().next().getBoolean(0)));
        if (shifted) {
            LOG.info("The database moved to a server with lower transaction ids: followers resume where they were");
        }
    }
}
