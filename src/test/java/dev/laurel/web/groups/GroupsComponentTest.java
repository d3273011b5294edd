package dev.laurel.web.groups;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Groups, their members and lists of friends, written and read through the interface. */
@QuarkusTest
class GroupsComponentTest {
    private static final Instant NOW = Instant.parse("2024-05-14T20:00:00Z");

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    private final String kind = "class-" + UUID.randomUUID().toString().substring(0, 8);
    private final String group = "/api/v1/groups/" + kind + "/7b";
    private LaurelApi api;

    @BeforeEach
    void standStill() {
        api = new LaurelApi(service);
        clock.stopAt(NOW);
    }

    @AfterEach
    void goOn() {
        clock.reset();
    }

    @Test
    void aGroupIsKeptAsItWasWritten() {
        api.put(group, "{\"title\":\"Lớp 7b\",\"attributes\":{\"school\":\"North\",\"year\":7}}")
                .expect(201);

        JsonNode found = api.get(group).expect(200).json();
        assertThat(found.path("kind").asText()).isEqualTo(kind);
        assertThat(found.path("id").asText()).isEqualTo("7b");
        assertThat(found.path("title").asText()).isEqualTo("Lớp 7b");
        assertThat(found.at("/attributes/year").asInt()).isEqualTo(7);
        assertThat(found.path("createdAt").asText()).isEqualTo(NOW.toString());
        api.put(group, "{\"title\":\"7b\"}").expect(200);
        assertThat(api.get(group).json().path("attributes")).isEmpty();
    }

    @Test
    void aChangeHoldsOnlyForTheGroupThatIsKnown() {
        String first = api.put(group, "{\"title\":\"A\"}").expect(201).header("ETag");
        String second = api.put(group, "{\"title\":\"B\"}", "If-Match", first)
                .expect(200)
                .header("ETag");

        assertThat(second).isNotEqualTo(first);
        api.put(group, "{\"title\":\"C\"}", "If-Match", first).expect(412);
        api.put(group, "{\"title\":\"C\"}", "If-None-Match", "*").expect(412);
        api.delete(group, "If-Match", first).expect(412);
        assertThat(api.put(group, "{\"title\":\"B\"}").expect(200).header("ETag"))
                .isEqualTo(second);
        api.delete(group, "If-Match", second).expect(204);
        api.get(group).expect(404);
        assertThat(api.put(group, "{\"title\":\"B\"}").expect(201).header("ETag"))
                .isNotEqualTo(second);
    }

    @Test
    void groupsOfAKindAreListedInTheOrderOfTheirIds() {
        for (String id : List.of("b", "a", "C")) {
            api.put("/api/v1/groups/" + kind + "/" + id, "{\"title\":\"T\"}").expect(201);
        }

        JsonNode page =
                api.get("/api/v1/groups/" + kind + "?limit=2").expect(200).json();
        assertThat(page.path("items").findValuesAsText("id")).containsExactly("C", "a");
        assertThat(page.at("/pagination/total").asInt()).isEqualTo(3);
        assertThat(api.get("/api/v1/groups/" + kind + "?limit=2&page=2")
                        .json()
                        .path("items")
                        .findValuesAsText("id"))
                .containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"friends", "a:b", "-a", "é"})
    void someWordsAreNoKinds(String word) {
        String path = "/api/v1/groups/" + LaurelApi.segment(word);
        assertProblem(api.get(path), 422, "kind");
        assertProblem(api.put(path + "/7b", "{\"title\":\"T\"}"), 422, "kind");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{} | title",
                "{\"title\":\" \"} | title",
                "{\"title\":\"a\\nb\"} | title",
                "{\"title\":\"A\",\"attributes\":{\"a\":[1]}} | attributes.a",
                "{\"title\":\"A\",\"members\":[]} | members"
            })
    void whatBreaksARuleIsNamed(String body, String field) {
        assertProblem(api.put(group, body), 422, field);
    }

    @Test
    void membersHaveADate() {
        api.put(group, "{\"title\":\"T\"}").expect(201);

        api.put(group + "/members/ann", "{}").expect(201);
        api.put(group + "/members/bob", "{\"joinedAt\":\"2024-05-01T08:00:00Z\"}")
                .expect(201);
        clock.stopAt(NOW.plusSeconds(60));
        api.put(group + "/members/ann", "").expect(200);

        JsonNode page = api.get(group + "/members").expect(200).json();
        assertThat(page.path("items").findValuesAsText("playerId")).containsExactly("ann", "bob");
        assertThat(page.path("items").findValuesAsText("joinedAt"))
                .containsExactly(NOW.toString(), "2024-05-01T08:00:00Z");
        api.put(group + "/members/ann", "{\"joinedAt\":\"2024-05-02T08:00:00Z\"}")
                .expect(200);
        assertThat(members().findValuesAsText("joinedAt")).contains("2024-05-02T08:00:00Z");
    }

    @Test
    void aPastMembershipEndsBeforeTheNextBegins() {
        api.put(group, "{\"title\":\"T\"}").expect(201);
        api.put(group + "/members/ann", "{\"joinedAt\":\"2024-05-01T08:00:00Z\"}")
                .expect(201);
        api.delete(group + "/members/ann").expect(204);
        api.delete(group + "/members/ann").expect(404);

        assertProblem(api.put(group + "/members/ann", "{\"joinedAt\":\"2024-05-02T08:00:00Z\"}"), 422, "joinedAt");
        assertProblem(api.put(group + "/members/ann", "{\"joinedAt\":\"2024-05-15T08:00:00Z\"}"), 422, "joinedAt");
        assertProblem(api.put(group + "/members/ann", "{\"joinedAt\":\"yesterday\"}"), 422, "joinedAt");
        api.put(group + "/members/ann", "{}").expect(201);
        assertThat(StoredRows.number("""
                SELECT count(*) FROM membership m JOIN player_group g ON g.number = m.group_number
                WHERE g.kind = ? AND m.player_id = 'ann' AND (m.left_at IS NULL OR m.left_at = ?::timestamptz)""", kind, NOW.toString())).isEqualTo(2);
    }

    @Test
    void tenThousandMembersAreChangedInOneCall() {
        api.put(group, "{\"title\":\"T\"}").expect(201);

        assertChanged(change("ADD", 0, 10_000), 10_000, 0, 10_000);
        assertChanged(change("ADD", 0, 10_000), 0, 0, 10_000);
        assertChanged(change("REMOVE", 5_000, 10_000), 0, 5_000, 5_000);
        assertChanged(change("REPLACE", 4_000, 6_000), 1_000, 4_000, 2_000);
        assertThat(members().findValuesAsText("playerId"))
                .contains("p04000", "p04199")
                .doesNotContain("p03999");
        assertChanged(change("REPLACE", 0, 0), 0, 2_000, 0);
        assertProblem(change("ADD", 0, 10_001), 422, "playerIds");
        assertProblem(change("SWAP", 0, 1), 422, "change");
        assertProblem(api.post(group + "/members", "{\"change\":\"ADD\",\"playerIds\":[\" a\"]}"), 422, "playerIds");
        assertThat(members()).isEmpty();
    }

    private Reply change(String change, int from, int to) {
        String players =
                IntStream.range(from, to).mapToObj("\"p%05d\""::formatted).collect(Collectors.joining(","));
        return api.post(group + "/members", "{\"change\":\"" + change + "\",\"playerIds\":[" + players + "]}");
    }

    private static void assertChanged(Reply reply, int added, int removed, int members) {
        JsonNode changed = reply.expect(200).json();
        assertThat(List.of(
                        changed.path("added").asInt(-1),
                        changed.path("removed").asInt(-1),
                        changed.path("members").asInt(-1)))
                .containsExactly(added, removed, members);
    }

    private JsonNode members() {
        return api.get(group + "/members?limit=200").expect(200).json().path("items");
    }

    @Test
    void aPlayerIsInSeveralGroups() {
        String player = "é-" + kind;
        for (String id : List.of("b", "a", "c")) {
            api.put("/api/v1/groups/" + kind + "/" + id, "{\"title\":\"T" + id + "\"}")
                    .expect(201);
            api.put("/api/v1/groups/" + kind + "/" + id + "/members/" + LaurelApi.segment(player), "{}")
                    .expect(201);
        }
        api.delete("/api/v1/groups/" + kind + "/c").expect(204);

        JsonNode page = api.get("/api/v1/players/" + LaurelApi.segment(player) + "/groups")
                .expect(200)
                .json();
        assertThat(page.path("items").findValuesAsText("id")).containsExactly("a", "b");
        assertThat(page.path("items").findValuesAsText("title")).containsExactly("Ta", "Tb");
        assertThat(page.at("/pagination/total").asInt()).isEqualTo(2);
        assertThat(api.get("/api/v1/players/nobody-" + kind + "/groups")
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        api.get(group).expect(404);
        api.delete(group).expect(404);
        api.get(group + "/members").expect(404);
        api.put(group + "/members/ann", "{}").expect(404);
        api.delete(group + "/members/ann").expect(404);
        change("ADD", 0, 1).expect(404);
    }

    @Test
    void friendsAreAListOfThePlayers() {
        String friends = "/api/v1/players/" + kind + "/friends";
        assertThat(api.get(friends).expect(200).json().path("friends")).isEmpty();

        api.put(friends, "{\"friends\":[\"bob\",\"ann\",\"bob\"]}").expect(200);
        assertThat(names(api.get(friends))).containsExactly("ann", "bob");
        assertThat(names(api.put(friends, "{\"friends\":[\"cyd\",\"bob\"]}"))).containsExactly("bob", "cyd");
        api.put(friends, "{\"friends\":[]}").expect(200);
        assertThat(names(api.get(friends))).isEmpty();
        assertProblem(api.put(friends, "{}"), 422, "friends");
        assertProblem(api.put(friends, "{\"friends\":[\"" + kind + "\"]}"), 422, "friends");
        assertProblem(api.put(friends, "{\"friends\":[\"..\"]}"), 422, "friends");
        String many = IntStream.range(0, 1_001).mapToObj("\"p%d\""::formatted).collect(Collectors.joining(","));
        assertProblem(api.put(friends, "{\"friends\":[" + many + "]}"), 422, "friends");
    }

    private static List<String> names(Reply reply) {
        List<String> names = new ArrayList<>();
        reply.expect(200).json().path("friends").forEach(name -> names.add(name.asText()));
        return names;
    }
}
