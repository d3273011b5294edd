package dev.laurel.feed.source;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;

import java.util.List;

/** Where the items of a feed come from, and what a cursor in it is. */
public interface Source<T extends FeedItem> {
    /** Gives a follower its cursors, if it has none yet. */
    Uni<Void> register(Sql sql, String follower, Start start);

    /** What comes behind the cursor and is decided, in the order of the feed. */
    Uni<Batch<T>> read(Statements transaction, Claim claim, int size);

    /** Moves the cursor behind these items, but for what is kept in the row of the claim. */
    Uni<Void> move(Statements transaction, Claim claim, List<Placed<T>> done);

    /** Where the row of the claim stands behind these items. */
    Position behind(Claim claim, List<Placed<T>> done);

    /** One item; null when it is not kept any more. */
    Uni<T> one(Statements transaction, int boardId, Position at);

    /** Finds, with the names of followers as $1, name and shard of those that have something to do. */
    String pending();

    /** Finds, with the names of followers as $1, for each name how many items are to be done, and since when, in seconds. */
    String lag();
}
