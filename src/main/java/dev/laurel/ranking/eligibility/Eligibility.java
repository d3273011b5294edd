package dev.laurel.ranking.eligibility;

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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a player may play on a board now: game servers check it before a player begins. When the board, the
 * player's record and what is known of the player on the board are cached, an answer takes no statement.
 */
@ApplicationScoped
public class Eligibility {
    /** Everything that is not in the player's record, in one statement. */
    private static final String KNOWN = """
            SELECT EXISTS (SELECT FROM disqualification q
                           JOIN unnest($3::smallint[], $4::bigint[]) AS w(period, window_key)
                               ON w.period = q.period AND w.window_key = q.window_key
                           WHERE q.board_id = $1 AND q.player_id = $2),
                (SELECT s.last_ms FROM standing s WHERE s.board_id = $1 AND s.player_id = $2)""";

    private final Boards boards;
    private final Players players;
    private final StandingsReader standings;
    private final Sql sql;
    private final OnBoardCache known;
    private final Clock clock;

    Eligibility(Boards boards, Players players, StandingsReader standings, Sql sql, OnBoardCache known, Clock clock) {
        this.boards = boards;
        this.players = players;
        this.standings = standings;
        this.sql = sql;
        this.known = known;
        this.clock = clock;
    }

    /**
     * The reasons why a player may not play on a board.
     *
     * @return fails with {@link NotFound} when there is no such board
     */
    public Uni<Verdict> of(PlayerKey key, String boardName) {
        return boards.get(boardName)
                .chain(board -> players.known(key).chain(player -> known.get(board, key, () -> onBoard(board, key.id()))
                        .map(found -> verdict(board, key, player, found))));
    }

    private Verdict verdict(Board board, PlayerKey key, Optional<Player> player, OnBoard found) {
        Instant now = clock.instant();
        List<String> missing = missing(board, player);
        Instant playableAt = found.playableAt(board.definition().eligibility().cooldown());
        // While a board is frozen, nobody learns who has scored just now.
        boolean cooling = playableAt != null && now.isBefore(playableAt) && !board.frozen(now);
        List<Reason> reasons = new ArrayList<>();
        addIf(reasons, player.isPresent() && player.get().isBanned(now), Reason.BANNED);
        addIf(reasons, found.disqualified(), Reason.DISQUALIFIED);
        addIf(
                reasons,
                board.definition().periods().equals(Set.of(Period.SEASON))
                        && board.seasonAt(now).isEmpty(),
                Reason.NO_SEASON);
        addIf(reasons, !missing.isEmpty(), Reason.MISSING_ATTRIBUTE);
        addIf(reasons, cooling, Reason.COOLDOWN);
        return new Verdict(
                board,
                key,
                player,
                List.copyOf(reasons),
                missing,
                cooling ? playableAt : null,
                now.truncatedTo(ChronoUnit.MILLIS));
    }

    private static void addIf(List<Reason> reasons, boolean holds, Reason reason) {
        if (holds) {
            reasons.add(reason);
        }
    }

    private static List<String> missing(Board board, Optional<Player> player) {
        Map<String, Object> attributes =
                player.map(found -> found.profile().attributes()).orElse(Map.of());
        return board.definition().eligibility().requires().stream()
                .filter(name -> attributes.getOrDefault(name, false).equals(false))
                .toList();
    }

    private Uni<OnBoard> onBoard(Board board, String playerId) {
        return running(board)
                .chain(windows -> windows.isEmpty()
                                && board.definition().eligibility().cooldown().isZero()
                        ? Uni.createFrom().item(new OnBoard(false, null))
                        : sql.run(
                                        KNOWN,
                                        board.id(),
                                        playerId,
                                        windows.stream()
                                                .map(window -> window.period().code())
                                                .toArray(Short[]::new),
                                        windows.stream().map(WindowRef::key).toArray(Long[]::new))
                                .map(rows -> rows.iterator().next())
                                .map(row -> new OnBoard(row.getBoolean(0), row.getLong(1))));
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
        NO_SEASON,
        /** The player's record lacks an attribute that the board demands. */
        MISSING_ATTRIBUTE,
        /** The player's last event was too short a time ago. */
        COOLDOWN
    }

    /**
     * Whether a player may play on a board.
     *
     * @param player empty when the player has no record
     * @param reasons why the player may not play; empty when nothing prevents it
     * @param missing attributes that the board demands and the player lacks
     * @param cooldownUntil null when there is none
     */
    public record Verdict(
            Board board,
            PlayerKey key,
            Optional<Player> player,
            List<Reason> reasons,
            List<String> missing,
            Instant cooldownUntil,
            Instant asOf) {
        public boolean eligible() {
            return reasons.isEmpty();
        }
    }
}
