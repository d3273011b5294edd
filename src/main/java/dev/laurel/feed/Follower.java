package dev.laurel.feed;

import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.FeedItem;
import dev.laurel.feed.source.Start;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;

import java.util.List;

/**
 * A part of the service that works through a feed, by a cursor that is kept in PostgreSQL. Every bean that implements this is
 * run; see {@code docs/followers.md}.
 */
public interface Follower<T extends FeedItem> {
    /** Names its cursor, its lag and what is put aside for it: lower case letters, digits and dashes, never to be changed. */
    String name();

    Feed<T> feed();

    /** Where it begins; asked until it has a cursor, and never again. */
    Start start();

    /**
     * Does what is to be done for some items, each of a board in the order of the feed. What it does by the statements is
     * committed together with the cursor, and so happens exactly once. All else may happen again, and has to bear that.
     *
     * @param batch at least one item
     * @param transaction in which the cursor moves
     * @return fails when nothing of the batch is done: with {@link Unavailable} when something else has to be there first, which
     *     is waited for; with anything else the batch is tried again, and in the end the one item that is to blame put aside
     */
    Uni<Void> handle(List<T> batch, Statements transaction);
}
