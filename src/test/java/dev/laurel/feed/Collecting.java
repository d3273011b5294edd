package dev.laurel.feed;

import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.FeedItem;
import dev.laurel.feed.source.Start;
import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Vetoed;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A follower that no process runs but the test itself, and that keeps what it gets. */
@Vetoed
final class Collecting<T extends FeedItem> implements Follower<T> {
    private final String name = "test-" + UUID.randomUUID();
    private final Feed<T> feed;
    private final Start start;
    private final List<T> items = new ArrayList<>();

    Collecting(Feed<T> feed, Start start) {
        this.feed = feed;
        this.start = start;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Feed<T> feed() {
        return feed;
    }

    @Override
    public Start start() {
        return start;
    }

    @Override
    public Uni<Void> handle(List<T> batch, Statements transaction) {
        items.addAll(batch);
        return Uni.createFrom().voidItem();
    }

    List<T> of(int board) {
        return items.stream().filter(item -> item.boardId() == board).toList();
    }
}
