package dev.laurel.platform.async;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Wakes up those in this process that work through what has been committed. It is a wake-up and nothing more: nobody relies on
 * it, and a listener that fails disturbs nobody.
 */
@ApplicationScoped
public class Commits {
    private static final Logger LOG = Logger.getLogger(Commits.class);

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Has a listener called from now on, on the thread of whoever has committed: it must not block. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Says that something of a board has been committed. Never fails. */
    public void announce(Kind kind, int boardId) {
        for (Listener listener : listeners) {
            try {
                listener.committed(kind, boardId);
            } catch (RuntimeException e) {
                LOG.warnf(e, "Nobody was woken up for %s of board %d", kind, boardId);
            }
        }
    }

    /** What was committed. */
    public enum Kind {
        EVENTS,
        CLOSINGS,
        CHANGES
    }

    /** One who wants to be woken up. */
    @FunctionalInterface
    public interface Listener {
        void committed(Kind kind, int boardId);
    }
}
