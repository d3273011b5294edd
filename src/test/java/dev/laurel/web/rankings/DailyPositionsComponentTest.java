package dev.laurel.web.rankings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Archive;
import dev.laurel.board.Boards;
import dev.laurel.ranking.movement.PositionKeeper;
import dev.laurel.shared.Period;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.OtherTransaction;
import dev.laurel.testing.RedisSwitch;
import dev.laurel.testing.Reply;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** How players have moved in a ranking that never starts again, against ranks worked out from the scores of each day. */
@QuarkusTest
class DailyPositionsComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The zone of the boards is two hours ahead then: their days begin at ten in the evening. */
    private static final Instant MIDNIGHT = Instant.parse("2024-05-13T22:00:00Z");

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Inject
    PositionKeeper keeper;

    @Inject
    Boards boards;

    @Inject
    Archive archive;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String board = "moved-" + run;
    private final RedisSwitch redis = RedisSwitch.ofTheTestStores();
    private final Random random = new Random(20240514);
    private final Map<String, Long> scores = new TreeMap<>();
    private final Map<String, Long> reached = new HashMap<>();

    /** By day, the scores with which it ended. */
    private final List<Map<String, Long>> ended = new ArrayList<>();

    private LaurelApi api;

    @BeforeEach
    void client() {
        api = new LaurelApi(service);
    }

    @AfterEach
    void restore() {
        redis.on();
        scores.keySet().forEach(player -> api.delete("/api/v1/players/" + player));
        clock.reset();
    }

    @ParameterizedTest
    @CsvSource({"COMPETITION,DESC", "DENSE,ASC", "ORDINAL,DESC"})
    void movementIsThatSinceTheEndOfTheDay(String mode, String order) {
        create(mode, order, 3);
        fourDays();

        for (int days = 1; days <= 3; days++) {
            assertMoved(days, mode, order, Set.of());
        }
        redis.off();
        JsonNode stored = told(
                path("/rankings/all_time?limit=20&changeSince=P2D"),
                one -> one.path("source").asText().equals("POSTGRES"));
        assertThat(changes(stored)).isEqualTo(wanted(2, mode, order, Set.of()));
        redis.on();
        String leader =
                ranked(scores, mode, order, Set.of()).keySet().iterator().next();
        hide(leader);
        assertMoved(2, mode, order, Set.of(leader));

        api.put(player(leader), "{\"displayName\":\"Back\"}").expect(200);
        api.put(admin("/rankings/all_time/players/" + leader + "/disqualification"), why())
                .expect(200);
        assertMoved(2, mode, order, Set.of(leader));
        String third =
                List.copyOf(ranked(scores, mode, order, Set.of()).keySet()).get(2);
        hide(third);
        assertMoved(2, mode, order, Set.of(leader, third));
        api.put(player(third), "{\"displayName\":\"Back\"}").expect(200);

        api.post(admin("/rankings/all_time/players/" + leader + "/reinstatement"), why())
                .expect(200);
        assertMoved(2, mode, order, Set.of());
        assertSegmentMoves(mode, order);
    }

    @Test
    void aFrozenBoardMovesAsItDidAtTheFreeze() {
        create("COMPETITION", "DESC", 3);
        fourDays();
        api.put(path("/freeze"), "").expect(201);
        step(Duration.ofSeconds(10));
        List<String> reads = List.of("?changeSince=P1D", "?changeSince=P3D", "/players/p3?changeSince=P2D");
        Map<String, String> before = answers(reads);
        assertThat(before.get(reads.get(0))).contains("\"source\":\"FROZEN\"").contains("\"change\":");

        score("p7", 100_000);
        nextDay();
        score("p5", 200_000);

        await().pollDelay(Duration.ZERO).atMost(PATIENCE).untilAsserted(() -> assertThat(answers(reads))
                .isEqualTo(before));
        JsonNode live = json(admin("/rankings/all_time?changeSince=P1D&limit=20"));
        assertThat(changes(live)).containsEntry("p5-" + run, rank(ended.get(4), "p5") - 1);
        api.delete(path("/freeze")).expect(204);
        await().pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertMoved(1, "COMPETITION", "DESC", Set.of()));
    }

    @Test
    @DisplayName("trap 30: positions that are read while a board is being frozen are not shown before it is revealed")
    void positionsThatAreReadDuringAFreezeAreNotShown() {
        create("COMPETITION", "DESC", 3);
        fourDays();
        ended.add(new TreeMap<>(scores));
        clock.stopAt(MIDNIGHT.plus(Duration.ofDays(5)).plusSeconds(5));
        CompletableFuture<Long> taking;
        try (OtherTransaction erasure = OtherTransaction.begun()) {
            erasure.run("SELECT pg_advisory_xact_lock(83, tenant_id) FROM board WHERE name = ?", board);
            taking = CompletableFuture.supplyAsync(() -> OnEventLoop.await(keeper::takeDue));
            await().atMost(PATIENCE)
                    .until(() -> StoredRows.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                                    + " AND classid = 83 AND NOT granted")
                            > 0);
            api.put(path("/freeze"), "").expect(201);
            step(Duration.ofSeconds(10));
            score("p7", 100_000);
        }
        taking.join();
        await().atMost(PATIENCE).until(() -> days() == 5);
        Instant read = clock.instant();

        assertThat(told(path("/rankings/all_time?changeSince=P1D"), any())
                        .path("changeSince")
                        .asText())
                .isEqualTo(MIDNIGHT.plus(Duration.ofDays(4)).plusSeconds(5).toString());

        api.delete(path("/freeze")).expect(204);
        step(Duration.ofSeconds(10));
        await().pollDelay(Duration.ZERO).atMost(PATIENCE).untilAsserted(() -> assertThat(
                        json(path("/rankings/all_time?changeSince=P1D"))
                                .path("changeSince")
                                .asText())
                .isEqualTo(read.toString()));
    }

    @Test
    void anErasureThatMeetsTheReadingOfPositionsGoesOnAfterIt() {
        create("COMPETITION", "DESC", 3);
        fourDays();
        String one = "p2-" + run;
        String erasing = "SELECT count(*) FROM erasure WHERE player_id = ?";
        try (OtherTransaction reading = OtherTransaction.begun()) {
            reading.run("SELECT pg_advisory_xact_lock_shared(83, tenant_id) FROM board WHERE name = ?", board);
            api.delete(player(one) + "?erase=true&confirm=true").expect(204);
            await().during(Duration.ofSeconds(4)).atMost(PATIENCE).untilAsserted(() -> {
                assertThat(StoredRows.number(erasing, one)).isOne();
                assertThat(StoredRows.number("SELECT count(*) FROM unranked_player WHERE player_id = ?", one))
                        .isOne();
            });
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> StoredRows.number(erasing, one) == 0);
        assertThat(StoredRows.number("SELECT count(*) FROM daily_position WHERE player_id = ?", one))
                .isZero();
    }

    @Test
    void anErasedPlayerIsInNoPositionAndShiftsNobody() {
        create("COMPETITION", "DESC", 3);
        fourDays();
        String leader = ranked(scores, "COMPETITION", "DESC", Set.of())
                .keySet()
                .iterator()
                .next();
        JsonNode export = json("/api/v1/admin/players/" + leader + "/export");
        assertThat(export.findValue("dailyPositions")).isNotEmpty();
        api.delete(player(leader) + "?erase=true&confirm=true").expect(204);

        assertMoved(2, "COMPETITION", "DESC", Set.of(leader));
        await().pollDelay(Duration.ZERO).atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        StoredRows.number("SELECT count(*) FROM daily_position WHERE player_id = ?", leader))
                .isZero());
        assertMoved(2, "COMPETITION", "DESC", Set.of(leader));
    }

    @Test
    @DisplayName("trap 32: positions are kept until their removal is confirmed, and while the board is frozen")
    void positionsAreTakenOnceADayAndKeptAsLongAsTheBoardSays() {
        create("COMPETITION", "DESC", 2);
        fourDays();
        assertThat(OnEventLoop.await(keeper::takeDue)).isZero();
        assertThat(days()).isEqualTo(4);
        // As if no process had run then: the newest positions that are old enough are those before.
        StoredRows.change(
                "DELETE FROM position_day d USING board b WHERE b.id = d.board_id AND b.name = ? AND d.day = '2024-05-16'",
                board);
        await().pollDelay(Duration.ZERO).atMost(PATIENCE).untilAsserted(() -> assertThat(
                        json(path("/rankings/all_time?changeSince=P2D"))
                                .path("changeSince")
                                .asText())
                .isEqualTo(MIDNIGHT.plus(Duration.ofDays(2)).plusSeconds(5).toString()));

        step(Duration.ofDays(3));
        OnEventLoop.await(keeper::takeDue);
        OnEventLoop.await(keeper::forgetOld);
        assertThat(days()).isLessThanOrEqualTo(2);
        assertForgottenOnlyIfConfirmed();
        assertRefused(path("/rankings/all_time?changeSince=P1D"));
    }

    private void assertForgottenOnlyIfConfirmed() {
        long kept = days();
        for (String silent : List.of("{\"title\":\"Moved\",\"zone\":\"Europe/Berlin\"}", "{\"positionDays\":0}")) {
            Reply refused = silent.contains("title") ? api.put(path(""), silent) : api.patch(path(""), silent);
            assertThat(refused.expect(409).json().at("/changes").findValuesAsText("field"))
                    .contains("positionDays");
        }
        OnEventLoop.await(keeper::forgetOld);
        assertThat(days()).isEqualTo(kept);

        api.put(path("/freeze"), "").expect(201);
        step(Duration.ofSeconds(10));
        api.patch(path("?confirm=true"), "{\"positionDays\":0}").expect(200);
        OnEventLoop.await(keeper::forgetOld);
        assertThat(days()).isEqualTo(kept);
        api.delete(path("/freeze")).expect(204);
        OnEventLoop.await(keeper::forgetOld);
        assertThat(days()).isZero();
    }

    @Test
    void afterAResetNobodyHasMoved() {
        create("COMPETITION", "DESC", 3);
        fourDays();
        OnEventLoop.await(() -> boards.get(board).chain(found -> archive.reset(found, Period.ALL_TIME)));
        step(Duration.ofSeconds(10));
        score("p1", 5);

        JsonNode page = json(path("/rankings/all_time?changeSince=P1D"));
        assertThat(page.path("entries")).hasSize(1);
        assertThat(page.has("changeSince")).isFalse();
        assertThat(page.at("/entries/0").has("change")).isFalse();
    }

    @Test
    void whatCannotBeAnsweredIsRefused() {
        create("COMPETITION", "DESC", 3);
        score("p1", 5);
        String all = path("/rankings/all_time");
        for (String wrong : List.of("P0D", "P1W", "1", "-P1D", "P4D", "P9999D", "P99999D", "PT24H", "P1DT1H")) {
            assertRefused(all + "?changeSince=" + wrong);
        }
        assertRefused(path("/rankings/daily?changeSince=P1D"));
        assertRefused(all + "?changeSince=P1D&window=all");
        assertRefused(all + "/players/p1-" + run + "?changeSince=P4D");
        assertRefused(all + "/players/p1-" + run + "/neighbours?changeSince=P4D");
        assertRefused(all + "/export?changeSince=P4D");
        assertThat(api.post(all + "/lookup?changeSince=P4D", "{\"playerIds\":[\"p1\"]}")
                        .expect(422)
                        .text())
                .contains("changeSince");
        assertThat(api.put(path(""), "{\"title\":\"Moved\",\"positionDays\":32}")
                        .expect(422)
                        .text())
                .contains("positionDays");
        assertThat(api.put(path(""), "{\"title\":\"Moved\",\"positionDays\":1,\"periods\":[\"DAILY\"]}")
                        .expect(422)
                        .text())
                .contains("positionDays");
        assertThat(json(path("")).path("positionDays").asInt()).isEqualTo(3);
    }

    private void create(String mode, String order, int days) {
        clock.stopAt(MIDNIGHT.plusSeconds(3_600));
        api.putBoard(board, """
                        {"title":"Moved","zone":"Europe/Berlin","periods":["DAILY","ALL_TIME"],"rankMode":"%s","order":"%s",
                         "positionDays":%d}""".formatted(mode, order, days)).expect(201);
    }

    /** Four days of scores of eight players, the last of whom joins late, with ties; and a fifth that is running. */
    private void fourDays() {
        for (int day = 0; day < 4; day++) {
            someScores(day < 2 ? 7 : 8);
            nextDay();
        }
        someScores(8);
    }

    private void someScores(int players) {
        IntStream.rangeClosed(1, players).forEach(n -> score("p" + n, 1 + random.nextInt(6)));
    }

    private void nextDay() {
        ended.add(new TreeMap<>(scores));
        clock.stopAt(MIDNIGHT.plus(Duration.ofDays(ended.size())).plusSeconds(5));
        OnEventLoop.await(keeper::takeDue);
        step(Duration.ofMinutes(30));
    }

    private void score(String name, int points) {
        String player = name + "-" + run;
        step(Duration.ofMillis(7));
        api.submit(board, "{\"playerId\":\"%s\",\"score\":%d}".formatted(player, points))
                .expect(200);
        scores.merge(player, (long) points, Long::sum);
        reached.put(ended.size() + player, clock.millis());
    }

    /** Every kind of read shows the same movements. */
    private void assertMoved(int days, String mode, String order, Set<String> without) {
        String since = "changeSince=P" + days + "D";
        Map<String, Integer> wanted = wanted(days, mode, order, without);
        String page = path("/rankings/all_time?limit=20&" + since);
        JsonNode found = told(page, any());
        assertThat(Instant.parse(found.path("changeSince").asText()))
                .isEqualTo(
                        MIDNIGHT.plus(Duration.ofDays(ended.size() - days + 1L)).plusSeconds(5));
        assertThat(changes(found)).as("%s", found).isEqualTo(wanted);
        assertThat(changes(told(path("/rankings/all_time?limit=20&minScore=0&" + since), any())))
                .isEqualTo(wanted);
        String someone = wanted.keySet().iterator().next();
        assertThat(changes(
                        told(path("/rankings/all_time/players/" + someone + "/neighbours?radius=20&" + since), any())))
                .isEqualTo(wanted);
        wanted.forEach((player, change) -> assertThat(
                        change(told(path("/rankings/all_time/players/" + player + "?" + since), any())))
                .isEqualTo(change));
        String ids = "[\"" + String.join("\",\"", wanted.keySet()) + "\"]";
        JsonNode lookup = await().pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(
                        () -> api.post(path("/rankings/all_time/lookup?" + since), "{\"playerIds\":" + ids + "}")
                                .expect(200)
                                .json(),
                        one -> one.has("changeSince"));
        assertThat(changes(lookup)).isEqualTo(wanted);
        assertExport(since, wanted);
    }

    private void assertExport(String since, Map<String, Integer> wanted) {
        String[] lines = api.get(path("/rankings/all_time/export?" + since))
                .expect(200)
                .text()
                .split("\r\n");
        assertThat(lines[0]).isEqualTo("rank,playerId,score,achievedAt,change");
        Map<String, Integer> exported = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] cells = lines[i].split(",", -1);
            exported.put(cells[1], cells[4].isEmpty() ? null : Integer.valueOf(cells[4]));
        }
        assertThat(exported).isEqualTo(wanted);
    }

    /** Some players among each other, with one who joined late. */
    private void assertSegmentMoves(String mode, String order) {
        List<String> friends = scores.keySet().stream()
                .filter(one -> !one.startsWith("p1") && !one.startsWith("p4"))
                .toList();
        String owner = friends.get(0);
        String ids = "[\"" + String.join("\",\"", friends.subList(1, friends.size())) + "\"]";
        api.put(player(owner) + "/friends", "{\"friends\":" + ids + "}").expect(200);
        Set<String> others = Set.copyOf(
                scores.keySet().stream().filter(one -> !friends.contains(one)).toList());
        assertThat(changes(told(path("/rankings/all_time?limit=20&changeSince=P3D&segment=friends:" + owner), any())))
                .isEqualTo(wanted(3, mode, order, others));
    }

    private Map<String, Integer> wanted(int days, String mode, String order, Set<String> without) {
        Map<String, Integer> then = ranked(ended.get(ended.size() - days), mode, order, without);
        Map<String, Integer> now = ranked(scores, mode, order, without);
        Map<String, Integer> wanted = new HashMap<>();
        now.forEach((player, rank) -> wanted.put(player, then.containsKey(player) ? then.get(player) - rank : null));
        return wanted;
    }

    /** Written down, not sorted by a store: in the order of ranks. */
    private Map<String, Integer> ranked(Map<String, Long> of, String mode, String order, Set<String> without) {
        int direction = order.equals("DESC") ? -1 : 1;
        int day = of == scores ? ended.size() : ended.indexOf(of);
        List<String> sorted = of.keySet().stream()
                .filter(player -> !without.contains(player))
                .sorted(Comparator.comparing((String player) -> direction * of.get(player))
                        .thenComparing(player -> lastBefore(player, day)))
                .toList();
        Map<String, Integer> ranks = new LinkedHashMap<>();
        for (String player : sorted) {
            long better = sorted.stream()
                    .filter(other -> direction * of.get(other) < direction * of.get(player))
                    .map(other -> mode.equals("DENSE") ? of.get(other) : other)
                    .distinct()
                    .count();
            ranks.put(player, mode.equals("ORDINAL") ? sorted.indexOf(player) + 1 : (int) better + 1);
        }
        return ranks;
    }

    private long lastBefore(String player, int day) {
        return IntStream.rangeClosed(0, day)
                .mapToObj(one -> reached.get(one + player))
                .filter(java.util.Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow();
    }

    private int rank(Map<String, Long> of, String name) {
        return ranked(of, "COMPETITION", "DESC", Set.of()).get(name + "-" + run);
    }

    private JsonNode told(String path, Predicate<JsonNode> wanted) {
        return await().pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(() -> json(path), one -> one.has("changeSince") && wanted.test(one));
    }

    private static Predicate<JsonNode> any() {
        return one -> true;
    }

    private Map<String, String> answers(List<String> reads) {
        Map<String, String> answers = new TreeMap<>();
        reads.forEach(read -> answers.put(
                read,
                api.get(path("/rankings/all_time" + read.replace("p3", "p3-" + run)))
                        .expect(200)
                        .text()
                        .replaceFirst("\"asOf\":\"[^\"]*\"", "")));
        return answers;
    }

    private JsonNode json(String path) {
        return api.get(path).expect(200).json();
    }

    private void assertRefused(String path) {
        assertThat(api.get(path).expect(422).json().at("/errors/0/field").asText())
                .as(path)
                .isEqualTo("changeSince");
    }

    private static Map<String, Integer> changes(JsonNode page) {
        Map<String, Integer> changes = new HashMap<>();
        page.path("entries").forEach(one -> changes.put(one.path("playerId").asText(), change(one)));
        return changes;
    }

    private static Integer change(JsonNode one) {
        return one.hasNonNull("change") ? one.path("change").asInt() : null;
    }

    private long days() {
        return StoredRows.number(
                "SELECT count(*) FROM position_day d JOIN board b ON b.id = d.board_id WHERE b.name = ?", board);
    }

    private void hide(String player) {
        api.put(player(player), "{\"displayName\":\"Away\",\"visibility\":\"HIDDEN\"}")
                .expect(201);
    }

    private void step(Duration by) {
        clock.stopAt(clock.instant().plus(by));
    }

    private static String why() {
        return "{\"reason\":\"Two accounts\",\"author\":\"judge\"}";
    }

    private static String player(String player) {
        return "/api/v1/players/" + player;
    }

    private String path(String rest) {
        return "/api/v1/boards/" + board + rest;
    }

    private String admin(String rest) {
        return "/api/v1/admin/boards/" + board + rest;
    }
}
