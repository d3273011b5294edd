package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Everything a board can be asked for once, in a fixed order: two services are equal if they answer it equally. */
final class AdminRound {
    private static final Duration CLOSED = Duration.ofSeconds(30);
    private static final int PLAYERS = 60;
    private static final String DECISION = "\"reason\":\"drawn by lot\",\"author\":\"judge-7\"}";

    private final LaurelApi api;
    private final String board;
    private final List<String> answers = new ArrayList<>();

    AdminRound(LaurelApi api, String board) {
        this.api = api;
        this.board = board;
    }

    /** The answers, without what tells the time, the board and the store they came from. */
    List<String> run(RedisProbe redis) {
        take(api.putBoard(board, """
                {"title":"A round","periods":["DAILY","WEEKLY","MONTHLY","YEARLY","ALL_TIME","SEASON"],"lateness":"PT0S","tieBreak":"NONE"}"""), 201);
        submit();
        read();
        correct();
        freeze();
        season();
        redis.send("FLUSHALL");
        read();
        await().atMost(CLOSED).until(this::loaded);
        read();
        // How many rows are compared depends on what was compared just before.
        Reply audit = api.post("/api/v1/admin/audit?board=" + board, "").expect(200);
        assertThat(audit.json().path("rowsDifferent").asLong()).as(audit.text()).isZero();
        take(api.get(admin("/log")), 200);
        take(api.deleteBoard(board), 204);
        return answers;
    }

    private void submit() {
        for (int i = 0; i < PLAYERS; i++) {
            takeReceipt(api.submit(board, Http.event(Contest.player(i), 1 + i * 37 % 23, "single-" + i)), 200);
        }
        takeReceipt(api.submit(board, Http.event(Contest.player(7), 1 + 7 * 37 % 23, "single-7")), 200);
        List<ScoreEvent> batch = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            batch.add(ScoreEvent.of(Contest.player(i * 7 % PLAYERS), Integer.toString(1 + i % 11))
                    .withId("batch-" + i));
        }
        takeReceipt(api.submitAll(board, batch), 200);
        take(
                api.post(
                        "/api/v1/boards/" + board + "/scores/batch?atomic=true",
                        "{\"scores\":[" + Http.event(Contest.player(1), 5, "all-1") + ","
                                + Http.event(Contest.player(2), 6, "all-2") + "]}"),
                200);
    }

    private void read() {
        for (Period period : Period.calendar()) {
            take(api.top(board, period, "limit=20"), 200);
            take(api.top(board, period, "limit=20&offset=30"), 200);
            take(api.player(board, period, Contest.player(12), ""), 200);
            take(api.neighbours(board, period, Contest.player(30), "radius=3"), 200);
            take(api.lookup(board, period, List.of(Contest.player(3), Contest.player(50)), ""), 200);
            take(api.get(LaurelApi.ranking(board, period.word()) + "/percentiles?at=50,90"), 200);
            take(api.get(LaurelApi.ranking(board, period.word()) + "/what-if?score=40"), 200);
            take(api.get(LaurelApi.ranking(board, period.word()) + "/export?format=csv"), 200);
        }
        take(api.windows(board, Period.DAILY), 200);
    }

    private void correct() {
        String player = "/rankings/weekly/players/" + Contest.player(5);
        take(api.put(admin(player + "/disqualification"), "{" + DECISION), 200);
        take(api.get(admin("/rankings/weekly/disqualifications")), 200);
        read();
        take(api.post(admin(player + "/reinstatement"), "{" + DECISION), 200);
        String adjustment = "{\"playerId\":\"" + Contest.player(9) + "\",\"score\":17," + DECISION;
        long id = take(api.post(admin("/adjustments"), adjustment), 200)
                .json()
                .path("adjustment")
                .asLong();
        read();
        take(api.post(admin("/adjustments/" + id + "/undo"), "{" + DECISION), 200);
        take(api.get(admin("/adjustments")), 200);
    }

    private void freeze() {
        take(api.put("/api/v1/boards/" + board + "/freeze", ""), 201);
        await().atMost(CLOSED).until(() -> api.top(board, Period.DAILY, "limit=5")
                .expect(200)
                .text()
                .contains("\"FROZEN\""));
        takeReceipt(api.submit(board, Http.event(Contest.player(40), 900, "frozen-1")), 200);
        take(api.top(board, Period.DAILY, "limit=5"), 200);
        take(api.get(admin("/rankings/daily?limit=5")), 200);
        take(api.delete("/api/v1/boards/" + board + "/freeze"), 204);
        take(api.top(board, Period.DAILY, "limit=5"), 200);
    }

    private void season() {
        String season = "/api/v1/boards/" + board + "/seasons/cup";
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String times = "{\"title\":\"Cup\",\"start\":\"" + now.minusSeconds(60) + "\",\"end\":\"" + now.plusSeconds(600)
                + "\"}";
        take(api.put(season, times), 201);
        // It has begun in the past, so it is filled from the ledger.
        await().atMost(CLOSED).until(() -> !api.board(board).expect(200).json().has("filling"));
        for (int i = 0; i < 10; i++) {
            takeReceipt(api.submit(board, Http.event(Contest.player(i), 3 + i, "season-" + i)), 200);
        }
        take(api.get(LaurelApi.ranking(board, "season") + "?limit=20"), 200);
        take(api.post(season + "/end", ""), 200);
        await().atMost(CLOSED)
                .until(() -> api.get(closedSeason()).expect(200).text().contains("\"CLOSED\""));
        take(api.get(closedSeason()), 200);
        take(api.get("/api/v1/players/" + Contest.player(4) + "/history?board=" + board + "&period=season"), 200);
    }

    private String closedSeason() {
        return LaurelApi.ranking(board, "season") + "?limit=20&window=cup";
    }

    private boolean loaded() {
        return Period.calendar().stream().allMatch(period -> api.player(board, period, Contest.player(1), "")
                .expect(200)
                .text()
                .contains("\"REDIS\""));
    }

    private String admin(String rest) {
        return "/api/v1/admin/boards/" + board + rest;
    }

    private Reply take(Reply reply, int status) {
        reply.expect(status);
        answers.add(timeless(reply));
        return reply;
    }

    /** Without ranks: a Redis that is slow for a moment tells none. */
    private void takeReceipt(Reply reply, int status) {
        reply.expect(status);
        answers.add(timeless(reply).replaceAll("\"(rank|previousRank|total)\":\\d+,?", ""));
    }

    private String timeless(Reply reply) {
        return reply.text()
                .replace(board, "BOARD")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("\"source\":\"[A-Z]+\",?", "")
                // A cursor is bound to its board.
                .replaceAll("\"next\":\"[^\"]+\"", "\"next\":\"CURSOR\"")
                .replaceAll("\"(adjustment|id)\":\\d+", "\"$1\":0")
                .replaceAll("#adjust-\\d+", "#adjust");
    }
}
