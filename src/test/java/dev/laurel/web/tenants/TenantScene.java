package dev.laurel.web.tenants;

import static org.awaitility.Awaitility.await;

import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Uploads;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tenant with one thing of each kind. The names of things are those of the other tenant, too; what they contain is not, and
 * the same for a second board, challenge, achievement and group that the other tenant does not have.
 */
final class TenantScene {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** All text of this tenant, and no text of the other, contains it. */
    final String mark;

    /** All scores of this tenant, and no numbers of the other, begin with it. */
    final String digits;

    final LaurelApi api;

    /** Values of parameters. */
    final Map<String, String> names = new LinkedHashMap<>();

    /** The same, of things that this tenant alone has. */
    final Map<String, String> own = new LinkedHashMap<>();

    /** @param credential headers of all its requests; none for those of the default tenant */
    TenantScene(URI service, String mark, String digits, String... credential) {
        this.mark = mark;
        this.digits = digits;
        this.api = new LaurelApi(service, credential);
    }

    void fill(String run) {
        shared(run);
        names.put("board", board(run));
        names.put("submission", challenge("level-" + run, names.get("board")));
        achievement("medal-" + run, names.get("board"));
        group("grp-" + run);
        own.putAll(names);
        own.put("board", board(run + mark));
        own.put("boards", own.get("board"));
        own.put("challenge", "level-" + run + mark);
        own.put("submission", challenge(own.get("challenge"), own.get("board")));
        own.put("achievement", "medal-" + run + mark);
        achievement(own.get("achievement"), own.get("board"));
        own.put("group", "grp-" + run + mark);
        group(own.get("group"));
        own.put("player", player("solo" + run));
        own.put("user_id", own.get("player"));
        own.put("import", imported(own.get("board")));
        names.put("import", imported(names.get("board")));
        names.put("key", key());
        own.put("key", key());
        await().atMost(PATIENCE).until(() -> api.get("/api/v1/players/ann" + run + "/achievements")
                .text()
                .contains("medal-" + run));
    }

    private void shared(String run) {
        names.put("boards", "board-" + run);
        names.put("period", "all_time");
        names.put("periods", "all_time");
        names.put("player", "ann" + run);
        names.put("user_id", "ann" + run);
        names.put("season", "spring");
        names.put("first", "spring");
        names.put("second", "spring");
        names.put("challenge", "level-" + run);
        names.put("variant", "easy");
        names.put("achievement", "medal-" + run);
        names.put("kind", "class");
        names.put("group", "grp-" + run);
        names.put("window", "all");
        names.put("score", "5");
        names.put("at", "50");
        names.put("tierName", "low");
        names.put("tier", "low");
        names.put("boardTier", "all");
        names.put("cohort", "1");
        names.put("mapping", "map");
        names.put("backup", "none");
        names.put("cache", "none");
        names.put("follower", "none");
        names.put("item", "1");
        names.put("statement", "1");
        names.put("id", "1");
        names.put("format", "csv");
        names.put("friend", "ann" + run);
        names.put("member", "ann" + run);
        names.put("from", "2026-01-01");
        names.put("to", "2026-01-02");
        names.put("adjustment", "1");
        names.put("event", "1");
        names.put("reason", "test");
        names.put("author", "test");
        names.put("segment", "class:grp-" + run);
    }

    private String board(String run) {
        String board = "board-" + run;
        String path = "/api/v1/boards/" + board;
        api.put(path, """
                {"title":"%s","periods":["DAILY","WEEKLY","ALL_TIME","SEASON"],"operator":"SUM","metrics":["points"],
                 "lateness":"PT1H","leagues":{"size":5,"promote":1,"tiers":["low","high"]}}""".formatted(mark)).expectSuccess();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        api.put(path + "/seasons/spring", """
                {"title":"%s","start":"%s","end":"%s"}""".formatted(mark, now.minusSeconds(60), now.plusSeconds(3_600)))
                .expectSuccess();
        await().atMost(PATIENCE).until(() -> !api.get(path).expect(200).json().has("filling"));
        score(path, player("ann" + run), "1");
        score(path, player("solo" + run + mark), "3");
        api.put(path + "/tiers", "{\"tiers\":[{\"name\":\"all\"}]}").expectSuccess();
        api.put(path + "/import-mappings/map", "{\"columns\":{\"" + mark + "\":\"player\",\"A\":\"score\"}}")
                .expectSuccess();
        return board;
    }

    /** Both tenants send the same id of an event. */
    private void score(String board, String player, String last) {
        api.post(board + "/scores", """
                {"playerId":"%s","score":%s,"eventId":"event-%s","activity":"%s","tags":["%s"],"outcome":"COMPLETED"}""".formatted(player, digits + last, last, mark, mark))
                .expect(200);
    }

    private String player(String player) {
        api.put("/api/v1/players/" + player, """
                {"displayName":"%s","username":"%s","attributes":{"level":1}}""".formatted(mark + " " + player, "u-" + player))
                .expectSuccess();
        return player;
    }

    private String challenge(String challenge, String board) {
        api.put("/api/v1/challenges/" + challenge, """
                {"title":"%s","board":"%s","variants":{"easy":{"points":%s}}}""".formatted(mark, board, "5"))
                .expectSuccess();
        return api.post("/api/v1/challenges/" + challenge + "/easy/submissions", """
                        {"playerId":"%s","content":"%s","cleared":false}""".formatted(
                                names.get("player"), mark))
                .expect(200)
                .json()
                .path("submission")
                .asText();
    }

    private void achievement(String achievement, String board) {
        api.put("/api/v1/achievements/" + achievement, """
                {"title":"%s","rule":{"measure":"TOTAL","board":"%s"},"tiers":{"gold":1}}""".formatted(mark, board))
                .expectSuccess();
    }

    private void group(String group) {
        api.put("/api/v1/groups/class/" + group, "{\"title\":\"" + mark + "\"}").expectSuccess();
        api.put("/api/v1/groups/class/" + group + "/members/" + names.get("player"), "{}")
                .expectSuccess();
    }

    private String key() {
        return api.post("/api/v1/admin/keys", "{\"name\":\"" + mark + "\",\"scopes\":[\"read\"]}")
                .expect(201)
                .json()
                .at("/details/id")
                .asText();
    }

    private String imported(String board) {
        Uploads.Form form = Uploads.form(board, "EVENTS").with("mapping", "map");
        return new Uploads(api)
                .run(form, mark + ".csv", mark + ",A\n" + "imp," + digits + "5\n")
                .path("id")
                .asText();
    }
}
