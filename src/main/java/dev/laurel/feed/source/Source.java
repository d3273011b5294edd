package dev.laurel.feed.source;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;

import java.util.List;

/** Where the items of a feed come from, and what a cursor in it is. */
public interface Source<T extends FeedItem> {
    /** Gives a follower its cursors, if it has none yet. */
    Uni<Void> register(Sql sql, String follower, Start start);

    /**
     * The decided items after the cursor, in the order of the feed.
     *
     * @param after name of a follower that has passed them; null for none
     */
    Uni<Batch<T>> read(Statements transaction, Claim claim, int size, String after);

    /** Moves the cursor past these items, except for the part stored in the row of the claim. */
    Uni<Void> move(Statements transaction, Claim claim, List<Placed<T>> done);

    /** The position for the row of the claim after these items. */
    Position behind(Claim claim, List<Placed<T>> done);

    /** One item; null when it is no longer stored. */
    Uni<T> one(Statements transaction, int boardId, Position at);

    /** A statement that finds, with the names of followers as $1, name and shard of those that have work. */
    String pending();

    /**
     * A statement that finds, with the names of followers as $1, for each name how many items are pending, and since
     * when, in seconds.
     */
    String lag();
}
