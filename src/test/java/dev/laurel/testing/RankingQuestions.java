package dev.laurel.testing;

import static dev.laurel.testing.AnswerChecks.assertEntries;
import static dev.laurel.testing.AnswerChecks.assertPercentile;
import static dev.laurel.testing.AnswerChecks.assertPlace;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.OracleRanking.Place;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Questions about the players of one ranking: pages, cursors, places, neighbours, friends. */
final class RankingQuestions {

    private static final int PLAYERS = 6;

    private final LaurelApi api;
    private final String board;
    private final AskedRanking asked;
    private final OracleRanking ranking;

    RankingQuestions(LaurelApi api, AskedRanking asked) {
        this.api = api;
        this.board = asked.board().id();
        this.asked = asked;
        this.ranking = asked.ranking();
    }

    /** Some of all that can be asked; who, how many and how far is drawn. */
    List<Runnable> some(Random random) {
        List<Runnable> questions = new ArrayList<>();
        int most = ranking.total() + 1;
        for (int limit : List.of(2 + random.nextInt(3), 1 + random.nextInt(most), 1000)) {
            questions.add(() -> compareOffsets(limit));
            questions.add(() -> compareCursors(limit));
        }
        List<String> players = new ArrayList<>(asked.players());
        while (players.size() > PLAYERS) {
            players.remove(random.nextInt(players.size()));
        }
        for (String player : players) {
            questions.add(() -> comparePlayer(player));
            if (ranking.of(player).isPresent()) {
                int radius = 1 + random.nextInt(12);
                questions.add(() -> compareNeighbours(player, radius));
            }
        }
        Set<String> friends = new TreeSet<>(Set.of("nobody", "Nobody-else"));
        asked.players().stream().filter(player -> random.nextBoolean()).forEach(friends::add);
        questions.add(() -> compareLookup(friends));
        return questions;
    }

    private void compareOffsets(int limit) {
        int last = ranking.total();
        for (int offset = 0; offset <= last; offset += limit) {
            String query = asked.query("&limit=%d&offset=%d".formatted(limit, offset));
            JsonNode page = page(query);
            assertEntries(page, ranking.places().subList(offset, Math.min(last, offset + limit)), query);
        }
    }

    private void compareCursors(int limit) {
        String cursor = "";
        List<Place> left = ranking.places();
        while (!left.isEmpty()) {
            String query = asked.query("&limit=" + limit + cursor);
            JsonNode page = page(query);
            int size = Math.min(limit, left.size());
            assertEntries(page, left.subList(0, size), query);
            left = left.subList(size, left.size());
            assertThat(page.hasNonNull("next")).as("next of %s", query).isEqualTo(!left.isEmpty());
            cursor = "&cursor=" + LaurelApi.segment(page.path("next").asText());
        }
    }

    private JsonNode page(String query) {
        Reply reply = api.top(board, asked.window().period(), query).expect(200);
        JsonNode page = reply.json();
        assertThat(page.path("board").asText()).isEqualTo(board);
        assertThat(page.path("period").asText())
                .isEqualToIgnoringCase(asked.window().period().name());
        assertThat(page.path("total").asInt(-1)).as("total in %s", reply).isEqualTo(ranking.total());
        asked.assertOrigin(page, reply);
        return page;
    }

    private void comparePlayer(String player) {
        Reply reply = api.player(board, asked.window().period(), player, asked.query(""))
                .expect(200);
        JsonNode answer = reply.json();
        asked.assertOrigin(answer, reply);
        Optional<Place> place = ranking.of(player);
        assertThat(answer.path("ranked").isBoolean()).as("ranked in %s", reply).isTrue();
        assertThat(answer.path("ranked").asBoolean()).as("ranked in %s", reply).isEqualTo(place.isPresent());
        if (place.isEmpty()) {
            assertThat(answer.hasNonNull("rank")).as("rank in %s", reply).isFalse();
            return;
        }
        assertPlace(answer, place.get(), reply.toString());
        assertThat(answer.path("total").asInt()).as("total in %s", reply).isEqualTo(ranking.total());
        assertPercentile(answer.path("percentile").asDouble(-1), ranking.percentile(player), reply.toString());
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

    private void compareNeighbours(String player, int radius) {
        String query = asked.query("&radius=" + radius);
        Reply reply =
                api.neighbours(board, asked.window().period(), player, query).expect(200);
        asked.assertOrigin(reply.json(), reply);
        assertEntries(reply.json(), ranking.around(player, radius), reply.toString());
    }

    private void compareLookup(Set<String> friends) {
        Reply reply = api.lookup(board, asked.window().period(), friends, asked.query(""))
                .expect(200);
        asked.assertOrigin(reply.json(), reply);
        List<Place> found = ranking.among(friends);
        OracleRanking themselves = new OracleRanking(
                asked.board(), found.stream().map(Place::standing).toList());
        JsonNode entries = reply.json().path("entries");
        assertEntries(reply.json(), found, reply.toString());
        for (int at = 0; at < found.size(); at++) {
            assertThat(entries.get(at).path(Wire.RANK_AMONG).asLong())
                    .as("rank among themselves in %s", reply)
                    .isEqualTo(themselves.places().get(at).rank());
        }
    }
}
