package dev.laurel.segment;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.RandomSegments;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Segments that a board declares: kept up to date by the changes of its windows. */
@QuarkusTest
class DeclaredSegmentsComponentTest extends RolloverScene {
    private static final Logger LOG = Logger.getLogger(DeclaredSegmentsComponentTest.class);
    private static final String BATCH_OF_BEFORE = """
            SELECT a.outcome FROM board b, LATERAL apply_scores(ARRAY[b.id], ARRAY[b.revision], '{}', '{}', '{}', '{}', '{}', '{}',
                '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', false) a
            WHERE b.name = ?""";

    private static final int STEPS = 80;
    private static final int MANY = 3_000;
    private static final int CLIENTS = 4;
    private static final int WRITES = 70;

    private final String kind = RandomSegments.newKind();
    private final String segment = kind + ":in";
    private final List<String> players =
            IntStream.range(0, 24).mapToObj(i -> kind + "-" + i).toList();
    private final Set<String> members = new HashSet<>();

    private String declared(String rules) {
        String id = aBoard("declared").build().id();
        api.putBoard(id, "{\"title\":\"T\",\"segments\":[\"" + kind + "\"]," + rules + "}")
                .expect(201);
        return id;
    }

    private void attribute(String player, boolean in) {
        api.put(
                "/api/v1/players/" + player,
                "{\"displayName\":\"N\",\"attributes\":{\"" + kind + "\":\"" + (in ? "in" : "out") + "\"}}");
        if (in) {
            members.add(player);
        } else {
            members.remove(player);
        }
    }

    /** Every answer is the whole board of the same moment without the others, after whatever has happened. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"periods\":[\"DAILY\"],\"rankMode\":\"DENSE\"",
                "\"periods\":[\"DAILY\",\"LAST_7_DAYS\"],\"order\":\"ASC\",\"tieBreak\":\"LATEST\"",
                "\"periods\":[\"DAILY\"],\"operator\":\"BEST\",\"metrics\":[\"a\",\"b\"],\"tieBreak\":\"NONE\""
            })
    void itFollowsWhateverHappens(String rules) {
        long seed = Long.getLong("laurel.test.seed", new Random().nextInt(1_000_000));
        LOG.infof("declared segments of seed %d", seed);
        Random random = new Random(seed);
        String board = declared(rules);
        players.forEach(player -> attribute(player, random.nextBoolean()));
        attribute(players.get(0), true);
        // A window without any event is in neither store, so it would never be loaded into Redis.
        api.submit(
                        board,
                        "{\"playerId\":\"" + players.get(0) + "\",\"score\":0"
                                + (rules.contains("\"b\"") ? ",\"metrics\":{\"b\":0}}" : "}"))
                .expect(200);
        for (int step = 0; step < STEPS; step++) {
            String player = players.get(random.nextInt(players.size()));
            String what = step(random, board, player, rules.contains("\"b\""));
            String metric = rules.contains("\"b\"") && random.nextBoolean() ? "&metric=b" : "";
            Period period = rules.contains("LAST") && random.nextBoolean() ? Period.LAST_7_DAYS : Period.DAILY;
            assertThat(picture(board, period, metric, true))
                    .as("seed %d, step %d: %s %s", seed, step, what, player)
                    .isEqualTo(picture(board, period, metric, false));
        }
    }

    private String step(Random random, String board, String player, boolean two) {
        String disqualification =
                "/api/v1/admin/boards/" + board + "/rankings/daily/players/" + player + "/disqualification";
        String reason = "{\"reason\":\"r\",\"author\":\"a\"}";
        switch (random.nextInt(16)) {
            case 0 -> attribute(player, true);
            case 1 -> attribute(player, members.size() < 3 || random.nextBoolean());
            case 2 -> api.put(disqualification, reason);
            case 3 -> api.post(disqualification.replace("disqualification", "reinstatement"), reason);
            case 4 -> visibility(player, "HIDDEN");
            case 5 -> visibility(player, "PUBLIC");
            case 6 -> {
                if (random.nextInt(3) == 0) {
                    api.delete("/api/v1/admin/boards/" + board + "/cache").expect(200);
                    awaitRedis(board);
                    return "flushed";
                }
            }
            default -> {
                String metrics = two ? ",\"metrics\":{\"b\":" + random.nextInt(4) + "}" : "";
                api.submit(board, "{\"playerId\":\"" + player + "\",\"score\":" + random.nextInt(4) + metrics + "}")
                        .expect(200);
                return "scored";
            }
        }
        return "changed";
    }

    private void visibility(String player, String visibility) {
        api.patch("/api/v1/players/" + player, "{\"visibility\":\"" + visibility + "\"}")
                .expect(200);
    }

    /** The windows of the board are loaded again. */
    private void awaitRedis(String board) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !"POSTGRES"
                .equals(api.top(board, Period.DAILY, "").json().path("source").asText()));
    }

    /** Player and score of each entry; of the whole board only the members. */
    private List<String> picture(String board, Period period, String metric, boolean ofSegment) {
        String query = "limit=1000" + metric + (ofSegment ? "&segment=" + LaurelApi.segment(segment) : "");
        List<String> picture = new ArrayList<>();
        for (JsonNode entry : api.top(board, period, query).expect(200).json().path("entries")) {
            String player = entry.path("playerId").asText();
            if (ofSegment || members.contains(player)) {
                picture.add(player + " " + entry.path("score") + " " + entry.path("achievedAt"));
            }
        }
        return picture;
    }

    /** Several clients submit and read what they have written, in a segment that is too large for one call to Redis. */
    @Test
    void everyClientReadsItsWrites() {
        String board = declared("\"periods\":[\"DAILY\"]");
        List<String> many =
                IntStream.range(0, MANY).mapToObj(i -> kind + "-m" + i).toList();
        api.put("/api/v1/groups/" + kind + "/many", "{\"title\":\"T\"}").expect(201);
        api.post(
                        "/api/v1/groups/" + kind + "/many/members",
                        many.stream()
                                .map(player -> '"' + player + '"')
                                .collect(Collectors.joining(",", "{\"change\":\"ADD\",\"playerIds\":[", "]}")))
                .expect(200);
        api.submitAll(
                        board,
                        many.stream().map(player -> ScoreEvent.of(player, "1")).toList())
                .expect(200);
        String ofMany = "segment=" + kind + ":many";
        List<CompletableFuture<Void>> clients = IntStream.range(0, CLIENTS)
                .mapToObj(client -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < WRITES; i++) {
                        String player = many.get(client + CLIENTS * (i % 7));
                        submit(board, ScoreEvent.of(player, "10"));
                        JsonNode own =
                                api.player(board, Period.DAILY, player, ofMany).json();
                        assertThat(own.path("score").asInt()).isEqualTo(1 + 10 * (i / 7 + 1));
                        assertThat(own.path("total").asInt()).isEqualTo(MANY);
                    }
                }))
                .toList();
        clients.forEach(CompletableFuture::join);

        JsonNode whole = api.top(board, Period.DAILY, "limit=100").json();
        JsonNode segment = api.top(board, Period.DAILY, "limit=100&" + ofMany).json();
        assertThat(segment.path("entries")).isEqualTo(whole.path("entries"));
        assertThat(segment.path("total")).isEqualTo(whole.path("total"));
    }

    @Test
    void theRulesAreKeptAndShown() {
        String board = declared("\"periods\":[\"DAILY\"]");

        assertThat(api.board(board).json().path("segments").get(0).asText()).isEqualTo(kind);
        api.patch("/api/v1/boards/" + board, "{\"title\":\"U\"}").expect(200);
        assertThat(api.board(board).json().path("segments")).hasSize(1);
        api.patch("/api/v1/boards/" + board, "{\"segments\":null}").expect(200);
        assertThat(api.board(board).json().has("segments")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"[\"friends\"]", "[\"a\",\"a\"]", "[\"\"]", "[null]", "[\"a b\"]"})
    void whatCannotBeDeclaredIsRefused(String segments) {
        assertProblem(
                api.putBoard(aBoard("declared").build().id(), "{\"title\":\"T\",\"segments\":" + segments + "}"),
                422,
                "segments");
    }

    @Test
    void aBoardThatDeclaresLaterFollowsFromThenOn() {
        String board = putBoard(aBoard("declared").daily());
        attribute(players.get(0), true);
        attribute(players.get(1), true);
        submit(board, ScoreEvent.of(players.get(0), "5"));
        assertThat(picture(board, Period.DAILY, "", true)).hasSize(1);

        api.patch("/api/v1/boards/" + board, "{\"segments\":[\"" + kind + "\"]}")
                .expect(200);
        submit(board, ScoreEvent.of(players.get(1), "6"));
        assertThat(picture(board, Period.DAILY, "", true)).hasSize(2);
        stand("2024-05-14T20:02:00Z");
        submit(board, ScoreEvent.of(players.get(0), "7"));
        assertThat(picture(board, Period.DAILY, "", true)).isEqualTo(picture(board, Period.DAILY, "", false));
        submit(board, ScoreEvent.of(players.get(1), "8"));
        assertThat(picture(board, Period.DAILY, "", true)).isEqualTo(picture(board, Period.DAILY, "", false));
    }

    /** A process of the version before, which does not log what it changes in Redis, sends batches without activities. */
    @Test
    void olderProcessesDoNotWriteToABoardThatDeclares() {
        String declaring = declared("\"periods\":[\"DAILY\"]");
        String other = putBoard(aBoard("declared").daily());

        assertThatThrownBy(() -> StoredRows.column(BATCH_OF_BEFORE, declaring))
                .rootCause()
                .hasMessageContaining("newer version");
        assertThat(StoredRows.column(BATCH_OF_BEFORE, other)).isEmpty();
    }
}
