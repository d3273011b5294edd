package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.testing.Uploads;
import dev.laurel.web.PublicReads;
import dev.laurel.web.PublicReads.Read;
import dev.laurel.web.PublicValues;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random contents of every kind in a service, and all that its public can read of them. */
final class SavedScene {
    static final List<String> BOARDS = List.of("sum", "best", "iced", "leagued");
    private static final String DECISION = "{\"reason\":\"a trial\",\"author\":\"test\"}";
    private static final String ADMIN = "/api/v1/admin/boards/";
    private static final int BATCH = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String PERIODS =
            "\"periods\":[\"DAILY\",\"WEEKLY\",\"MONTHLY\",\"YEARLY\",\"ALL_TIME\",\"SEASON\","
                    + "\"LAST_7_DAYS\",\"LAST_30_DAYS\"],\"metrics\":[\"power\",\"kills\"]";
    private static final String LATE = PERIODS + ",\"lateness\":\"P3D\"";

    private final LaurelApi api;
    private final SplittableRandom random;

    SavedScene(LaurelApi api, SplittableRandom random) {
        this.api = api;
        this.random = random;
    }

    /** Fills the service, and waits until all that follows from it has been done. */
    void fill(int events, int players) {
        api.putBoard("points", "{\"title\":\"Points\"}").expectSuccess();
        api.putBoard("sum", "{\"title\":\"Sum\",\"operator\":\"SUM\",\"zone\":\"Europe/Berlin\"," + LATE + "}")
                .expectSuccess();
        api.putBoard(
                        "best",
                        "{\"title\":\"Best\",\"operator\":\"BEST\",\"order\":\"ASC\",\"rankMode\":\"DENSE\"," + LATE
                                + "}")
                .expectSuccess();
        api.putBoard("iced", "{\"title\":\"Iced\",\"operator\":\"LATEST\"," + LATE + "}")
                .expectSuccess();
        api.putBoard(
                        "leagued",
                        "{\"title\":\"Leagued\",\"leagues\":{\"size\":5,\"promote\":2,\"tiers\":[\"bronze\",\"silver\"]},"
                                + PERIODS + "}")
                .expectSuccess();
        people();
        BOARDS.forEach(this::season);
        for (int done = 0; done < events; done += BATCH) {
            String board = BOARDS.get(random.nextInt(BOARDS.size()));
            submit(board, Math.min(BATCH, events - done), players);
        }
        BOARDS.forEach(this::corrections);
        challenges();
        imported();
        api.put("/api/v1/boards/iced/freeze", "{}").expectSuccess();
        submit("iced", 50, players);
        settled(api);
    }

    private void people() {
        api.put(
                        "/api/v1/players/ann",
                        "{\"displayName\":\"Ann \\\\ 😀\",\"attributes\":{\"country\":\"VN\",\"level\":1.50}}")
                .expectSuccess();
        api.put("/api/v1/players/bob", "{\"displayName\":\"Bob\",\"visibility\":\"ANONYMOUS\"}")
                .expectSuccess();
        api.put("/api/v1/players/p1", "{\"displayName\":\"Hidden\",\"visibility\":\"HIDDEN\"}")
                .expectSuccess();
        api.put("/api/v1/groups/class/7b", "{\"title\":\"7b\"}").expectSuccess();
        api.post("/api/v1/groups/class/7b/members", "{\"change\":\"ADD\",\"playerIds\":[\"ann\",\"p2\",\"p3\"]}")
                .expectSuccess();
        api.put("/api/v1/players/ann/friends", "{\"friends\":[\"bob\",\"p4\"]}").expectSuccess();
    }

    private void season(String board) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        api.put(
                        "/api/v1/boards/" + board + "/seasons/spring",
                        "{\"title\":\"Spring\",\"start\":\"%s\",\"end\":\"%s\"}"
                                .formatted(now.minusSeconds(60), now.plus(300, ChronoUnit.DAYS)))
                .expectSuccess();
        await().atMost(PATIENCE)
                .until(() ->
                        !api.get("/api/v1/boards/" + board).expect(200).json().has("filling"));
        api.put(
                        "/api/v1/boards/" + board + "/seasons/spring/baseline?reason=scan&author=test",
                        "{\"players\":[{\"playerId\":\"ann\",\"values\":{\"power\":1}}]}")
                .expectSuccess();
    }

    private void submit(String board, int count, int players) {
        String scores = IntStream.range(0, count)
                .mapToObj(i -> event(players, board.equals("leagued") ? 200 : 48 * 3_600))
                .collect(Collectors.joining(",", "{\"scores\":[", "]}"));
        api.post("/api/v1/boards/" + board + "/scores/batch", scores).expectSuccess();
    }

    private String event(int players, int seconds) {
        int chosen = random.nextInt(players);
        String player = chosen == 0 ? "ann" : chosen == 1 ? "bob" : "p" + chosen;
        return "{\"playerId\":\"%s\",\"score\":%d,\"metrics\":{\"kills\":%d},\"eventId\":\"%s\",\"activity\":\"quiz\",\"occurredAt\":\"%s\"}"
                .formatted(
                        player,
                        random.nextInt(1, 50),
                        random.nextInt(9),
                        Long.toString(random.nextLong(), 36).replace("-", "m"),
                        Instant.now().minusSeconds(random.nextInt(seconds)).truncatedTo(ChronoUnit.MILLIS));
    }

    private void corrections(String board) {
        String admin = ADMIN + board;
        // Whether random events gave her a standing that can be adjusted is not left to chance.
        api.submit(board, "{\"playerId\":\"ann\",\"score\":9,\"metrics\":{\"kills\":2}}")
                .expectSuccess();
        String adjustment = "{\"playerId\":\"ann\",\"score\":5,\"metrics\":{\"kills\":1}," + DECISION.substring(1);
        api.post(admin + "/adjustments", adjustment).expectSuccess();
        long undone = api.post(admin + "/adjustments", adjustment)
                .expectSuccess()
                .json()
                .path("adjustment")
                .asLong();
        api.post(admin + "/adjustments/" + undone + "/undo", DECISION).expectSuccess();
        api.put(admin + "/rankings/daily/players/p3/disqualification", DECISION);
        api.post(admin + "/windows/daily/reset", DECISION).expectSuccess();
        submit(board, 50, 20);
        api.put("/api/v1/boards/" + board + "/tiers", """
                {"tiers":[{"name":"better","all":[{"percentile":true,"min":50}]},{"name":"other"}]}""");
    }

    private void challenges() {
        api.put("/api/v1/challenges/reverse", """
                {"title":"Reverse","board":"points","variants":{"easy":{"points":100},"hard":{"points":250}}}""").expectSuccess();
        api.post(
                        "/api/v1/challenges/reverse/easy/submissions",
                        "{\"playerId\":\"ann\",\"content\":\"Reverse it.\",\"cleared\":true,\"attempt\":{\"tokens\":12}}")
                .expectSuccess();
        api.put("/api/v1/achievements/collector", """
                {"title":"Collector","rule":{"measure":"TOTAL","board":"points"},"tiers":{"gold":5}}""").expectSuccess();
        await().atMost(PATIENCE)
                .until(() -> api.get("/api/v1/achievements/collector/holders")
                                .expect(200)
                                .json()
                                .path("items")
                                .size()
                        == 1);
    }

    private void imported() {
        byte[] file = "player,score\nann,7\nzoe,3\nzoe,x\n".getBytes(StandardCharsets.UTF_8);
        long id = new Uploads(api)
                .send(Uploads.form("points", "EVENTS"), "week.csv", file)
                .expectSuccess()
                .json()
                .path("id")
                .asLong();
        assertThat(new Uploads(api).end(id).path("state").asText()).isEqualTo("DONE_WITH_ERRORS");
    }

    /** Waits until no follower has anything to do. */
    static void settled(LaurelApi api) {
        await().atMost(PATIENCE).until(() -> {
            for (JsonNode follower :
                    api.get("/api/v1/admin/followers").expect(200).json().path("followers")) {
                if (follower.path("lagItems").asLong() > 0) {
                    return false;
                }
            }
            return true;
        });
    }

    /** All that the public can ask about the boards. */
    static List<Read> reads(LaurelApi api) {
        JsonNode document = api.get("/q/openapi?format=json").expect(200).json();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        List<String> days = List.of(
                today.minusDays(1).toString(),
                today.toString(),
                today.plusDays(1).toString());
        String week = "%d-W%02d"
                .formatted(today.get(IsoFields.WEEK_BASED_YEAR), today.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        return BOARDS.stream()
                .flatMap(board -> {
                    Map<String, List<String>> values = new LinkedHashMap<>(PublicValues.of(board, "none", days, week));
                    values.put("challenge", List.of("reverse"));
                    values.put("achievement", List.of("collector"));
                    values.put("group", List.of("7b"));
                    return new PublicReads(document, values).all().stream();
                })
                .distinct()
                .filter(read -> !read.address().contains("/live"))
                .toList();
    }

    /** What is answered, without when it was. */
    static String answer(LaurelApi api, Read read) {
        Reply reply = read.body() == null ? api.get(read.address()) : api.post(read.address(), read.body());
        return reply.status() + " "
                + reply.text().replaceAll("\"(asOf|cached_at|now|serverTime)\":\\s*\"[^\"]*\"", "\"$1\":\"-\"");
    }
}
