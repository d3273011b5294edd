package dev.laurel.feed;

import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.FeedItem;
import dev.laurel.feed.source.Start;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;

import java.util.List;

/**
 * A part of the service that processes a feed, by a cursor stored in PostgreSQL. Every bean that implements this
 * interface is run; see {@code docs/followers.md}.
 */
public interface Follower<T extends FeedItem> {
    /**
     * Names its cursor, its lag and the items put aside for it: lower case letters, digits and dashes, never to be
     * changed.
     */
    String name();

    Feed<T> feed();

    /** Where it begins; called until it has a cursor, and never again. */
    Start start();

    /**
     * The name of another follower of the same feed of items with transactions, whose effects this one reads: it sees an item
     * once that one has passed it. Null for none.
     */
    default String after() {
        return null;
    }

    /**
     * Processes some items, which are in the order of the feed for each board. Effects of its statements are committed
     * together with the cursor, and so happen exactly once. All other effects may be repeated, and must tolerate that.
     *
     * @param batch at least one item
     * @param transaction in which the cursor moves
     * @return fails when nothing of the batch is done: with {@link Unavailable} when something else has to be
     *     available first, which is waited for; after any other failure the batch is retried, and in the end the one
     *     item that is to blame is put aside
     */
    Uni<Void> handle(List<T> batch, Statements transaction);
}
