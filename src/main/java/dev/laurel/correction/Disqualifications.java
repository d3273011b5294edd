package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.shared.PlayerIds;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.standings.write.DisqualificationStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Players who are not ranked in a window, open or closed. Their scores continue to count, and reappear on
 * reinstatement.
 */
@ApplicationScoped
public class Disqualifications {
    private static final int MAX_LISTED = 1_000;

    private static final String LIST = """
            SELECT player_id, reason, author, created_at FROM disqualification
            WHERE board_id = $1 AND period = $2 AND window_key = $3 ORDER BY created_at, player_id LIMIT $4""";

    private final Sql sql;
    private final Pulse pulse;
    private final StandingsReader reader;
    private final WindowRegistry windows;
    private final DisqualificationStore disqualifications;

    Disqualifications(
            Sql sql,
            Pulse pulse,
            StandingsReader reader,
            WindowRegistry windows,
            DisqualificationStore disqualifications) {
        this.sql = sql;
        this.pulse = pulse;
        this.reader = reader;
        this.windows = windows;
        this.disqualifications = disqualifications;
    }

    /**
     * Disqualifies a player in a window, or reinstates the player.
     *
     * @param out true to take the player out
     * @return whether that is new; fails with {@link NotFound} when the window never had an event, with {@link Conflict}
     *     while it is being closed, with {@link Unavailable} while it is being filled
     */
    public Uni<Boolean> change(PlayerInWindow player, boolean out, Decision decision) {
        PlayerIds.require("player", player.playerId());
        return reader.window(player.board(), player.period(), player.windowId()).chain(window -> disqualifications
                .change(window, player.playerId(), out, decision.reason(), decision.author())
                // It may have been carried out in a generation of which this process has not heard.
                .invoke(() -> windows.forget(window)));
    }

    /** Who is disqualified in a window, in the order of the decisions; the first 1,000. */
    public Uni<List<Disqualified>> list(Board board, Period period, String windowId) {
        // All of it together, or each step would find out for itself that PostgreSQL is silent.
        return pulse.whileAlive(reader.window(board, period, windowId)
                        .chain(window -> windows.again(window, windowId))
                        .chain(window -> sql.run(LIST, board.id(), period.code(), window.key(), (long) MAX_LISTED)))
                .map(rows -> {
                    List<Disqualified> found = new ArrayList<>(rows.size());
                    rows.forEach(row -> found.add(new Disqualified(
                            row.getString(0),
                            row.getString(1),
                            row.getString(2),
                            row.getOffsetDateTime(3).toInstant())));
                    return found;
                });
    }

    /**
     * A player in a window.
     *
     * @param windowId null for the current window
     */
    public record PlayerInWindow(Board board, Period period, String windowId, String playerId) {}

    /** A player who is not ranked. */
    public record Disqualified(String playerId, String reason, String author, Instant since) {}
}
