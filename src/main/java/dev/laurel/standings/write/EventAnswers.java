package dev.laurel.standings.write;

import dev.laurel.board.Board;
import dev.laurel.board.Season;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowCalendars;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import dev.laurel.standings.write.ScoreWrite.Report;
import dev.laurel.standings.write.WriteResult.Outcome;
import dev.laurel.standings.write.WriteResult.WindowStanding;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The events accepted under ids chosen by clients, and the response to each: a replay gets the same response, ranks
 * included, whatever has happened since. Where the response had no standings, none are recorded.
 */
@ApplicationScoped
public class EventAnswers {
    private static final Logger LOG = Logger.getLogger(EventAnswers.class);

    /** From this index on, the array holds what earlier versions did not record. */
    private static final int METRIC = 7;

    /** What the response had, as the number of a {@link Report}; recorded only where it had not both ranks. */
    private static final int REPORT = 9;

    private static final String REMEMBER = "SELECT remember_answers($1, $2, $3)";

    private static final String FIND = """
            SELECT event_id, content_hash, occurred_ms, answer FROM event_key
            WHERE board_id = $1 AND event_id = ANY ($2::text[])""";

    private final Sql sql;

    EventAnswers(Sql sql) {
        this.sql = sql;
    }

    /**
     * Records what is about to be returned. A response that cannot be recorded is sent all the same: the event is safe,
     * and a replay gets the standings at that time.
     */
    Uni<Void> remember(List<ScoreWrite> batch, List<WriteResult> written) {
        List<Integer> boards = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Outcome outcome = written.get(i).outcome();
            boolean accepted = outcome == Outcome.APPLIED || outcome == Outcome.UNCHANGED;
            if (accepted && batch.get(i).clientEventId() != null && isRecorded(batch.get(i), written.get(i))) {
                boards.add(batch.get(i).board().id());
                ids.add(batch.get(i).clientEventId());
                answers.add(encode(batch.get(i), written.get(i).standings()));
            }
        }
        if (ids.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return sql.run(
                        REMEMBER,
                        boards.toArray(Integer[]::new),
                        ids.toArray(String[]::new),
                        answers.toArray(String[]::new))
                .replaceWithVoid()
                .onFailure()
                .invoke(e -> LOG.debugf("Responses could not be recorded: %s", e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** The standings of a player who takes no rank cannot be read later. */
    private static boolean isRecorded(ScoreWrite write, WriteResult result) {
        return write.report().covers(Report.SCORES)
                || result.standings().stream().anyMatch(WindowStanding::barred);
    }

    /** Finds the accepted ones among the given events, by their ids. */
    public Uni<Map<String, Accepted>> find(Board board, Collection<String> eventIds) {
        return sql.run(FIND, board.id(), eventIds.toArray(String[]::new)).map(rows -> {
            Map<String, Accepted> found = new HashMap<>();
            rows.forEach(row -> found.put(row.getString(0), accepted(board, row)));
            return found;
        });
    }

    private static Accepted accepted(Board board, Row row) {
        Long occurred = row.getLong(2);
        JsonArray answer = row.getJsonArray(3);
        return new Accepted(
                row.getLong(1),
                occurred == null ? null : Instant.ofEpochMilli(occurred),
                answer == null ? null : decode(board, answer),
                answer == null ? Report.OUTCOME : report(answer));
    }

    private static String encode(ScoreWrite write, List<WindowStanding> standings) {
        JsonArray list = new JsonArray().add(write.playerId());
        for (WindowStanding own : standings) {
            JsonArray one = new JsonArray()
                    .add(own.ranking().period().code())
                    .add(own.ranking().key())
                    .add(own.standing().score())
                    .add(own.standing().reachedAt())
                    .add(own.rank())
                    .add(own.previousRank())
                    .add(own.total())
                    .add(own.ranking().metric())
                    .add(own.barred());
            list.add(
                    write.report() == Report.RANKS
                            ? one
                            : one.add(write.report().ordinal()));
        }
        return list.encode();
    }

    private static Report report(JsonArray list) {
        JsonArray first = list.size() > 1 ? list.getJsonArray(1) : new JsonArray();
        return first.size() > REPORT ? Report.values()[first.getInteger(REPORT)] : Report.RANKS;
    }

    private static List<WindowStanding> decode(Board board, JsonArray list) {
        List<WindowStanding> standings = new ArrayList<>(list.size());
        for (int i = 1; i < list.size(); i++) {
            JsonArray own = list.getJsonArray(i);
            int metric = own.size() > METRIC ? own.getInteger(METRIC) : 0;
            boolean barred = own.size() > METRIC && own.getBoolean(METRIC + 1);
            RankingRef ranking = window(board, Period.ofCode(own.getInteger(0)), own.getLong(1))
                    .by(metric);
            Standing standing = new Standing(list.getString(0), own.getLong(2), own.getLong(3));
            // Earlier versions kept the window of the next day, too, behind the one that was running.
            if (!ranking.period().isRolling()
                    || standings.stream().noneMatch(before -> isSameRanking(before, ranking))) {
                standings.add(
                        new WindowStanding(ranking, standing, barred, own.getLong(4), own.getLong(5), own.getLong(6)));
            }
        }
        return standings;
    }

    private static boolean isSameRanking(WindowStanding before, RankingRef ranking) {
        return before.ranking().period() == ranking.period() && before.ranking().metric() == ranking.metric();
    }

    /** As it was then: open, and under its plain name even if a reset has closed this generation since. */
    private static WindowRef window(Board board, Period period, long key) {
        if (period.isRolling()) {
            return RollingWindows.of(board, period, key);
        }
        Instant start = WindowCalendars.startOf(key);
        Window window = period == Period.SEASON
                ? board.seasonAt(start)
                        .map(Season::window)
                        // The period has been removed from the board since; only its name is reported.
                        .orElseGet(() -> new Window(period, period.path(), start, start))
                : WindowCalendars.of(board).at(start, period);
        return new WindowRef(board, window, key, window.id(), WindowState.OPEN, true);
    }

    /**
     * An event that has been accepted.
     *
     * @param contentHash tells whether an event with the same id is the same event
     * @param occurredAt null when it was accepted by a version that did not record it
     * @param standings what was returned; null when nothing was, or it was not recorded
     * @param report how much of them was
     */
    public record Accepted(long contentHash, Instant occurredAt, List<WindowStanding> standings, Report report) {}
}
