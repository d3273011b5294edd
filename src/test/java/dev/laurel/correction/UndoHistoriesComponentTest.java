package dev.laurel.correction;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TwinBoards;
import dev.laurel.testing.Workload;
import io.quarkus.test.junit.QuarkusTest;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Random histories of players, with adjustments that are taken back in any order, days later, after their windows have been
 * closed, and by processes that die when PostgreSQL has committed: the board shows what its twin shows, where those adjustments
 * have never been.
 */
@QuarkusTest
class UndoHistoriesComponentTest extends RolloverScene {
    private static final Logger LOG = Logger.getLogger(UndoHistoriesComponentTest.class);
    private static final int HISTORIES = Integer.getInteger("laurel.test.histories", 60);
    private static final Set<Period> PERIODS =
            EnumSet.of(Period.DAILY, Period.WEEKLY, Period.ALL_TIME, Period.LAST_7_DAYS);
    private static final List<String> METRICS = List.of("power", "kills");
    private static final String WHY = "\"reason\":\"drawn by lot\",\"author\":\"judge-7\"}";
    private static final int DAYS = 6;
    private static final int DIES = 4;

    private final long seed = Long.getLong("laurel.test.seed", new Random().nextInt(1_000_000_000));
    private final Random random = new Random(seed);
    private final List<Long> toUndo = new ArrayList<>();
    private final List<String> newcomers = new ArrayList<>();
    private TwinBoards twins;
    private BoardSpec spec;

    @DisplayName("trap 28: what is taken back has never been")
    @ParameterizedTest
    @CsvSource({"SUM, DESC, EARLIEST", "BEST, ASC, LATEST", "LATEST, DESC, EARLIEST"})
    void whatIsTakenBackLeavesNoTrace(String operator, String order, String tieBreak) {
        LOG.infof("random histories of seed %d; replay with -Dlaurel.test.seed=%d", seed, seed);
        spec = aBoard("undone")
                .operator(operator)
                .order(order)
                .ordinal()
                .tieBreak(tieBreak)
                .metrics(METRICS)
                .keeping(PERIODS)
                .lateDays(1)
                .build();
        String never = aBoard("never").build().id();
        api.putBoard(spec).expect(201);
        api.putBoard(never, spec.json()).expect(201);
        twins = new TwinBoards(api, spec.id(), never);

        LocalDate first = LocalDate.parse(DAY);
        for (int day = 0; day < DAYS; day++) {
            liveThrough(first.plusDays(day));
            closeDue();
        }
        while (!toUndo.isEmpty()) {
            undoOne(clock.instant());
        }

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertTwins(first));
    }

    private void liveThrough(LocalDate day) {
        int steps = HISTORIES / DAYS;
        for (int step = 0; step < steps; step++) {
            Instant now = Instant.parse(day + "T08:00:00Z").plusMillis(step * 1_000L + random.nextInt(900));
            clock.stopAt(now);
            String player = "p" + random.nextInt(Math.max(3, HISTORIES / 10));
            for (int event = random.nextInt(3); event > 0; event--) {
                submitToBoth(player, now.minusMillis(random.nextInt(80_000_000)));
            }
            adjust(random.nextInt(6) == 0 ? newcomer(day, step) : player, now);
            if (random.nextInt(3) == 0 && !toUndo.isEmpty()) {
                undoOne(now);
            }
        }
    }

    /** A player with nothing but an adjustment. */
    private String newcomer(LocalDate day, int step) {
        String player = "newcomer-" + day + "-" + step;
        newcomers.add(player);
        return player;
    }

    private void submitToBoth(String player, Instant at) {
        ScoreEvent drawn = Workload.event(random, spec, null, at);
        ScoreEvent event = new ScoreEvent(player, drawn.score(), null, at, drawn.metrics());
        api.submit(twins.one(), event).expect(200);
        api.submit(twins.other(), event).expect(200);
    }

    /** Most are to be undone; one that stays is made on the twin, too. */
    private void adjust(String player, Instant now) {
        ScoreEvent drawn = Workload.event(random, spec, null, null);
        String event = new ScoreEvent(player, drawn.score(), null, null, drawn.metrics()).json();
        String periods = random.nextInt(3) == 0 ? ",\"periods\":[\"daily\"]," : ",";
        String body = event.substring(0, event.length() - 1) + periods + WHY;
        Reply adjusted = api.post(adjustments(twins.one()), body);
        if (adjusted.status() == 409) {
            assertThat(spec.operator()).as("%s at %s", adjusted, now).isNotEqualTo("SUM");
            return;
        }
        long id = adjusted.expect(200).json().path("adjustment").asLong();
        if (random.nextInt(5) == 0) {
            api.post(adjustments(twins.other()), body).expect(200);
        } else {
            toUndo.add(id);
        }
    }

    private void undoOne(Instant now) {
        long id = toUndo.remove(random.nextInt(toUndo.size()));
        if (random.nextInt(DIES) > 0) {
            api.post(adjustments(twins.one()) + "/" + id + "/undo", "{" + WHY).expect(200);
            return;
        }
        // All that a process does which dies before it has told Redis.
        StoredRows.column(
                "SELECT undo_adjustment(b.id, ?, 'drawn by lot', 'judge-7', ?::timestamptz, ARRAY[7::smallint], ARRAY[?])"
                        + " FROM board b WHERE b.name = ?",
                id,
                now.toString(),
                rollingKey(now),
                twins.one());
    }

    /** The key of the window of the last seven days that is running. */
    private static long rollingKey(Instant now) {
        LocalDate first = LocalDate.parse(now.toString().substring(0, 10)).minusDays(DAYS);
        return Instant.parse(first + "T00:00:00Z").toEpochMilli() * 1_024;
    }

    private static String adjustments(String board) {
        return "/api/v1/admin/boards/" + board + "/adjustments";
    }

    private void assertTwins(LocalDate first) {
        long compared = 0;
        for (int day = 0; day < DAYS; day++) {
            String window = first.plusDays(day).toString();
            compared += twins.assertSame(Period.DAILY, window, METRICS);
        }
        for (Period period : List.of(Period.WEEKLY, Period.ALL_TIME, Period.LAST_7_DAYS)) {
            compared += twins.assertSame(period, "", METRICS);
            for (String newcomer : newcomers) {
                twins.assertSamePlayer(period, newcomer, "");
            }
        }
        assertThat(compared).isPositive();
    }
}
