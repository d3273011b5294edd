package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.Oracle.Window;
import dev.laurel.testing.OracleRanking.Place;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** A comparison of everything a board's rankings answer with what an oracle says. */
public final class RankingComparison {

    private static final double PERCENTILE_ROUNDING = 0.01;

    private final LaurelApi api;
    private final Oracle oracle;
    private final String board;
    private final String source;
    private final Random random;
    private final AtomicLong compared = new AtomicLong();

    /** A comparison whose answers have to come from one store, {@code REDIS} or {@code POSTGRES}. */
    public RankingComparison(LaurelApi api, Oracle oracle, String source, long seed) {
        this.api = api;
        this.oracle = oracle;
        this.board = oracle.board().id();
        this.source = source;
        this.random = new Random(seed);
    }

    /** Compares every window; answers how many answers were compared. */
    public long compareAll() {
        return compare(List.copyOf(oracle.windows()));
    }

    /** Compares some windows. */
    public long compare(List<Window> windows) {
        List<Runnable> questions = new ArrayList<>();
        for (Window window : windows) {
            questions.addAll(questionsOn(window));
        }
        InOrder.forEach(questions, question -> {
            question.run();
            compared.incrementAndGet();
        });
        return compared.get();
    }

    private List<Runnable> questionsOn(Window window) {
        OracleRanking ranking = oracle.ranking(window);
        int total = ranking.total();
        List<Runnable> questions = new ArrayList<>();
        for (int limit : List.of(1 + random.nextInt(3), 2 + random.nextInt(total), 1000)) {
            questions.add(() -> compareOffsets(window, ranking, limit));
            questions.add(() -> compareCursors(window, ranking, limit));
        }
        int wide = 4 + random.nextInt(10);
        for (String player : oracle.players()) {
            questions.add(() -> comparePlayer(window, ranking, player));
            if (ranking.of(player).isPresent()) {
                for (int radius : List.of(1, 3, wide)) {
                    questions.add(() -> compareNeighbours(window, ranking, player, radius));
                }
            }
        }
        for (int turn = 0; turn < 3; turn++) {
            Set<String> friends = someFriends();
            questions.add(() -> compareLookup(window, ranking, friends));
        }
        return questions;
    }

    private void compareOffsets(Window window, OracleRanking ranking, int limit) {
        int last = ranking.total();
        for (int offset = 0; offset <= last; offset += limit) {
            String query = "limit=%d&offset=%d&window=%s".formatted(limit, offset, window.id());
            JsonNode page = page(window, ranking, query);
            assertEntries(page, ranking.places().subList(offset, Math.min(last, offset + limit)), window + " " + query);
        }
    }

    private void compareCursors(Window window, OracleRanking ranking, int limit) {
        String cursor = "";
        List<Place> left = ranking.places();
        while (!left.isEmpty()) {
            String query = "limit=%d&window=%s%s".formatted(limit, window.id(), cursor);
            JsonNode page = page(window, ranking, query);
            int size = Math.min(limit, left.size());
            assertEntries(page, left.subList(0, size), window + " " + query);
            left = left.subList(size, left.size());
            assertThat(page.hasNonNull("next"))
                    .as("next of %s %s", window, query)
                    .isEqualTo(!left.isEmpty());
            cursor = "&cursor=" + LaurelApi.segment(page.path("next").asText());
        }
    }

    private JsonNode page(Window window, OracleRanking ranking, String query) {
        Reply reply = api.top(board, window.period(), query).expect(200);
        JsonNode page = reply.json();
        assertThat(page.path("board").asText()).isEqualTo(board);
        assertThat(page.path("period").asText())
                .isEqualToIgnoringCase(window.period().name());
        assertThat(page.path("total").asInt(-1)).as("total in %s", reply).isEqualTo(ranking.total());
        assertOrigin(window, page, reply);
        return page;
    }

    private void comparePlayer(Window window, OracleRanking ranking, String player) {
        Reply reply = api.player(board, window.period(), player, "window=" + window.id())
                .expect(200);
        JsonNode answer = reply.json();
        assertOrigin(window, answer, reply);
        Optional<Place> place = ranking.of(player);
        assertThat(answer.path("ranked").isBoolean()).as("ranked in %s", reply).isTrue();
        assertThat(answer.path("ranked").asBoolean()).as("ranked in %s", reply).isEqualTo(place.isPresent());
        if (place.isEmpty()) {
            assertThat(answer.hasNonNull("rank")).as("rank in %s", reply).isFalse();
            return;
        }
        assertPlace(answer, place.get(), reply.toString());
        assertThat(answer.path("total").asInt()).as("total in %s", reply).isEqualTo(ranking.total());
        assertThat(Math.abs(answer.path("percentile").asDouble(-1) - ranking.percentile(player)))
                .as("distance of the percentile in %s from %s", reply, ranking.percentile(player))
                .isLessThanOrEqualTo(PERCENTILE_ROUNDING);
        assertGap(answer.path("ahead"), place.get(), ranking.ahead(player), "ahead in " + reply);
        assertGap(answer.path("behind"), place.get(), ranking.behind(player), "behind in " + reply);
    }

    private static void assertGap(JsonNode answer, Place own, Optional<Place> other, String what) {
        if (other.isEmpty()) {
            assertThat(answer.isMissingNode() || answer.isNull())
                    .as("no %s", what)
                    .isTrue();
            return;
        }
        assertThat(answer.path("playerId").asText())
                .as(what)
                .isEqualTo(other.get().playerId());
        assertThat(answer.path("gap").decimalValue())
                .as("gap " + what)
                .isEqualByComparingTo(other.get().score().subtract(own.score()).abs());
    }

    private void compareNeighbours(Window window, OracleRanking ranking, String player, int radius) {
        String query = "radius=%d&window=%s".formatted(radius, window.id());
        Reply reply = api.neighbours(board, window.period(), player, query).expect(200);
        assertOrigin(window, reply.json(), reply);
        assertEntries(reply.json(), ranking.around(player, radius), reply.toString());
    }

    private void compareLookup(Window window, OracleRanking ranking, Set<String> friends) {
        Reply reply = api.lookup(board, window.period(), friends, "window=" + window.id())
                .expect(200);
        assertOrigin(window, reply.json(), reply);
        List<Place> found = ranking.among(friends);
        OracleRanking themselves = new OracleRanking(
                oracle.board(), found.stream().map(Place::standing).toList());
        JsonNode entries = reply.json().path("entries");
        assertEntries(reply.json(), found, reply.toString());
        for (int at = 0; at < found.size(); at++) {
            assertThat(entries.get(at).path(Wire.RANK_AMONG).asLong())
                    .as("rank among themselves in %s", reply)
                    .isEqualTo(themselves.places().get(at).rank());
        }
    }

    private Set<String> someFriends() {
        Set<String> friends = new TreeSet<>(Set.of("nobody", "Nobody-else"));
        oracle.players().stream().filter(player -> random.nextBoolean()).forEach(friends::add);
        return friends;
    }

    private void assertOrigin(Window window, JsonNode answer, Reply reply) {
        assertThat(answer.path("source").asText()).as("source of %s", reply).isEqualTo(source);
        assertThat(answer.path("window").path("id").asText())
                .as("window of %s", reply)
                .isEqualTo(window.id());
    }

    private static void assertEntries(JsonNode answer, List<Place> expected, String what) {
        JsonNode entries = answer.path("entries");
        assertThat(entries.isArray()).as("entries of %s", what).isTrue();
        assertThat(entries.findValuesAsText("playerId"))
                .as("players of %s", what)
                .containsExactlyElementsOf(
                        expected.stream().map(Place::playerId).toList());
        for (int at = 0; at < expected.size(); at++) {
            assertPlace(entries.get(at), expected.get(at), what);
        }
    }

    private static void assertPlace(JsonNode answer, Place expected, String what) {
        assertThat(answer.path("playerId").asText()).as(what).isEqualTo(expected.playerId());
        assertThat(answer.path("rank").asLong())
                .as("%s: rank of %s", what, expected)
                .isEqualTo(expected.rank());
        assertThat(answer.path("score").isNumber())
                .as("%s: score of %s", what, expected)
                .isTrue();
        assertThat(answer.path("score").decimalValue())
                .as("%s: score of %s", what, expected)
                .isEqualByComparingTo(expected.score());
        assertThat(Instant.parse(answer.path("achievedAt").asText()))
                .as("%s: achievedAt of %s", what, expected)
                .isEqualTo(expected.standing().achievedAt());
    }
}
