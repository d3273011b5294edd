package dev.laurel.web.rankings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Archive;
import dev.laurel.archive.Rollover;
import dev.laurel.board.Boards;
import dev.laurel.cache.Answers;
import dev.laurel.ranking.PreviousRanks;
import dev.laurel.ranking.group.GroupRankings;
import dev.laurel.ranking.movement.PositionKeeper;
import dev.laurel.ranking.segment.SegmentReader;
import dev.laurel.shared.Period;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Reply;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import dev.laurel.tier.Tiers;
import dev.laurel.web.PublicReads;
import dev.laurel.web.PublicReads.Read;
import dev.laurel.web.PublicValues;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A frozen board tells nothing: no answer to any public question differs by what has happened behind the freeze. */
@QuarkusTest
class FrozenAnswersComponentTest {
    private static final String DEFAULT_BOARD = "pomodoro";
    private static final String FIRST = "/api/redis-leaderboard";

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Inject
    Rollover rollover;

    @Inject
    Boards boards;

    @Inject
    Archive archive;

    @Inject
    Answers finished;

    @Inject
    PreviousRanks previousRanks;

    @Inject
    PositionKeeper positions;

    @Inject
    SegmentReader segments;

    @Inject
    GroupRankings groupRankings;

    @Inject
    Tiers tiers;

    private final String board = "secret-" + UUID.randomUUID().toString().substring(0, 8);
    private final String challenge = "/api/v1/challenges/" + board;
    private final String achievement = "/api/v1/achievements/" + board;
    private List<String> frozen;
    private String submission;
    private LaurelApi api;

    @BeforeEach
    void meetTheService() {
        api = new LaurelApi(service);
    }

    /** Two days of scores, the first of which is closed, and a reset before the freeze. */
    private void freeze(String... boards) {
        frozen = List.of(boards);
        stand("2023-03-13T20:00:00Z");
        api.putBoard(board, """
                {"title":"Secret","metrics":["power","kills"],"periods":["DAILY","WEEKLY","MONTHLY","YEARLY","ALL_TIME",
                 "SEASON","LAST_7_DAYS","LAST_30_DAYS"],"positionDays":3,"derivedMetrics":[
                 {"name":"gained","gainOf":"kills"},{"name":"points","weighted":{"gained":2,"power":1}}]}""").expect(201);
        api.put("/api/v1/boards/" + board + "/seasons/spring", """
                {"title":"Spring","start":"2023-03-01T00:00:00Z","end":"2023-03-15T00:00:00Z"}""").expect(201);
        api.put("/api/v1/boards/" + board + "/tiers", """
                {"tiers":[{"name":"better","all":[{"percentile":true,"min":40}]},{"name":"other"}]}""").expect(201);
        setBaselines(0);
        score("ann", 7);
        score("bob", 4);
        score("cyd", 1);
        stand("2023-03-14T00:10:00Z");
        OnEventLoop.await(rollover::closeDue);
        OnEventLoop.await(positions::takeDue);
        score("ann", 1);
        reset(Period.DAILY);
        stand("2023-03-14T20:00:00Z");
        score("ann", 3);
        score("bob", 5);
        api.put(challenge, """
                {"title":"Secret","board":"%s","variants":{"easy":{"points":1},"hard":{"points":2}}}""".formatted(board)).expect(201);
        api.put(achievement, """
                {"title":"Secret","rule":{"measure":"TOTAL","board":"%s"},"tiers":{"bronze":5,"silver":12,"gold":50}}""".formatted(board)).expect(201);
        submission = submit("easy", "ann", "abc", true);
        submit("easy", "bob", "abcd", false);
        api.put("/api/v1/groups/class/frozen", "{\"title\":\"Frozen\"}");
        api.post("/api/v1/groups/class/frozen/members", """
                {"change":"REPLACE","playerIds":["ann","bob","new","late"]}""").expect(200);
        // Followers come to what was accepted before the freeze later, and that shows.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> StoredRows.number(
                                "SELECT coalesce(sum(p.events), 0) FROM activity_player p JOIN board b ON b.id = p.board_id"
                                        + " WHERE b.name = ?",
                                board)
                        == 7);
        frozen.forEach(one -> api.put("/api/v1/boards/" + one + "/freeze", "").expect(201));
        stand("2023-03-14T20:00:10Z");
    }

    @AfterEach
    void reveal() {
        frozen.forEach(one -> api.delete("/api/v1/boards/" + one + "/freeze"));
        api.delete(achievement);
        api.delete(challenge);
        clock.reset();
    }

    @Test
    @DisplayName("trap 30: all public reads are the same before and after hidden scoring, resets and closings")
    void noQuestionTellsWhatHasHappenedSince() {
        freeze(board, DEFAULT_BOARD);
        List<Read> reads = reads();
        // What a process keeps for a while is not to make a difference.
        answers(reads);
        Map<Read, String> evening = answers(reads);

        hiddenScoring();
        assertSame(evening, answers(reads));

        stand("2023-03-15T00:10:00Z");
        answers(reads);
        Map<Read, String> night = answers(reads);
        OnEventLoop.await(rollover::closeDue);
        hiddenScoring();
        assertSame(night, answers(reads));
    }

    @Test
    void aSeasonThatEndsWhileFrozenStaysAsItWasShown() {
        freeze(board);
        String season = "/api/v1/boards/" + board + "/rankings/season";
        JsonNode shown = api.get(season).expect(200).json();
        assertThat(shown.path("entries").findValuesAsText("playerId")).containsExactly("ann", "bob", "cyd");

        score("cyd", 99);
        stand("2023-03-15T00:10:00Z");
        OnEventLoop.await(rollover::closeDue);

        for (String query : List.of("", "?window=spring")) {
            JsonNode after = api.get(season + query).expect(200).json();
            assertThat(after.path("entries")).isEqualTo(shown.path("entries"));
            assertThat(after.path("window")).isEqualTo(shown.path("window"));
        }
        assertThat(api.get("/api/v1/boards/" + board + "/seasons/active")
                        .expect(200)
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo("spring");
        assertThat(api.board(board).expect(200).json().path("windows").findValuesAsText("id"))
                .contains("spring");
        api.delete("/api/v1/boards/" + board + "/freeze").expect(204);
        api.get(season).expect(404);
        assertThat(api.get(season + "?window=spring")
                        .expect(200)
                        .json()
                        .path("entries")
                        .findValuesAsText("playerId"))
                .containsExactly("cyd", "ann", "bob");
    }

    private List<Read> reads() {
        String cursor = api.get("/api/v1/boards/" + board + "/rankings/daily?limit=1")
                .expect(200)
                .json()
                .path("next")
                .asText();
        JsonNode document = api.get("/q/openapi?format=json").expect(200).json();
        List<String> days = List.of("2023-03-13", "2023-03-14", "2023-03-15");
        Map<String, List<String>> values = PublicValues.of(board, cursor, days, "2023-W11");
        values.put("challenge", List.of(board));
        values.put("achievement", List.of(board));
        values.put("submission", List.of(submission));
        values.put("segment", List.of("class:frozen", "friends:ann"));
        values.put("group", List.of("frozen"));
        return new PublicReads(document, values).all();
    }

    /** New players, players who move, late events, resets, and what administrators do to scores. */
    private void setBaselines(int kills) {
        api.put("/api/v1/boards/" + board + "/seasons/spring/baseline?reason=scan&author=test", """
                {"players":[{"playerId":"ann","values":{"kills":%d}},{"playerId":"cyd","values":{"kills":%d}}]}""".formatted(
                                kills, kills))
                .expect(200);
    }

    private void hiddenScoring() {
        score("new", 50);
        score("cyd", 90);
        api.submit(board, """
                {"playerId":"late","score":1,"occurredAt":"%s","metrics":{"kills":3}}""".formatted(clock.instant().minusSeconds(290))).expect(200);
        reset(Period.DAILY);
        reset(Period.SEASON);
        score("new", 1);
        score("ann", 2);
        // After the second hidden scoring the season is over.
        if (clock.instant().isBefore(Instant.parse("2023-03-15T00:00:00Z"))) {
            setBaselines(9);
        }
        submit("easy", "new", "a", true);
        submit("easy", "ann", "ab", true);
        submit("easy", "bob", "abc", true);
        submit("hard", "ann", "ab", true);
        submit("hard", "new", "ab", false);
    }

    private String submit(String variant, String player, String content, boolean cleared) {
        return api.post(
                        challenge + "/" + variant + "/submissions",
                        "{\"playerId\":\"%s\",\"content\":\"%s\",\"cleared\":%s}".formatted(player, content, cleared))
                .expect(200)
                .json()
                .path("submission")
                .asText();
    }

    private void score(String player, int score) {
        api.submit(
                        board,
                        "{\"playerId\":\"%s\",\"score\":%d,\"metrics\":{\"kills\":%d}}"
                                .formatted(player, score, 9 - score))
                .expect(200);
        if (frozen.contains(DEFAULT_BOARD)) {
            api.post(FIRST + "/update", "{\"user_id\":\"%s\",\"count\":%d}".formatted(player, score))
                    .expect(200);
        }
    }

    private void reset(Period period) {
        for (String one : frozen) {
            OnEventLoop.await(() -> boards.get(one).chain(found -> {
                boolean running = found.definition().periods().contains(period)
                        && (period != Period.SEASON
                                || found.seasonAt(clock.instant()).isPresent());
                return running
                        ? archive.reset(found, period).replaceWithVoid()
                        : Uni.createFrom().voidItem();
            }));
        }
    }

    private void stand(String instant) {
        clock.stopAt(Instant.parse(instant));
    }

    private Map<Read, String> answers(List<Read> reads) {
        Map<Read, String> answers = new LinkedHashMap<>();
        for (Read read : reads) {
            // Kept for so short a time that a slow machine would decide which stores are asked.
            finished.clear();
            previousRanks.clear();
            segments.clear();
            groupRankings.clear();
            tiers.clear();
            Reply reply = read.body() == null ? api.get(read.address()) : api.post(read.address(), read.body());
            assertThat(reply.status()).as("%s", reply).isLessThan(500);
            answers.put(read, describe(reply));
        }
        return answers;
    }

    private static String describe(Reply reply) {
        String headers = reply.headers().map().entrySet().stream()
                .filter(header -> !header.getKey().equalsIgnoreCase("date")
                        && !header.getKey().equalsIgnoreCase("x-process-time"))
                .map(header -> header.getKey() + ": "
                        + (header.getKey().equalsIgnoreCase("server-timing")
                                ? stepsOf(header.getValue())
                                : header.getValue()))
                .sorted()
                .collect(Collectors.joining("\n"));
        return reply.status() + "\n" + headers + "\n" + reply.text();
    }

    /** The steps that an answer has taken, without the time that each took. */
    private static String stepsOf(List<String> timing) {
        return timing.stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(step -> step.trim().replaceAll(";.*", ""))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static void assertSame(Map<Read, String> before, Map<Read, String> after) {
        List<String> betrayed = new ArrayList<>();
        before.forEach((read, answer) -> {
            if (!answer.equals(after.get(read))) {
                betrayed.add(read.address() + "\n  before: " + answer + "\n  after: " + after.get(read));
            }
        });
        assertThat(before).hasSizeGreaterThan(300);
        assertThat(betrayed.stream().limit(20))
                .as("%d of %d answers differ", betrayed.size(), before.size())
                .isEmpty();
    }
}
