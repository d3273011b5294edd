package dev.laurel.segment;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Tenant;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import dev.laurel.testing.RankingPicture;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rankings of segments: what they are named, who belongs to them, and how soon a change is seen. */
@QuarkusTest
class SegmentsComponentTest extends RolloverScene {
    @Inject
    Segments segments;

    private final String kind = "class" + UUID.randomUUID().toString().substring(0, 8);
    private final String segment = kind + ":7b";
    private final String group = "/api/v1/groups/" + kind + "/7b";

    private String board() {
        String board = putBoard(aBoard("segments").daily());
        int score = 50;
        for (String player : List.of("ann", "bob", "cyd", "dan", "eve")) {
            submit(board, ScoreEvent.of(player, Integer.toString(score)).at("2024-05-14T19:58:00Z"));
            score -= 10;
        }
        return board;
    }

    private void members(String... players) {
        api.put(group, "{\"title\":\"7b\"}");
        String ids = List.of(players).stream().map(id -> '"' + id + '"').collect(Collectors.joining(","));
        api.post(group + "/members", "{\"change\":\"REPLACE\",\"playerIds\":[" + ids + "]}")
                .expect(200);
    }

    private Reply asked(String board, String name, String more) {
        return api.top(board, Period.DAILY, "segment=" + LaurelApi.segment(name) + more);
    }

    private List<String> players(String board, String name) {
        return asked(board, name, "").expect(200).json().path("entries").findValuesAsText("playerId");
    }

    @Test
    void membersAreRankedAmongEachOther() {
        String board = board();
        members("eve", "bob", "nobody", "dan");

        JsonNode page = asked(board, segment, "").expect(200).json();

        assertThat(page.path("segment").asText()).isEqualTo(segment);
        assertThat(page.path("total").asInt()).isEqualTo(3);
        assertThat(page.path("entries").findValuesAsText("playerId")).containsExactly("bob", "dan", "eve");
        assertThat(page.path("entries").findValuesAsText("rank")).containsExactly("1", "2", "3");
        assertThat(top(board).has("segment")).isFalse();
        JsonNode dan = api.player(board, Period.DAILY, "dan", "segment=" + segment)
                .expect(200)
                .json();
        assertThat(dan.path("rank").asInt()).isEqualTo(2);
        assertThat(dan.at("/ahead/playerId").asText()).isEqualTo("bob");
        // Known on the board, but not a member.
        assertThat(api.player(board, Period.DAILY, "ann", "segment=" + segment)
                        .expect(200)
                        .json()
                        .path("ranked")
                        .asBoolean(true))
                .isFalse();
        api.player(board, Period.DAILY, "nobody", "segment=" + segment).expect(404);
    }

    @DisplayName("trap 42: the members of a segment are those of the moment it is read")
    @Test
    void aChangeOfMembersIsSeenByTheNextRead() {
        String board = board();
        members("ann", "bob");
        assertThat(players(board, segment)).containsExactly("ann", "bob");

        api.put(group + "/members/eve", "{}").expect(201);
        assertThat(players(board, segment)).containsExactly("ann", "bob", "eve");
        api.delete(group + "/members/ann").expect(204);
        assertThat(players(board, segment)).containsExactly("bob", "eve");
        submit(board, ScoreEvent.of("eve", "100"));
        assertThat(players(board, segment)).containsExactly("eve", "bob");
        api.delete(group).expect(204);
        asked(board, segment, "").expect(404);
        members("cyd");
        assertThat(players(board, segment)).containsExactly("cyd");
    }

    @Test
    void aChangeByAnotherProcessIsSeenWithinSeconds() {
        String board = board();
        members("ann", "bob");
        assertThat(players(board, segment)).containsExactly("ann", "bob");

        StoredRows.change("""
                UPDATE membership SET left_at = joined_at WHERE player_id = 'ann' AND group_number =
                    (SELECT number FROM player_group WHERE kind = ?)""", kind);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(players(board, segment)).containsExactly("bob"));
    }

    @Test
    void playersWithAnAttributeAreASegment() {
        String board = board();
        attributes("ann", "\"VN\"");
        attributes("cyd", "\"VN\"");
        attributes("bob", "12");
        attributes("dan", "true");

        assertThat(players(board, kind + ":VN")).containsExactly("ann", "cyd");
        assertThat(players(board, kind + ":12")).containsExactly("bob");
        assertThat(players(board, kind + ":true")).containsExactly("dan");
        attributes("eve", "1.0e-5");
        assertThat(players(board, kind + ":0.000010")).containsExactly("eve");
        attributes("eve", "0.5");
        asked(board, kind + ":0.000010", "").expect(404);
        assertThat(players(board, kind + ":0.5")).containsExactly("eve");
        asked(board, kind + ":12.0", "").expect(404);
        asked(board, kind + ":1e999999", "").expect(404);
        attributes("cyd", "\"Hồ Chí Minh: Q1\"");
        assertThat(players(board, kind + ":VN")).containsExactly("ann");
        assertThat(players(board, kind + ":Hồ Chí Minh: Q1")).containsExactly("cyd");
        api.delete("/api/v1/players/ann").expect(204);
        asked(board, kind + ":VN", "").expect(404);
    }

    @Test
    void aGroupComesBeforeAnAttributeOfItsName() {
        String board = board();
        attributes("ann", "\"7b\"");
        assertThat(players(board, segment)).containsExactly("ann");

        members("bob");
        assertThat(players(board, segment)).containsExactly("bob");
        members();
        assertThat(players(board, segment)).isEmpty();
        api.delete(group).expect(204);
        assertThat(players(board, segment)).containsExactly("ann");
    }

    private void attributes(String player, String value) {
        api.put("/api/v1/players/" + player, "{\"displayName\":\"N\",\"attributes\":{\"" + kind + "\":" + value + "}}");
    }

    @Test
    void anotherTenantHasSegmentsOfItsOwn() {
        members("ann");
        StoredRows.change("INSERT INTO tenant (name) VALUES ('another') ON CONFLICT DO NOTHING");
        Tenant another = new Tenant((short) StoredRows.number("SELECT id FROM tenant WHERE name = 'another'"));

        Segments.Wanted wanted = new Segments.Wanted("segment", List.of());

        assertThat(OnEventLoop.await(() -> segments.of(Tenant.DEFAULT, segment, wanted))
                        .playerIds())
                .containsExactly("ann");
        assertThatThrownBy(() -> OnEventLoop.await(() -> segments.of(another, segment, wanted)))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void friendsAreASegmentWithThePlayer() {
        String board = board();
        api.put("/api/v1/players/dan/friends", "{\"friends\":[\"ann\",\"nobody\",\"eve\"]}")
                .expect(200);

        assertThat(players(board, "friends:dan")).containsExactly("ann", "dan", "eve");
        api.put("/api/v1/players/dan/friends", "{\"friends\":[\"ann\"]}").expect(200);
        assertThat(players(board, "friends:dan")).containsExactly("ann", "dan");
        api.put("/api/v1/players/dan/friends", "{\"friends\":[]}").expect(200);
        assertThat(players(board, "friends:dan")).containsExactly("dan");
    }

    @Test
    void anExportAndALookUpKnowTheSegment() {
        String board = board();
        members("eve", "bob");
        String ranking = "/api/v1/boards/" + board + "/rankings/daily";

        assertThat(api.get(ranking + "/export?format=csv&segment=" + segment)
                        .expect(200)
                        .text()
                        .lines())
                .hasSize(3)
                .element(1)
                .asString()
                .startsWith("1,bob,40");
        JsonNode found = api.lookup(board, Period.DAILY, List.of("ann", "eve"), "segment=" + segment)
                .expect(200)
                .json();
        assertThat(found.path("entries").findValuesAsText("playerId")).containsExactly("eve");
        assertThat(found.path("entries").findValuesAsText("rank")).containsExactly("2");
        assertThat(found.path("missing").get(0).asText()).isEqualTo("ann");
        assertThat(api.get("/api/v1/admin/boards/" + board + "/rankings/daily?segment=" + segment)
                        .expect(200)
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aTagIsThatOfTheSegment() {
        String board = board();
        members("ann", "bob");
        String whole = api.top(board, Period.DAILY, "").expect(200).header("ETag");
        String first = asked(board, segment, "").expect(200).header("ETag");

        assertThat(first).isNotEqualTo(whole);
        assertThat(api.top(board, Period.DAILY, "segment=" + segment, "If-None-Match", first)
                        .status())
                .isEqualTo(304);
        members("ann", "cyd");
        assertThat(asked(board, segment, "").expect(200).header("ETag")).isNotEqualTo(first);
    }

    @Test
    void aCursorBelongsToItsSegment() {
        String board = board();
        members("ann", "bob", "cyd");
        String next = asked(board, segment, "&limit=1")
                .expect(200)
                .json()
                .path("next")
                .asText();
        String whole = api.top(board, Period.DAILY, "limit=1")
                .expect(200)
                .json()
                .path("next")
                .asText();

        assertThat(asked(board, segment, "&limit=1&cursor=" + next)
                        .expect(200)
                        .json()
                        .path("entries")
                        .findValuesAsText("playerId"))
                .containsExactly("bob");
        assertProblem(asked(board, segment, "&cursor=" + whole), 422, "cursor");
        assertProblem(asked(board, "friends:ann", "&cursor=" + next), 422, "cursor");
        assertProblem(api.top(board, Period.DAILY, "cursor=" + next), 422, "cursor");
    }

    @Test
    void closedAndFrozenWindowsAreReadInTheSameWay() {
        String board = filled(aBoard("segments").daily().rankMode("DENSE"));
        members(IntStream.range(0, PLAYERS)
                .filter(i -> i % 3 == 0)
                .mapToObj("p%02d"::formatted)
                .toArray(String[]::new));
        List<String> live = RankingPicture.ofSegment(api, board, Period.DAILY, DAY, segment, "REDIS");

        api.put("/api/v1/boards/" + board + "/freeze", "").expect(201);
        stand("2024-05-14T20:00:10Z");
        submit(board, ScoreEvent.of("p03", "100"));
        assertThat(RankingPicture.ofSegment(api, board, Period.DAILY, DAY, segment, "FROZEN"))
                .isEqualTo(live);
        assertThat(api.get("/api/v1/admin/boards/" + board + "/rankings/daily?limit=1&segment=" + segment)
                        .json()
                        .at("/entries/0/score")
                        .asInt())
                .isGreaterThan(90);
        api.delete("/api/v1/boards/" + board + "/freeze").expect(204);
        List<String> scored = RankingPicture.ofSegment(api, board, Period.DAILY, DAY, segment, "REDIS");
        assertThat(scored).isNotEqualTo(live);
        stand("2024-05-15T00:10:00Z");
        closeDue();
        assertThat(RankingPicture.ofSegment(api, board, Period.DAILY, DAY, segment, "ARCHIVE"))
                .isEqualTo(scored);
    }

    @Test
    void movementIsMeasuredWithinTheSegment() {
        String board = board();
        members("bob", "dan", "eve");
        stand("2024-05-15T00:10:00Z");
        closeDue();

        submit(board, ScoreEvent.of("eve", "9"));
        submit(board, ScoreEvent.of("ann", "5"));
        submit(board, ScoreEvent.of("bob", "1"));

        JsonNode entries = asked(board, segment, "").expect(200).json().path("entries");
        assertThat(entries.findValuesAsText("playerId")).containsExactly("eve", "bob");
        assertThat(entries.findValuesAsText("change")).containsExactly("2", "-1");
    }

    /** Somebody who is hidden leaves the segment's past as well. */
    @Test
    void movementFollowsWhatAnotherProcessHides() {
        String board = board();
        members("bob", "dan", "eve");
        stand("2024-05-15T00:10:00Z");
        closeDue();
        submit(board, ScoreEvent.of("eve", "9"));
        assertThat(asked(board, segment, "").json().at("/entries/0/change").asInt())
                .isEqualTo(2);

        StoredRows.change("INSERT INTO unranked_player (tenant_id, player_id) VALUES (1, ?)", "bob");
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> asked(board, segment, "")
                                    .json()
                                    .at("/entries/0/change")
                                    .asInt()
                            == 1);
        } finally {
            StoredRows.change("DELETE FROM unranked_player WHERE player_id = ?", "bob");
        }
    }

    @Test
    void aResponseHasABoundedNumberOfAttributes() {
        String board = board();
        String attributes = IntStream.range(0, 11).mapToObj(i -> "a" + i).collect(Collectors.joining(","));
        String ranking = "/api/v1/boards/" + board + "/rankings/daily";

        assertProblem(api.get(ranking + "?limit=1000&with=player&attributes=" + attributes), 422, "attributes");
        api.get(ranking + "?limit=900&with=player&attributes=" + attributes).expect(200);
        assertProblem(
                api.get(ranking + "/players/ann/neighbours?radius=500&with=player&attributes=" + attributes),
                422,
                "attributes");
    }

    @Test
    void whoIsDisqualifiedTakesNoRank() {
        String board = board();
        members("ann", "bob", "cyd");

        api.put(
                        "/api/v1/admin/boards/" + board + "/rankings/daily/players/bob/disqualification",
                        "{\"reason\":\"r\",\"author\":\"a\"}")
                .expect(200);

        JsonNode page = asked(board, segment, "").expect(200).json();
        assertThat(page.path("entries").findValuesAsText("playerId")).containsExactly("ann", "cyd");
        assertThat(page.path("entries").findValuesAsText("rank")).containsExactly("1", "2");
        assertThat(page.path("total").asInt()).isEqualTo(2);
    }

    @Test
    void aWindowWithoutEventsHasAnEmptyRanking() {
        String board = putBoard(aBoard("segments").daily());
        members("ann");

        JsonNode page = asked(board, segment, "").expect(200).json();
        assertThat(page.path("total").asInt(-1)).isZero();
        assertThat(page.path("entries")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"class", ":7b", "class:", "-a:b", "friends:", "friends:..", "a b:c", ""})
    void whatIsNoSegmentIsRefused(String name) {
        assertProblem(asked(board(), name, ""), 422, "segment");
    }

    @Test
    void whatIsUnknownIsNotFound() {
        String board = board();

        for (String path :
                List.of("", "/players/ann", "/players/ann/neighbours", "/percentiles", "/what-if", "/export")) {
            String query = path.equals("/percentiles") ? "at=50&" : path.equals("/what-if") ? "score=1&" : "";
            assertProblem(
                    api.get("/api/v1/boards/" + board + "/rankings/daily" + path + "?" + query + "segment=" + segment),
                    404);
        }
    }

    @Test
    void aSegmentOfTooManyIsRefused() {
        String board = board();
        api.put(group, "{\"title\":\"7b\"}").expect(201);
        api.post(group + "/members", many(0, 10_000)).expect(200);
        assertThat(players(board, segment)).isEmpty();

        api.put(group + "/members/ann", "{}").expect(201);
        assertProblem(asked(board, segment, ""), 422, "segment");
        String statistics = group + "/statistics?period=daily&board=";
        assertProblem(api.get(statistics + board), 422, "group");
        String declaring = putBoard(aBoard("segments").daily());
        api.patch("/api/v1/boards/" + declaring, "{\"segments\":[\"" + kind + "\"]}")
                .expect(200);
        submit(declaring, ScoreEvent.of("ann", "5"));
        assertThat(players(declaring, segment)).containsExactly("ann");
        assertThat(api.get(statistics + declaring)
                        .expect(200)
                        .json()
                        .path("members")
                        .asInt())
                .isEqualTo(10_001);
        api.delete(group + "/members/p00000").expect(204);
        assertThat(players(board, segment)).containsExactly("ann");
    }

    private static String many(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj("\"p%05d\""::formatted)
                .collect(Collectors.joining(",", "{\"change\":\"ADD\",\"playerIds\":[", "]}"));
    }
}
