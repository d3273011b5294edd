package dev.laurel.analytics.rollup;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.analytics.History;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The figures of days are those of the ledger, whatever has been corrected, frozen, revealed, erased and rebuilt. */
@QuarkusTest
class RollupHistoriesComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String DAYS = "SELECT player_id || ' ' || day || ' ' || events || ' ' || sum || ' '"
            + " || coalesce(lowest::text, '-') || ' ' || coalesce(highest::text, '-') || ' ' || coalesce(latest::text, '-')"
            + " || ' ' || attempts || ' ' || completed || ' ' || partial || ' ' || duration_ms"
            + " FROM activity_day WHERE board_id = ?";

    private static final String TAGS =
            "SELECT player_id || ' ' || tag || ' ' || day || ' ' || events || ' ' || attempts"
                    + " || ' ' || completed || ' ' || partial || ' ' || duration_ms"
                    + " FROM activity_day_tag WHERE board_id = ?";

    private static final String PLAYERS =
            "SELECT player_id || ' ' || events || ' ' || days || ' ' || sum || ' ' || attempts"
                    + " || ' ' || completed || ' ' || partial || ' ' || duration_ms || ' ' || coalesce(first_day::text, '-') || ' '"
                    + " || coalesce(last_day::text, '-') || ' ' || weeks"
                    + " FROM activity_player WHERE board_id = ?";

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Inject
    Sql sql;

    @Inject
    ActivityFigures figures;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final List<String> players = List.of("ann-" + unique, "bob-" + unique, "cyd-" + unique, "dan-" + unique);
    private LaurelApi api;
    private int id;
    private History history;

    @AfterEach
    void goOn() {
        clock.reset();
    }

    /** Days of 23 and of 25 hours are among the last ones. */
    @ParameterizedTest
    @CsvSource({
        "America/New_York, SUM, 2023-03-20T15:00:00Z, 1",
        "Europe/Berlin, BEST, 2022-11-02T15:00:00Z, 2",
        "Asia/Kathmandu, LATEST, 2023-06-20T18:10:00Z, 3"
    })
    void theFiguresAreThoseOfTheLedger(String zone, String operator, Instant now, long seed) {
        BoardSpec board = aBoard("rolled")
                .operator(operator)
                .allTime()
                .zone(zone)
                .lateDays(40)
                .build();
        clock.stopAt(now);
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        id = (int) StoredRows.number("SELECT id FROM board WHERE name = ?", board.id());
        history = new History(api, board.id(), ZoneId.of(zone), operator.equals("SUM"), players, seed);

        history.submit(150, now, 30);
        long first = history.adjust(now);
        history.adjust(now);
        history.submit(50, now, 3);
        history.undo(first, 1);
        awaitTheLedger();
        assertFigures(LocalDate.ofInstant(now, ZoneId.of(zone)));

        freezeAndReveal(board, now);
        StoredRows.change("UPDATE activity_day SET sum = sum + 1, latest = 5 WHERE board_id = ?", id);
        StoredRows.change("DELETE FROM activity_day_tag WHERE board_id = ? AND tag = 'loops'", id);
        StoredRows.change("UPDATE activity_player SET days = 7 WHERE board_id = ?", id);
        String rebuild = "/api/v1/admin/boards/" + board.id() + "/activity/rebuild";
        api.get(rebuild).expect(404);
        api.post(rebuild, "").expect(200);
        await().atMost(PATIENCE).until(() -> api.get(rebuild).expect(200).json().has("doneAt"));
        awaitTheLedger();
        assertThat(api.get(rebuild).json().path("players").asInt()).isEqualTo(players.size());

        api.delete("/api/v1/players/" + players.get(0) + "?erase=true&confirm=true")
                .expect(204);
        history.erase(players.get(0));
        awaitTheLedger();
    }

    /** What happens after the freeze is not counted before the board is revealed. */
    private void freezeAndReveal(BoardSpec board, Instant now) {
        String freeze = "/api/v1/boards/" + board.id() + "/freeze";
        api.put(freeze, "").expect(201);
        clock.stopAt(now.plusSeconds(10));
        List<String> before = rows(DAYS);
        history.submit(30, now, 3);
        history.adjust(now.plusSeconds(10));
        await().atMost(PATIENCE)
                .until(() -> StoredRows.number("SELECT count(*) FROM activity_hidden WHERE board_id = ?", id) == 31);
        assertThat(rows(DAYS)).isEqualTo(before);
        api.delete(freeze).expect(204);
        awaitTheLedger();
    }

    private List<String> rows(String select) {
        return StoredRows.column(select, id).stream()
                .map(Object::toString)
                .sorted()
                .toList();
    }

    private void awaitTheLedger() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(rows(DAYS)).isEqualTo(history.dayRows());
            assertThat(rows(TAGS)).isEqualTo(history.tagRows());
            assertThat(rows(PLAYERS)).isEqualTo(history.playerRows());
        });
    }

    /** As other rooms read them. */
    private void assertFigures(LocalDate today) {
        Map<String, Streak> streaks = OnEventLoop.await(() -> figures.streaks(sql::run, id, players, today));
        Map<String, PlayerTotals> totals = OnEventLoop.await(() -> figures.totals(sql::run, id, players));
        DayRange all = new DayRange(today.minusDays(50), today);
        assertThat(OnEventLoop.await(() -> figures.between(sql::run, id, players, all)))
                .isEqualTo(totals);
        for (String player : players) {
            List<LocalDate> active = history.active(player);
            long longest = 0;
            long length = 0;
            for (int i = 0; i < active.size(); i++) {
                length = i > 0 && active.get(i - 1).plusDays(1).equals(active.get(i)) ? length + 1 : 1;
                longest = Math.max(longest, length);
            }
            boolean runs = !active.get(active.size() - 1).isBefore(today.minusDays(1));
            assertThat(streaks.get(player))
                    .isEqualTo(new Streak(runs ? length : 0, longest, active.get(active.size() - 1)));
            assertThat(totals.get(player).days()).isEqualTo(active.size());
        }
        Map<String, Map<String, Outcomes>> tags =
                OnEventLoop.await(() -> figures.outcomes(sql::run, id, players, List.of("loops")));
        long failed = history.events().stream()
                .filter(event ->
                        "FAILED".equals(event.outcome()) && event.tags().contains("loops"))
                .count();
        assertThat(tags.values().stream()
                        .mapToLong(one -> one.get("loops").failed())
                        .sum())
                .isEqualTo(failed);
    }
}
