package dev.laurel.ranking;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.player.Player;
import dev.laurel.player.PlayerKey;
import dev.laurel.player.Players;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Period;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides whether a player may play on a board now: game servers check it before a player begins. */
@ApplicationScoped
public class Eligibility {
    private static final String IS_DISQUALIFIED = """
            SELECT EXISTS (SELECT FROM disqualification q
                           JOIN unnest($3::smallint[], $4::bigint[]) AS w(period, window_key)
                               ON w.period = q.period AND w.window_key = q.window_key
                           WHERE q.board_id = $1 AND q.player_id = $2)""";

    private final Boards boards;
    private final Players players;
    private final StandingsReader standings;
    private final Sql sql;
    private final Clock clock;

    Eligibility(Boards boards, Players players, StandingsReader standings, Sql sql, Clock clock) {
        this.boards = boards;
        this.players = players;
        this.standings = standings;
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * The reasons why a player may not play on a board.
     *
     * @return fails with {@link NotFound} when there is no such board
     */
    public Uni<Verdict> of(PlayerKey key, String boardName) {
        return boards.get(boardName).chain(board -> players.known(key)
                .chain(player -> isDisqualified(board, key.id()).map(out -> verdict(board, key, player, out))));
    }

    private Verdict verdict(Board board, PlayerKey key, Optional<Player> player, boolean disqualified) {
        Instant now = clock.instant();
        List<Reason> reasons = new ArrayList<>();
        if (player.isPresent() && player.get().isBanned(now)) {
            reasons.add(Reason.BANNED);
        }
        if (disqualified) {
            reasons.add(Reason.DISQUALIFIED);
        }
        if (board.definition().periods().equals(Set.of(Period.SEASON))
                && board.seasonAt(now).isEmpty()) {
            reasons.add(Reason.NO_SEASON);
        }
        return new Verdict(board, key, player, List.copyOf(reasons), now.truncatedTo(ChronoUnit.MILLIS));
    }

    private Uni<Boolean> isDisqualified(Board board, String playerId) {
        return running(board)
                .chain(windows -> windows.isEmpty()
                        ? Uni.createFrom().item(false)
                        : sql.run(
                                        IS_DISQUALIFIED,
                                        board.id(),
                                        playerId,
                                        windows.stream()
                                                .map(window -> window.period().code())
                                                .toArray(Short[]::new),
                                        windows.stream().map(WindowRef::key).toArray(Long[]::new))
                                .map(rows -> rows.iterator().next().getBoolean(0)));
    }

    /** The windows in which an event would count now; rolling ones are made of days, and have no disqualifications. */
    private Uni<List<WindowRef>> running(Board board) {
        List<Period> periods = board.definition().periods().stream()
                .filter(period -> !period.isRolling() && !board.isFilling(period))
                .filter(period -> period != Period.SEASON
                        || board.seasonAt(clock.instant()).isPresent())
                .sorted()
                .toList();
        return Multi.createFrom()
                .iterable(periods)
                .onItem()
                .transformToUniAndConcatenate(period -> standings.window(board, period, null))
                .collect()
                .asList();
    }

    /** A reason why a player may not play. */
    public enum Reason {
        /** According to the player's record. */
        BANNED,
        /** In a window of the board that is running now. */
        DISQUALIFIED,
        /** The board counts in seasons only, and none is running. */
        NO_SEASON
    }

    /**
     * Whether a player may play on a board.
     *
     * @param player empty when the player has no record
     * @param reasons why the player may not play; empty when nothing prevents it
     */
    public record Verdict(Board board, PlayerKey key, Optional<Player> player, List<Reason> reasons, Instant asOf) {
        public boolean eligible() {
            return reasons.isEmpty();
        }
    }
}
