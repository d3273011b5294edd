package dev.laurel.standings;

import jakarta.enterprise.context.ApplicationScoped;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Numbers that grow when this process has changed a window, so that whoever keeps an answer knows when it is outdated:
 * an answer is kept under the stamp read before it was loaded. Windows share a fixed number of stamps; two on one stamp
 * only cost a load too many.
 */
@ApplicationScoped
public class ChangeStamps {
    private static final int STAMPS = 4096;

    private final AtomicLongArray stamps = new AtomicLongArray(STAMPS);

    public long of(WindowRef window) {
        return stamps.get(index(window));
    }

    void changed(WindowRef window) {
        stamps.incrementAndGet(index(window));
    }

    /** Outdates every answer of this process. */
    public void changeAll() {
        for (int i = 0; i < STAMPS; i++) {
            stamps.incrementAndGet(i);
        }
    }

    private static int index(WindowRef window) {
        long mixed =
                (window.key() * 31 + window.board().id()) * 31 + window.period().code();
        return (int) ((mixed ^ mixed >>> 20 ^ mixed >>> 40) & (STAMPS - 1));
    }
}
