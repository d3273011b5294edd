package dev.laurel.backup;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Something that this process is doing with a backup, and how far it is. */
public final class Activity {
    private final Kind kind;
    private final String backup;
    private final Instant startedAt;
    private final AtomicLong done = new AtomicLong();
    private volatile long total;

    Activity(Kind kind, String backup, Instant startedAt) {
        this.kind = kind;
        this.backup = backup;
        this.startedAt = startedAt;
    }

    public Kind kind() {
        return kind;
    }

    /** The name of the backup. */
    public String backup() {
        return backup;
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** Rows that are done with. */
    public long done() {
        return done.get();
    }

    /** Rows there are, or about as many; 0 while unknown. */
    public long total() {
        return total;
    }

    void begin(long rows) {
        done.set(0);
        total = rows;
    }

    void rowDone() {
        done.lazySet(done.get() + 1);
    }

    /** What is being done. */
    public enum Kind {
        CREATE("being made"),
        VERIFY("being verified"),
        RESTORE("being restored");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
