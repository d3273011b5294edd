package dev.laurel.standings.read;

import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.redis.RedisQuestion;
import dev.laurel.platform.redis.RedisQuestions;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.load.Rebuilder;
import dev.laurel.standings.postgres.TakesRank;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.redis.NotLoaded;
import dev.laurel.standings.redis.RedisKeys;
import dev.laurel.standings.redis.TieKey;
import dev.laurel.standings.window.WindowMoved;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.standings.window.WindowState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a player's standings in several windows of a board in one round trip, from Redis, or from PostgreSQL where
 * Redis cannot serve all of them. The windows are neither closed nor rolling, and the board is not frozen.
 */
@ApplicationScoped
public class HoldingsReader {
    /** As in {@link StandingsReader}: a window moves at most from open through closing to closed during a request. */
    private static final int MAX_MOVES = 3;

    private static final RedisScript HOLDINGS = RedisScript.load("standings/window", "standings/holdings");

    private static final String STORED = """
            SELECT o.state,
                CASE WHEN {takesRank} THEN player_scores($1, w.period, w.window_key, $4) END
            FROM unnest($2::smallint[], $3::bigint[]) WITH ORDINALITY AS w(period, window_key, n)
            LEFT JOIN board_window o ON o.board_id = $1 AND o.period = w.period AND o.window_key = w.window_key
            ORDER BY w.n""".replace("{takesRank}", TakesRank.in("$4", "w.period", "w.window_key"));

    private final Sql sql;
    private final Pulse pulse;
    private final RedisQuestions redis;
    private final RedisKeys keys;
    private final WindowRegistry windows;
    private final Rebuilder rebuilder;
    private final ReadCounts counts;

    HoldingsReader(
            Sql sql,
            Pulse pulse,
            RedisQuestions redis,
            RedisKeys keys,
            WindowRegistry windows,
            Rebuilder rebuilder,
            ReadCounts counts) {
        this.sql = sql;
        this.pulse = pulse;
        this.redis = redis;
        this.keys = keys;
        this.windows = windows;
        this.rebuilder = rebuilder;
        this.counts = counts;
    }

    /**
     * A player's standings in current windows of one board; fails with {@link Unavailable} when neither store responds.
     */
    public Uni<Holdings> of(Board board, List<WindowRef> current, String playerId) {
        return readOnce(board, current, playerId).onFailure(WindowMoved.class).recoverWithUni(() -> Uni.createFrom()
                .deferred(() -> readAgain(board, current, playerId))
                .onFailure(WindowMoved.class)
                .retry()
                .atMost(MAX_MOVES)
                .onFailure(WindowMoved.class)
                .transform(moved -> Unavailable.overloaded("A window is being closed")));
    }

    private Uni<Holdings> readAgain(Board board, List<WindowRef> current, String playerId) {
        return Multi.createFrom()
                .iterable(current)
                .onItem()
                .transformToUniAndConcatenate(window -> windows.again(window, null))
                .collect()
                .asList()
                .chain(found -> readOnce(board, found, playerId));
    }

    private Uni<Holdings> readOnce(Board board, List<WindowRef> current, String playerId) {
        List<WindowRef> opened = current.stream().filter(WindowRef::opened).toList();
        if (opened.isEmpty()) {
            return Uni.createFrom().item(holdings(board, current, List.of(), Source.POSTGRES));
        }
        boolean trusted = opened.stream().allMatch(rebuilder::trusts);
        Uni<Holdings> stored = Uni.createFrom()
                .deferred(() -> stored(board, opened, playerId))
                .map(found -> holdings(board, current, found, Source.POSTGRES));
        Uni<Holdings> read = !trusted
                ? stored
                : held(opened, playerId)
                        .map(found -> holdings(board, current, found, Source.REDIS))
                        .onFailure(failure -> !movedOn(failure, opened))
                        .recoverWithUni(stored);
        return (redis.impaired() ? pulse.whileAlive(read) : read).invoke(found -> counts.add(found.source()));
    }

    /** Redis drops a window before its archive is complete; until then PostgreSQL has it. */
    private static boolean movedOn(Throwable failure, List<WindowRef> opened) {
        return failure instanceof WindowMoved && opened.stream().allMatch(window -> window.state() == WindowState.OPEN);
    }

    private Uni<List<Standing>> held(List<WindowRef> opened, String playerId) {
        List<String> pairs = new ArrayList<>(2 * opened.size());
        opened.forEach(window -> pairs.addAll(keys.of(window.by(0)).subList(0, 2)));
        return redis.ask(new RedisQuestion(HOLDINGS, pairs, List.of(playerId), opened.size()))
                .map(answer -> held(opened, playerId, answer));
    }

    private List<Standing> held(List<WindowRef> opened, String playerId, Response answer) {
        List<Standing> standings = new ArrayList<>(opened.size());
        boolean complete = true;
        for (int i = 0; i < opened.size(); i++) {
            WindowRef window = opened.get(i);
            Response held = answer.get(i);
            if (held == null) {
                rebuilder.request(window);
                complete = false;
            } else if ("CLOSED".equals(held.toString())) {
                throw new WindowMoved();
            } else {
                standings.add(held.toString().isEmpty() ? null : standing(window, playerId, held.toString()));
            }
        }
        if (!complete) {
            throw new NotLoaded();
        }
        return standings;
    }

    private static Standing standing(WindowRef window, String playerId, String held) {
        BoardDefinition definition = window.board().definition();
        int sort = held.indexOf(':') + 1;
        int tie = held.indexOf(':', sort) + 1;
        return new Standing(
                playerId,
                definition.order().score(Long.parseLong(held, sort, tie - 1, 10)),
                TieKey.instantOf(definition.tieBreak(), held.substring(tie)));
    }

    private Uni<List<Standing>> stored(Board board, List<WindowRef> opened, String playerId) {
        return pulse.whileAlive(sql.run(
                        STORED,
                        board.id(),
                        opened.stream().map(window -> window.period().code()).toArray(Short[]::new),
                        opened.stream().map(WindowRef::key).toArray(Long[]::new),
                        playerId))
                .map(rows -> stored(rows, playerId));
    }

    private static List<Standing> stored(RowSet<Row> rows, String playerId) {
        List<Standing> standings = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (WindowState.CLOSED.name().equals(row.getString(0))) {
                throw new WindowMoved();
            }
            Long[] scores = row.getArrayOfLongs(1);
            standings.add(scores == null ? null : new Standing(playerId, scores[0], scores[1]));
        }
        return standings;
    }

    /** Windows that were never opened hold nothing. */
    private static Holdings holdings(Board board, List<WindowRef> current, List<Standing> ofOpened, Source source) {
        List<Standing> standings = new ArrayList<>(current.size());
        int next = 0;
        for (WindowRef window : current) {
            standings.add(window.opened() ? ofOpened.get(next++) : null);
        }
        return new Holdings(board, current, standings, source);
    }
}
