package dev.laurel.testing;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

/** A board whose lock a test holds, so that no batch is written to it meanwhile. */
public final class HeldBoard {
    private static final String WAITING =
            " FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = 76 AND NOT l.granted"
                    + " AND l.objid::integer = (SELECT b.id FROM board b WHERE b.name = ? AND b.deleted_at IS NULL)";

    private final String board;

    private HeldBoard(String board) {
        this.board = board;
    }

    /** Does something while the lock of a board is held. */
    public static void hold(String board, Consumer<HeldBoard> meanwhile) {
        try (Connection holder = EmbeddedStores.current().connect();
                PreparedStatement lock = holder.prepareStatement(
                        "SELECT pg_advisory_lock(76, id) FROM board WHERE name = ? AND deleted_at IS NULL")) {
            lock.setString(1, board);
            lock.executeQuery();
            meanwhile.accept(new HeldBoard(board));
        } catch (SQLException e) {
            throw new AssertionError("Board " + board + " cannot be held", e);
        }
    }

    /** Waits until a batch stands at the lock, and ends it there: it has written nothing. */
    public void refuseTheNextBatch() {
        awaitWaiting(1);
        StoredRows.column("SELECT pg_cancel_backend(l.pid)" + WAITING, board);
    }

    /** Waits until so many stand at the lock. */
    public void awaitWaiting(int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> StoredRows.number("SELECT count(*)" + WAITING, board) == count);
    }
}
