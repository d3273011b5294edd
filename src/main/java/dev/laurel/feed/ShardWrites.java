package dev.laurel.feed;

import dev.laurel.platform.async.LargeWrites;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What this process is writing in each shard. One thread uses it. */
final class ShardWrites {
    /** Writers that have committed nothing for so long need no consideration. */
    static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LargeWrites imports;

    /** When this process last committed something in a shard. */
    private final Map<Integer, Long> committed = new HashMap<>();

    ShardWrites(LargeWrites imports) {
        this.imports = imports;
    }

    void committed(int shard, long now) {
        committed.put(shard, now);
    }

    Writing in(int shard, long now) {
        if (imports.isAny(board -> ShardKey.of(board) == shard)) {
            return Writing.IMPORT;
        }
        Long last = committed.get(shard);
        return last != null && now - last < BUSY_NANOS ? Writing.EVENTS : Writing.NOTHING;
    }

    /** What writers do. */
    enum Writing {
        NOTHING,
        EVENTS,
        /** A file, or the rankings that it has changed. */
        IMPORT
    }
}
