package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.web.PublicReads;
import dev.laurel.web.PublicReads.Read;
import dev.laurel.web.PublicValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** Two processes, a player who is hidden while scores arrive at both, and one of the processes may die of it. */
@ExtendWith(Stage.Provider.class)
class HiddenPlayersFaultsIT {
    private static final String ANN = "/api/v1/players/ann";
    private static final String HIDDEN = "{\"displayName\":\"Ann\",\"visibility\":\"HIDDEN\"}";
    private static final String PUBLIC = "{\"displayName\":\"Ann\"}";
    private static final Duration REPAIRED = Duration.ofSeconds(30);
    private static final Duration ERASED = Duration.ofMinutes(1);
    private static final Pattern NAMED = Pattern.compile("(?<![\\w-])ann(?![\\w-])");
    private static final Pattern MISSING = Pattern.compile("\"missing\":\\[[^]]*]");
    private static final Pattern OF_RECORDS =
            Pattern.compile("/api/v1/players(\\?.*|/[^/?]+|/[^/?]+/(eligibility|groups|friends)(\\?.*)?)?");

    private final int rounds = FaultSettings.figure("hidden-rounds", 1, 30);
    private final int kills = FaultSettings.figure("hidden-kills", 1, 20);
    private final SplittableRandom random = FaultSettings.random("hidden");

    @Test
    void aSecondLaterNeitherProcessShowsThePlayer(Stage stage) throws Exception {
        Replica one = stage.service();
        try (Replica other = stage.replica("hiding", List.of(), Map.of())) {
            other.start();
            List<LaurelApi> both = List.of(one.api(), other.api());
            String board = aBoard(one.api(), "hidden-twice");
            AtomicBoolean over = new AtomicBoolean();
            List<Thread> writers = both.stream()
                    .map(api -> begun(() -> submitUntil(over, api, board)))
                    .toList();
            try {
                for (int round = 0; round < rounds; round++) {
                    put(both.get(round % 2), HIDDEN);
                    Load.pause(1_000);
                    assertNobodySees(both, board);
                    put(both.get((round + 1) % 2), PUBLIC);
                    both.forEach(api -> assertThat(ranked(api, board)).isTrue());
                }
            } finally {
                over.set(true);
                for (Thread writer : writers) {
                    writer.join();
                }
                one.api().delete(ANN);
            }
        }
    }

    @Test
    void whatADyingProcessHasBegunAnotherOneFinishes(Stage stage) throws IOException {
        Replica one = stage.service();
        try (Replica dying = stage.replica("dying", List.of(), Map.of())) {
            String board = aBoard(one.api(), "hidden-killed");
            for (int kill = 0; kill < kills; kill++) {
                dying.start();
                String wanted = kill % 2 == 0 ? HIDDEN : PUBLIC;
                Thread change = begun(() -> tryToPut(dying.api(), wanted));
                Load.pause(random.nextInt(30));
                dying.kill();
                joined(change);

                await().atMost(REPAIRED).untilAsserted(() -> assertThat(ranked(one.api(), board))
                        .as("as the record says")
                        .isEqualTo(!isHidden(one.api())));
            }
            one.api().delete(ANN);
        }
    }

    /** While windows are closed and boards are frozen by the other process; and once more when nothing is left. */
    @Test
    void anErasedPlayerComesBackNowhere(Stage stage) throws IOException {
        Replica one = stage.service();
        try (Replica other = stage.replica("erasing", List.of(), Map.of())) {
            other.start();
            List<LaurelApi> both = List.of(one.api(), other.api());
            String closing = aBoard(one.api(), "erased-closing");
            String frozen = aBoard(one.api(), "erased-frozen");
            AtomicBoolean over = new AtomicBoolean();
            Thread closer = begun(() -> resetUntil(over, other.api(), closing));
            try {
                one.api().delete(ANN + "?erase=true&confirm=true").expect(204);
                other.api().put("/api/v1/boards/" + frozen + "/freeze", "").expect(201);
                Load.pause(1_000);
                assertNobodySees(both, closing);
                assertNobodySees(both, frozen);
                await().atMost(ERASED)
                        .until(() -> one.api().delete(ANN + "?erase=true").status() == 404);
            } finally {
                over.set(true);
                joined(closer);
            }
            both.forEach(api -> assertNobodySees(api, closing));
            other.api().delete("/api/v1/boards/" + frozen + "/freeze").expect(204);
            both.forEach(api -> assertNobodySees(api, frozen));
        }
    }

    private static void resetUntil(AtomicBoolean over, LaurelApi api, String board) {
        while (!over.get()) {
            submit(api, board, "bob", 1);
            api.post(
                    "/api/v1/admin/boards/" + board + "/windows/daily/reset",
                    "{\"reason\":\"a test\",\"author\":\"tests\"}");
        }
    }

    private static String aBoard(LaurelApi api, String name) {
        String board = name + "-" + Long.toString(System.nanoTime(), 36);
        api.putBoard(board, """
                {"title":"Hidden","metrics":["power","kills"],"periods":["DAILY","WEEKLY","MONTHLY","YEARLY","ALL_TIME",
                 "LAST_7_DAYS","LAST_30_DAYS"]}""").expect(201);
        submit(api, board, "ann", 9);
        submit(api, board, "bob", 4);
        api.post(
                        "/api/v1/admin/boards/" + board + "/windows/daily/reset",
                        "{\"reason\":\"a test\",\"author\":\"tests\"}")
                .expect(200);
        submit(api, board, "ann", 9);
        submit(api, board, "bob", 4);
        return board;
    }

    private static void submitUntil(AtomicBoolean over, LaurelApi api, String board) {
        while (!over.get()) {
            submit(api, board, "ann", 1);
            submit(api, board, "bob", 1);
        }
    }

    private static void submit(LaurelApi api, String board, String player, int score) {
        api.submit(board, "{\"playerId\":\"" + player + "\",\"score\":" + score + ",\"metrics\":{\"kills\":1}}")
                .expect(200);
    }

    private static void put(LaurelApi api, String record) {
        assertThat(api.put(ANN, record).status()).isIn(200, 201);
    }

    private static void tryToPut(LaurelApi api, String record) {
        try {
            api.put(ANN, record);
        } catch (AssertionError unanswered) {
            // It was killed meanwhile.
        }
    }

    private static Thread begun(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isHidden(LaurelApi api) {
        Reply record = api.get(ANN);
        return record.status() == 200
                && record.json().path("visibility").asText().equals("HIDDEN");
    }

    private static boolean ranked(LaurelApi api, String board) {
        List<Boolean> all = new ArrayList<>();
        for (String period : List.of("daily", "weekly", "all_time", "last_7_days")) {
            JsonNode page =
                    api.get(LaurelApi.ranking(board, period)).expect(200).json();
            all.add(page.path("entries").findValuesAsText("playerId").contains("ann"));
        }
        assertThat(all.stream().distinct()).as("in all rankings or in none").hasSize(1);
        return all.get(0);
    }

    /** From now on; a busy machine comes a little later to what it looks for each second. */
    private static void assertNobodySees(List<LaurelApi> processes, String board) {
        await().pollDelay(Duration.ZERO)
                .atMost(REPAIRED)
                .untilAsserted(() -> processes.forEach(api -> assertNobodySees(api, board)));
        processes.forEach(api -> assertNobodySees(api, board));
    }

    private static void assertNobodySees(LaurelApi api, String board) {
        JsonNode document = api.get("/q/openapi?format=json").expect(200).json();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        List<String> days = List.of(
                today.minusDays(1).toString(),
                today.toString(),
                today.plusDays(1).toString());
        String week = "%d-W%02d"
                .formatted(today.get(IsoFields.WEEK_BASED_YEAR), today.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        String cursor = api.get(LaurelApi.ranking(board, "daily") + "?limit=1")
                .expect(200)
                .json()
                .path("next")
                .asText("none");
        List<Read> reads = new PublicReads(document, PublicValues.of(board, cursor, days, week)).all();
        for (Read read : reads) {
            if (OF_RECORDS.matcher(read.address()).matches()) {
                continue;
            }
            Reply reply = read.body() == null ? api.get(read.address()) : api.post(read.address(), read.body());
            assertThat(reply.status()).as("%s", reply).isLessThan(500);
            boolean named = NAMED.matcher(read.address()).find();
            String text = MISSING.matcher(reply.text()).replaceAll("");
            assertThat(named ? isRanked(read, reply) : NAMED.matcher(text).find())
                    .as("%s shows the player: %s", read.address(), reply.text())
                    .isFalse();
        }
    }

    /** A question that names the player repeats the name; what it must not have is a place, but for that of a newcomer. */
    private static boolean isRanked(Read read, Reply reply) {
        return reply.status() == 200
                && !read.address().contains("/what-if")
                && reply.text().contains("\"rank\":");
    }
}
