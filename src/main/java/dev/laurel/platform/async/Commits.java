package dev.laurel.platform.async;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Wakes up the listeners in this process that process committed work. It is only a hint: correctness never depends on
 * it, and a listener that fails affects no other.
 */
@ApplicationScoped
public class Commits {
    private static final Logger LOG = Logger.getLogger(Commits.class);

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Registers a listener, which is called on the committing thread and must not block. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** Announces that something on a board has been committed. Never fails. */
    public void announce(Kind kind, int boardId) {
        for (Listener listener : listeners) {
            try {
                listener.committed(kind, boardId);
            } catch (RuntimeException e) {
                LOG.warnf(e, "A listener failed on %s of board %d", kind, boardId);
            }
        }
    }

    /** What was committed. */
    public enum Kind {
        EVENTS,
        CLOSINGS,
        CHANGES
    }

    /** A listener to be woken up. */
    @FunctionalInterface
    public interface Listener {
        void committed(Kind kind, int boardId);
    }
}
