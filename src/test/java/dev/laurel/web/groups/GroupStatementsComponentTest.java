package dev.laurel.web.groups;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.RandomSegments;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.SentStatements;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Whatever the number of groups, members and players: how often a request turns to a store does not depend on it. */
@QuarkusTest
class GroupStatementsComponentTest extends RolloverScene {
    private static final int FEW = 2;
    private static final int MANY = 600;

    @Inject
    MeterRegistry meters;

    private final Map<String, Long> inRedis = new LinkedHashMap<>();
    private int turn;

    @Test
    void everyListCostsAsManyStatementsForManyAsForFew() {
        Map<String, Long> few = counted(FEW);

        Map<String, Long> many = counted(MANY);

        assertThat(many).isEqualTo(few);
        assertThat(many)
                .allSatisfy((request, statements) ->
                        assertThat(statements).as(request).isLessThanOrEqualTo(request.contains("export") ? 2 : 1));
        assertThat(inRedis).as("commands, for many").allSatisfy((request, commands) -> assertThat(commands)
                .as(request)
                .isLessThanOrEqualTo(1));
        assertThat(many.get("submit to the board that declares")).isEqualTo(many.get("submit"));
    }

    /** For so many groups of a player, and so many members of a group. */
    private Map<String, Long> counted(int size) {
        String kind = RandomSegments.newKind();
        String board = putBoard(aBoard("statements").daily().allTime());
        String declaring = aBoard("statements").build().id();
        api.putBoard(declaring, "{\"title\":\"T\",\"segments\":[\"" + kind + "\"],\"periods\":[\"DAILY\"]}")
                .expect(201);
        List<String> players = IntStream.range(0, size)
                .mapToObj(i -> kind + "-%04d".formatted(i))
                .toList();
        for (String one : List.of(board, declaring)) {
            api.submitAll(
                            one,
                            players.stream()
                                    .map(player -> ScoreEvent.of(player, "5"))
                                    .toList())
                    .expect(200);
        }
        String group = "/api/v1/groups/" + kind + "/g0000";
        for (int i = 0; i < Math.min(size, 40); i++) {
            String address = "/api/v1/groups/" + kind + "/g%04d".formatted(i);
            api.put(address, "{\"title\":\"T\"}").expect(201);
            api.post(address + "/members", ids(i == 0 ? players : players.subList(0, 1)))
                    .expect(200);
        }
        api.put("/api/v1/players/" + players.get(0), "{\"displayName\":\"N\"}").expect(201);
        api.put("/api/v1/players/" + players.get(0) + "/friends", friends(players))
                .expect(200);
        String rankings = "/api/v1/boards/%s/rankings/daily";
        String segment = "segment=" + kind + ":g0000&limit=" + (size == FEW ? 1 : 500);
        Map<String, Long> counts = new LinkedHashMap<>();
        count(counts, "members", group + "/members?limit=100");
        count(counts, "groups of a player", "/api/v1/players/" + players.get(0) + "/groups?limit=100");
        count(counts, "friends", "/api/v1/players/" + players.get(0) + "/friends");
        count(counts, "segment", rankings.formatted(board) + "?" + segment);
        count(counts, "segment of friends", rankings.formatted(board) + "?segment=friends:" + players.get(0));
        count(counts, "declared segment", rankings.formatted(declaring) + "?" + segment);
        count(
                counts,
                "place in it",
                rankings.formatted(declaring) + "/players/" + players.get(0) + "?" + segment.split("&")[0]);
        count(counts, "export", rankings.formatted(board) + "/export?" + segment.split("&")[0]);
        count(counts, "groups", "/api/v1/boards/" + board + "/group-rankings/daily?limit=100&kind=" + kind);
        count(counts, "statistics", group + "/statistics?period=daily&board=" + board);
        counts.put("submit", submitted(board, players.get(0)));
        counts.put("submit to the board that declares", submitted(declaring, players.get(0)));
        return counts;
    }

    private long submitted(String board, String player) {
        return new SentStatements(meters)
                .ofWrite(() -> submit(board, ScoreEvent.of(player, Integer.toString(turn++ % 5 + 1))));
    }

    private void count(Map<String, Long> counts, String name, String address) {
        api.get(address).expect(200);
        // What a cache keeps for seconds may have to be loaded again in between, once.
        counts.put(
                name,
                LongStream.generate(() -> new SentStatements(meters)
                                .of(() -> api.get(address).expect(200)))
                        .limit(3)
                        .min()
                        .orElseThrow());
        inRedis.put(
                name, SentStatements.toRedis(meters).of(() -> api.get(address).expect(200)));
    }

    private static String ids(List<String> players) {
        return players.stream()
                .map(player -> '"' + player + '"')
                .collect(Collectors.joining(",", "{\"change\":\"REPLACE\",\"playerIds\":[", "]}"));
    }

    private static String friends(List<String> players) {
        return Stream.concat(players.stream().skip(1), Stream.of("nobody"))
                .map(player -> '"' + player + '"')
                .collect(Collectors.joining(",", "{\"friends\":[", "]}"));
    }
}
