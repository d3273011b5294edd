package dev.laurel.feed.source;

import dev.laurel.platform.async.Commits;

/** A stream that can be followed, and the type of its items. */
public final class Feed<T extends FeedItem> {
    /** Every event in the ledger, in the order of the transactions that wrote them. */
    public static final Feed<AcceptedEvent> EVENTS = new Feed<>(Commits.Kind.EVENTS);

    /** Every window that is closed, in the order of closing within each board. */
    public static final Feed<ClosedWindow> CLOSINGS = new Feed<>(Commits.Kind.CLOSINGS);

    /** Every change of a definition. */
    public static final Feed<Change> CHANGES = new Feed<>(Commits.Kind.CHANGES);

    private final Commits.Kind kind;

    private Feed(Commits.Kind kind) {
        this.kind = kind;
    }

    public Commits.Kind kind() {
        return kind;
    }

    public String id() {
        return kind.name();
    }

    @Override
    public String toString() {
        return id();
    }
}
