package dev.laurel.achievement;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.Reply;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** Definitions are kept as they were written, and wrong ones are refused by the names of their fields. */
@QuarkusTest
class DefinitionsComponentTest extends AchievementScene {
    @Test
    void aDefinitionIsReadAsItWasWritten() {
        String board = putBoard(aBoard("defined").daily().allTime());
        String id = achievement("""
                "rule":{"measure":"TOTAL","board":"%s"},"tiers":{"gold":1000,"bronze":0.5},"revocable":true,
                "validFrom":"2024-01-01T00:00:00Z","segment":"country:VN","first":3""".formatted(board));

        Reply read = api.get(path(id)).expect(200);
        JsonNode json = read.json();
        assertThat(json.at("/rule/period").asText()).isEqualTo("ALL_TIME");
        assertThat(json.path("tiers").toString()).isEqualTo("{\"bronze\":0.5,\"gold\":1000}");
        assertThat(json.path("revocable").asBoolean()).isTrue();
        assertThat(json.path("first").asInt()).isEqualTo(3);

        JsonNode patched = api.patch(path(id), "{\"tiers\":{\"bronze\":null,\"silver\":100},\"segment\":null}")
                .expect(200)
                .json();
        assertThat(patched.path("tiers").toString()).isEqualTo("{\"silver\":100,\"gold\":1000}");
        assertThat(patched.has("segment")).isFalse();
        assertThat(patched.path("validFrom").asText()).isEqualTo("2024-01-01T00:00:00Z");
        api.put(path(id), "{\"title\":\"x\"," + total(board, ",\"min\":1") + "}", "If-Match", read.header("ETag"))
                .expect(412);
    }

    @Test
    void secretOnesAreNotListed() {
        String board = putBoard(aBoard("secrets").allTime());
        String open = achievement(total(board, ",\"min\":1"));
        String secret = achievement(total(board, ",\"min\":1") + ",\"secret\":true");

        List<String> listed = api.get("/api/v1/achievements?limit=200")
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("id");

        assertThat(listed).contains(open).doesNotContain(secret);
        assertThat(of("nobody", secret).isMissingNode()).isTrue();
        assertThat(of("nobody", open).path("awards")).isEmpty();
    }

    @Test
    void whatIsWrongIsNamed() {
        String sums = putBoard(aBoard("sums").allTime());
        String laps = putBoard(aBoard("laps").best().ascending().allTime());
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("\"tiers\":{\"gold\":1}", "rule"),
                Map.entry(total(sums, ""), "rule.min"),
                Map.entry(total(sums, ",\"min\":1,\"max\":2"), "rule"),
                Map.entry(total(sums, ",\"min\":1") + ",\"tiers\":{\"gold\":1}", "rule"),
                Map.entry(total(sums, "") + ",\"tiers\":{\"gold\":1,\"best\":1.0}", "tiers.best"),
                Map.entry(total("no-such-board", ",\"min\":1"), "rule"),
                Map.entry(total(laps, ",\"min\":1"), "rule"),
                Map.entry(rule("SCORE", laps, ",\"min\":1"), "rule"),
                Map.entry(rule("FINAL_RANK", sums, ",\"max\":1"), "rule.period"),
                Map.entry(rule("FINAL_RANK", sums, ",\"max\":1,\"period\":\"DAILY\""), "rule"),
                Map.entry(rule("STREAK_DAYS", sums, ",\"min\":1") + ",\"repeats\":\"DAILY\"", "rule.measure"),
                Map.entry(rule("EVENTS", sums, ",\"min\":1,\"tag\":\"loops\""), "rule.tag"),
                Map.entry(rule("WISDOM", sums, ",\"min\":1"), "rule.measure"),
                Map.entry(rule("EVENTS", sums, ",\"min\":1e400"), "rule.min"),
                Map.entry("\"rule\":{\"all\":[]}", "rule.all"),
                Map.entry("\"rule\":{\"any\":[{\"measure\":\"CHALLENGES\"}]}", "rule.any[0].min"),
                Map.entry(total(sums, ",\"min\":1") + ",\"first\":0", "first"),
                Map.entry(total(sums, ",\"min\":1") + ",\"segment\":\"friends:ann\"", "segment"),
                Map.entry(total(sums, ",\"min\":1") + ",\"validFrom\":\"yesterday\"", "validFrom"));

        wrong.forEach((fields, field) -> {
            Reply reply = api.put(path("wrong"), "{\"title\":\"Wrong\"," + fields + "}");
            assertThat(reply.status()).as(fields).isEqualTo(422);
            assertThat(reply.json().path("errors").findValuesAsText("field"))
                    .as(fields)
                    .contains(field);
        });
        api.get(path("wrong")).expect(404);
    }

    private static String rule(String measure, String board, String more) {
        return "\"rule\":{\"measure\":\"%s\",\"board\":\"%s\"%s}".formatted(measure, board, more);
    }
}
