package dev.laurel.testing;

import static org.awaitility.Awaitility.await;

import dev.laurel.feed.Follower;
import dev.laurel.feed.source.ClosedWindow;
import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.Start;
import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What followers hear about closed windows, in their order. */
@Singleton
public class ClosedWindows implements Follower<ClosedWindow> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** More than the board's own count would be a closing that was told twice. */
    private static final String CLOSINGS =
            "SELECT coalesce(max(closings), 0) FROM board WHERE name = ? AND deleted_at IS NULL";

    private final List<ClosedWindow> heard = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
        return "test-closed-windows";
    }

    @Override
    public Feed<ClosedWindow> feed() {
        return Feed.CLOSINGS;
    }

    @Override
    public Start start() {
        return Start.NOW;
    }

    @Override
    public Uni<Void> handle(List<ClosedWindow> batch, Statements transaction) {
        heard.addAll(batch);
        return Uni.createFrom().voidItem();
    }

    /** All that a board has closed by now. */
    public List<ClosedWindow> of(String board) {
        long closings = StoredRows.number(CLOSINGS, board);
        await().atMost(PATIENCE).until(() -> known(board).size() >= closings);
        return known(board);
    }

    private List<ClosedWindow> known(String board) {
        return heard.stream().filter(closed -> closed.boardName().equals(board)).toList();
    }

    /** The names of the closed windows of one board. */
    public List<String> namesOf(String board) {
        return of(board).stream().map(ClosedWindow::windowId).toList();
    }
}
