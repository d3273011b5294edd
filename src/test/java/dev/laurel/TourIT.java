package dev.laurel;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.laurel.platform.embedded.KillableStores;
import dev.laurel.platform.embedded.PostgresAddress;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.PackagedProgram;
import dev.laurel.testing.Reply;
import dev.laurel.testing.Uploads;
import dev.laurel.testing.Visits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * One visit to everything the packaged program serves. What a class is asked for by its name, or a file read, a native
 * program may lack without anybody noticing before it is asked.
 */
class TourIT {
    private static final String COMPAT = "/api/redis-leaderboard";
    private static final String BOARDS = "/api/v1/boards/";
    private static final int SMALL = 1_000;
    private static final String ADMIN = "/api/v1/admin/boards/";
    private static final String DECISION = "{\"reason\":\"a tour\",\"author\":\"guide\"}";
    private static final List<String> PERIODS =
            List.of("daily", "weekly", "monthly", "yearly", "all_time", "season", "last_7_days", "last_30_days");
    private static final List<String> LACKS =
            List.of(" ERROR ", "ClassNotFound", "NoSuchMethod", "MissingReflection", "Cannot determine");

    @TempDir
    static Path place;

    private static KillableStores stores;
    private static PackagedProgram program;
    private static LaurelApi api;
    private static Visits visits;

    /** That was sent as often as a key is. */
    private static String key = "no key yet";

    @BeforeAll
    static void start() throws IOException {
        stores = KillableStores.start(place.resolve("stores"));
        Map<String, String> environment = new HashMap<>(stores.environment());
        environment.put("LAUREL_BACKUP_DIRECTORY", place.resolve("backups").toString());
        program = PackagedProgram.start(place, environment);
        api = program.api();
        visits = new Visits(api);
    }

    @AfterAll
    static void stop() throws IOException {
        if (program != null) {
            program.close();
        }
        stores.close();
    }

    @AfterEach
    void nothingWasLacking() throws IOException {
        assertThat(program.output()).doesNotContain(LACKS).doesNotContain(key);
    }

    @Test
    void everyOperationOfTheDocumentIsServed() {
        boardsOfEachKind();
        String board = BOARDS + "sumdesc";
        season(board);
        PERIODS.forEach(period -> ranking(board, period));
        corrections("sumdesc");
        leagues();
        tiers(board);
        followers(board);
        freeze(board);
        severalBoards(board);
        aPeriodAddedLater();
        players();
        challenges();
        achievements();
        groups("sumdesc");
        analytics("sumdesc");
        imports("sumdesc");
        compat();
        visits.delete(BOARDS + "latestasc");

        assertThat(visits.operations()).hasSizeGreaterThan(40).allSatisfy(operation -> assertThat(visits.requests())
                .as("visits")
                .anyMatch(request -> request.matches(operation)));
    }

    private void imports(String board) {
        String mappings = BOARDS + board + "/import-mappings";
        visits.put(mappings + "/tour", "{\"columns\":{\"Wer\":\"player\",\"A\":\"metric:a\"}}");
        visits.get(mappings);
        visits.get(mappings + "/tour");
        Uploads.Form form = Uploads.form(board, "EVENTS").with("mapping", "tour");
        byte[] file = "Wer;A;b;Farbe\np1;1,5;2;rot\np2;x;3;blau\n".getBytes(StandardCharsets.UTF_8);
        long id = visits.upload(form, "tour.csv", file).json().path("id").asLong();
        JsonNode done = new Uploads(api).end(id);
        assertThat(done.path("state").asText()).as("%s", done).isEqualTo("DONE_WITH_ERRORS");
        String address = "/api/v1/imports/" + id;
        visits.get("/api/v1/imports?board=" + board);
        visits.get(address);
        visits.get(address + "/errors");
        visits.get(address + "/errors/report");
        visits.get(address + "/progress");
        visits.post(address + "/undo", DECISION);
        assertThat(new Uploads(api).end(id).path("state").asText()).isEqualTo("UNDONE");
        long stopped =
                visits.upload(form, "again.csv", manyRows()).json().path("id").asLong();
        visits.post("/api/v1/imports/" + stopped + "/cancel", "");
        assertThat(new Uploads(api).end(stopped).path("state").asText()).isEqualTo("CANCELLED");
        visits.post("/api/v1/imports/" + stopped + "/resume", "");
        assertThat(new Uploads(api).end(stopped).path("state").asText()).isEqualTo("DONE");
        visits.delete(mappings + "/tour");
    }

    private static byte[] manyRows() {
        return IntStream.range(0, 40_000)
                .mapToObj(i -> "q" + i % 100 + ";1;2;rot\n")
                .collect(Collectors.joining("", "Wer;A;b;Farbe\n", ""))
                .getBytes(StandardCharsets.UTF_8);
    }

    private void boardsOfEachKind() {
        visits.get("/api/v1");
        String periods = PERIODS.stream()
                .map(period -> '"' + period.toUpperCase(Locale.ROOT) + '"')
                .collect(Collectors.joining(","));
        String batch = IntStream.range(0, 20)
                .mapToObj(i -> event("p" + i, i))
                .collect(Collectors.joining(",", "{\"scores\":[", "]}"));
        for (String operator : List.of("SUM", "BEST", "LATEST")) {
            for (String order : List.of("DESC", "ASC")) {
                String board = BOARDS + (operator + order).toLowerCase(Locale.ROOT);
                visits.put(board, """
                        {"title":"Tour","operator":"%s","order":"%s","periods":[%s],"zone":"Europe/Berlin","decimals":2,
                         "rankMode":"DENSE","metrics":["a","b"],"lateness":"PT10M","retention":"P60D",
                         "derivedMetrics":[{"name":"gained","gainOf":"b"},{"name":"both","weighted":{"a":0.5,"gained":2}}]}""".formatted(operator, order, periods));
                visits.patch(board, "{\"title\":\"Tour again\"}");
                visits.post(board + "/scores?ranks=NONE", event("p7", 0));
                visits.post(board + "/scores/batch?standings=true&ranks=AFTER", batch);
                Reply page = visits.get(board + "/rankings/all_time?limit=3");
                assertThat(page.json().findValuesAsText("playerId"))
                        .containsExactlyElementsOf(
                                order.equals("DESC") ? List.of("p19", "p18", "p17") : lowest(operator));
            }
        }
        visits.get("/api/v1/boards");
        visits.get(BOARDS + "sumdesc");
    }

    /** The second event of p7 counts in each way but for the best of a board where less is better. */
    private static List<String> lowest(String operator) {
        return operator.equals("BEST") ? List.of("p7", "p0", "p1") : List.of("p0", "p1", "p2");
    }

    private static String event(String player, int score) {
        return "{\"playerId\":\"%s\",\"score\":%d.25,\"metrics\":{\"b\":%d},\"attributes\":{\"map\":[1,{}]}}"
                .formatted(player, score, 100 - score);
    }

    private void season(String board) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String season = "{\"title\":\"Tour\",\"start\":\"%s\",\"end\":\"%s\"}"
                .formatted(now.minusSeconds(60), now.plusSeconds(3_600));
        visits.put(board + "/seasons/spring", season);
        // It began in the past, so what it has missed is counted first.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !api.get(board).expect(200).json().has("filling"));
        visits.get(board + "/seasons/spring");
        visits.put(
                board + "/seasons/spring/baseline?reason=scan&author=tour",
                "{\"players\":[{\"playerId\":\"ann\",\"values\":{\"b\":1}}]}");
        visits.get(board + "/seasons/spring/baseline");
        visits.get(board + "/players/p7/seasons/compare?first=spring&second=spring");
        visits.get(board + "/rankings/season/players/p7?with=metrics,baseline,gain");
        visits.get(board + "/rankings/season?with=player,metrics,gain");
        visits.get(board + "/seasons");
        visits.get(board + "/seasons/active");
        visits.post(board + "/scores", event("p3", 4));
    }

    private void ranking(String board, String period) {
        String ranking = board + "/rankings/" + period;
        Reply page = visits.get(ranking + "?limit=3");
        assertThat(api.get(ranking + "?limit=3", "If-None-Match", page.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(unzipped(api.get(ranking + "?limit=100", "Accept-Encoding", "gzip")))
                .contains("\"p3\"");
        visits.get(ranking + "?metric=b&minScore=90&maxScore=99");
        visits.get(ranking + "/players/p3");
        visits.get(ranking + "/players/p3/neighbours?radius=2");
        visits.post(ranking + "/lookup", "{\"playerIds\":[\"p3\",\"nobody\"]}");
        visits.get(ranking + "/percentiles?at=50,90");
        visits.get(ranking + "/what-if?score=3.5");
        assertThat(visits.get(ranking + "/export?format=csv").text()).startsWith("rank,playerId,score");
        visits.get(ranking + "/export?format=ndjson");
        visits.get(ranking + "/export?format=xlsx");
        visits.get(board.replace(BOARDS, ADMIN) + "/rankings/" + period);
    }

    /** Only what is worth it is compressed. */
    private static String unzipped(Reply reply) {
        if (reply.bytes().length < SMALL && reply.header("Content-Encoding").isEmpty()) {
            return reply.text();
        }
        assertThat(reply.header("Content-Encoding")).isEqualTo("gzip");
        try (var body = new GZIPInputStream(new ByteArrayInputStream(reply.bytes()))) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Nothing has been put aside by itself, so the tour puts something aside that is not kept any more. */
    private void followers(String board) {
        visits.get(board + "/activity");
        visits.get("/api/v1/admin/followers");
        visits.get("/api/v1/admin/followers/board-days/items");
        assertThat(visits.post("/api/v1/admin/followers/board-days/items/" + aside() + "/retry", "")
                        .json()
                        .path("done")
                        .asBoolean())
                .isFalse();
    }

    private static long aside() {
        return stored(statement -> {
            try (ResultSet rows =
                    statement.executeQuery("INSERT INTO follower_item (name, feed, shard, board_id, tx, item, failure)"
                            + " VALUES ('board-days', 'EVENTS', 0, 0, '1', 1, 'tour') RETURNING id")) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    /** The extension counts only on a server that loads it at its start: a view with one statement stands in for it. */
    private static void countStatements() {
        stored(statement -> {
            statement.execute("CREATE VIEW pg_stat_statements AS SELECT oid AS dbid, -7::bigint AS queryid,"
                    + " 'SELECT name FROM board WHERE id = $1' AS query, 1::bigint AS calls, 1.0::float8 AS mean_exec_time,"
                    + " 1.0::float8 AS total_exec_time, 1::bigint AS rows FROM pg_database");
            return 0L;
        });
    }

    private static long stored(Change change) {
        try {
            PostgresAddress address = stores.postgres();
            try (Connection connection = DriverManager.getConnection(
                            address.jdbcUrl(),
                            address.user().orElseThrow(),
                            address.password().orElseThrow());
                    Statement statement = connection.createStatement()) {
                return change.apply(statement);
            }
        } catch (IOException | SQLException broken) {
            throw new AssertionError(broken);
        }
    }

    private interface Change {
        long apply(Statement statement) throws SQLException;
    }

    private void corrections(String board) {
        String admin = ADMIN + board;
        String player = admin + "/rankings/daily/players/p4";
        String adjustment = event("p4", 5).replace(",\"attributes\":{\"map\":[1,{}]}}", "," + DECISION.substring(1));
        long id = visits.post(admin + "/adjustments", adjustment)
                .json()
                .path("adjustment")
                .asLong();
        visits.get(admin + "/adjustments");
        visits.post(admin + "/adjustments/" + id + "/undo", DECISION);
        held(board, admin);
        visits.put(player + "/disqualification", DECISION);
        visits.get(admin + "/rankings/daily/disqualifications");
        visits.get(player);
        visits.post(player + "/reinstatement", DECISION);
        visits.get(admin + "/log");
        visits.get("/api/v1/admin/status");
        visits.post(admin + "/sync?author=guide", "");
        visits.delete(admin + "/cache");
        visits.get(admin + "/status");
        visits.post(admin + "/windows/daily/reset", DECISION);
        Reply audit = visits.post("/api/v1/admin/audit?board=" + board, "");
        assertThat(audit.json().path("rowsDifferent").asInt()).as(audit.text()).isZero();
    }

    private void held(String board, String admin) {
        visits.patch(
                BOARDS + board,
                "{\"plausibility\":{\"maxScore\":99,\"maxStep\":90,\"maxEventsPerMinute\":1000,\"maxSumPerDay\":99999}}");
        for (String decision : List.of("accept", "reject")) {
            visits.post(BOARDS + board + "/scores", event("p4", 100));
            long id = visits.get(admin + "/held")
                    .json()
                    .path("items")
                    .get(0)
                    .path("id")
                    .asLong();
            visits.post(admin + "/held/" + id + "/" + decision, DECISION);
        }
        visits.get(admin + "/held?state=REJECTED");
        visits.patch(BOARDS + board, "{\"plausibility\":null}");
    }

    private void leagues() {
        String board = BOARDS + "leagued";
        visits.put(
                board,
                "{\"title\":\"Tour\",\"periods\":[\"WEEKLY\"],\"leagues\":{\"size\":2,\"promote\":1,\"tiers\":[\"low\",\"high\"]}}");
        visits.post(board + "/scores", "{\"playerId\":\"p1\",\"score\":3}");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> visits.get(board + "/leagues/players/p1").json().has("cohort"));
        long cohort = visits.get(board + "/leagues/tiers/low/cohorts")
                .json()
                .path("items")
                .get(0)
                .path("cohort")
                .asLong();
        assertThat(visits.get(board + "/leagues/cohorts/" + cohort).json().path("entries"))
                .hasSize(1);
        visits.post(ADMIN + "leagued/windows/weekly/reset", DECISION);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> visits.get("/api/v1/players/p1/leagues?board=leagued")
                                .json()
                                .path("items")
                                .size()
                        == 1);
    }

    private void tiers(String board) {
        visits.put(board + "/tiers", """
                {"tiers":[{"name":"Top 10 %","all":[{"percentile":true,"min":90}],"any":[{"metric":"b","max":100},{"rank":true,"max":3}]},
                 {"name":"Other"}]}""");
        assertThat(visits.get(board + "/tiers").json().path("tiers")).hasSize(2);
        for (String period : PERIODS) {
            String tiers = board + "/rankings/" + period + "/tiers";
            JsonNode counts = visits.get(tiers).json();
            JsonNode best = visits.get(tiers + "/Top%2010%20%25/players?page=1").json();
            assertThat(best.at("/pagination/total").asInt())
                    .isEqualTo(counts.at("/tiers/0/players").asInt());
        }
        assertThat(visits.get(board + "/rankings/all_time/tiers")
                        .json()
                        .path("total")
                        .asInt())
                .isPositive();
        visits.delete(board + "/tiers");
    }

    private void freeze(String board) {
        visits.put(board + "/freeze", "{}");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> visits.get(board + "/freeze").json().path("frozen").asBoolean());
        Reply page = visits.get(board + "/rankings/daily");
        assertThat(page.json().path("source").asText()).isEqualTo("FROZEN");
        visits.delete(board + "/freeze");
    }

    private void severalBoards(String board) {
        visits.post("/api/v1/scores", event("p1", 3).replace("{\"pl", "{\"boards\":[\"sumasc\",\"sumdesc\"],\"pl"));
        visits.post(board + "/seasons/spring/end", "");
        String later = "{\"title\":\"Later\",\"start\":\"2090-01-01T00:00:00Z\",\"end\":\"2091-01-01T00:00:00Z\"}";
        visits.put(board + "/seasons/later", later);
        visits.delete(board + "/seasons/later");
        visits.get(board + "/windows?period=daily");
        visits.get(board + "/windows/closed?after=0");
        visits.get("/api/v1/players/p1/history?board=sumdesc&period=daily");
    }

    private void aPeriodAddedLater() {
        String board = BOARDS + "filled";
        Instant longAgo = Instant.now().minus(366, ChronoUnit.DAYS);
        visits.put(board, "{\"title\":\"Tour\",\"periods\":[\"ALL_TIME\"],\"lateness\":\"P400D\"}");
        visits.post(board + "/scores", "{\"playerId\":\"p1\",\"score\":1,\"occurredAt\":\"" + longAgo + "\"}");
        visits.put(board + "?confirm=true", "{\"title\":\"Tour\",\"periods\":[\"ALL_TIME\",\"YEARLY\"]}");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !visits.get(board).json().has("filling"));
        String year = longAgo.toString().substring(0, 4);
        visits.post(ADMIN + "filled/windows/yearly/fill?window=" + year, DECISION);
    }

    private void players() {
        String player = "/api/v1/players/p1";
        visits.get(player + "/standings?boards=sumdesc,sumasc&periods=daily,all_time");
        visits.get(player + "/events?board=sumdesc&limit=1");
        visits.put(player, """
                {"displayName":"Ada Lovelace","username":"ada#1815","avatarUrl":"https://example.org/ada.png",
                 "attributes":{"country":"GB","level":1.5,"accepted_terms":true},"visibility":"ANONYMOUS",
                 "banned":{"reason":"a tour","until":"2090-01-01T00:00:00Z"}}""");
        visits.patch(player, "{\"attributes\":{\"level\":13}}");
        assertThat(visits.get(player).json().at("/attributes/level").asInt()).isEqualTo(13);
        Reply check = visits.get(player + "/eligibility?board=sumdesc");
        assertThat(check.json().path("reasons").path(0).asText()).isEqualTo("BANNED");
        for (String query : List.of("search=love", "username=ada%231815", "limit=5")) {
            Reply found = visits.get("/api/v1/players?" + query);
            assertThat(found.json().at("/items/0/id").asText()).isEqualTo("p1");
        }
        visits.patch(player, "{\"banned\":null}");
        visits.put(BOARDS + "named", "{\"title\":\"Named\"}");
        visits.post(BOARDS + "named/scores", "{\"playerId\":\"p1\",\"score\":3}");
        Reply named = visits.get(BOARDS + "named/rankings/all_time?with=player&attributes=level");
        assertThat(named.json().path("entries").findValuesAsText("displayName")).contains("Anonymous player");
        visits.get(BOARDS + "sumdesc/rankings/all_time/export?with=player&attributes=level");
        visits.get("/api/v1/admin/players/cache");
        visits.get("/api/v1/admin/caches");
        visits.get("/api/v1/admin/caches/players?player=p1");
        visits.post("/api/v1/admin/caches/warm?board=sumdesc", "");
        visits.delete("/api/v1/admin/caches/players?prefix=default/player/p1");
        visits.delete("/api/v1/admin/caches?player=p1");
        visits.get("/api/v1/admin/log");
        visits.get("/api/v1/admin/audit-log?limit=5");
        visits.get("/api/v1/admin/audit-log/export?format=ndjson");
        visits.get("/api/v1/admin/database");
        visits.post("/api/v1/admin/database/optimize", "{\"createIndexes\":true,\"dryRun\":true}");
        visits.post(
                "/api/v1/admin/database/optimize",
                "{\"createIndexes\":true,\"vacuum\":true,\"analyze\":true,\"clearCaches\":true,\"warmCaches\":true}");
        visits.get("/api/v1/admin/database/optimize");
        countStatements();
        visits.get("/api/v1/admin/database/statements/-7/plan");
        visits.get("/api/v1/admin/warming");
        visits.get("/api/v1/admin/slow-requests?class=SLOW");
        backups();
        keys();
        tenants();
        visits.get("/api/v1/admin/players/p1/export");
        visits.get("/api/v1/admin/exports/players?attributes=level");
        visits.get("/api/v1/admin/exports/boards/sumdesc/events?format=xlsx");
        visits.delete(player);
        visits.put("/api/v1/players/p99", "{\"displayName\":\"Gone\"}");
        visits.delete("/api/v1/players/p99?erase=true&confirm=true");
    }

    private void backups() {
        String all = "/api/v1/admin/backups";
        String backup = all + "/" + visits.post(all, "").json().path("id").asText();
        awaitEnd(backup);
        assertThat(visits.get(backup).json().path("state").asText()).isEqualTo("COMPLETE");
        visits.get(all);
        Reply verified = await().atMost(Duration.ofSeconds(60))
                .until(() -> api.post(backup + "/verify", ""), reply -> reply.status() == 202);
        visits.asked(verified);
        awaitEnd(backup + "/verify");
        assertThat(visits.get(backup + "/verify").json().path("state").asText()).isEqualTo("DONE");
        // A restore needs an empty service: see BackupIT.
        assertProblem(visits.asked(api.post(backup + "/restore", "")), 409);
        assertProblem(visits.asked(api.get(backup + "/restore")), 404);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> visits.asked(api.delete(backup)).status() == 204);
    }

    private void keys() {
        JsonNode made = visits.post(
                        "/api/v1/admin/keys", "{\"name\":\"tour\",\"scopes\":[\"read\"],\"boards\":[\"sum*\"]}")
                .json();
        key = made.path("key").asText();
        visits.get("/api/v1/admin/keys");
        api.get(BOARDS + "sumdesc/rankings/daily", "Authorization", "Bearer " + key)
                .expect(200);
        assertProblem(api.get(BOARDS + "points/rankings/daily", "X-API-Key", key), 404);
        assertProblem(api.get("/api/v1/admin/keys", "X-API-Key", key), 403);
        visits.delete("/api/v1/admin/keys/" + made.at("/details/id").asText());
        assertProblem(api.get("/api/v1/boards", "X-API-Key", key), 401);
    }

    private void tenants() {
        String tenants = "/api/v1/admin/tenants";
        visits.post(tenants, "{\"name\":\"tour\",\"title\":\"Tour\",\"quotas\":{\"boards\":5}}");
        visits.get(tenants);
        visits.patch(tenants + "/tour", "{\"quotas\":{\"players\":100}}");
        assertThat(visits.get(tenants + "/tour").json().at("/quotas/boards").asInt())
                .isEqualTo(5);
        String own = api.post("/api/v1/admin/keys", "{\"name\":\"t\",\"tenant\":\"tour\",\"scopes\":[\"admin\"]}")
                .expect(201)
                .json()
                .path("key")
                .asText();
        assertThat(api.get("/api/v1/boards", "X-API-Key", own)
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
        assertProblem(api.get(tenants, "X-API-Key", own), 403);
        visits.delete(tenants + "/tour");
    }

    private void awaitEnd(String path) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !api.get(path).json().path("state").asText().equals("RUNNING"));
    }

    private void challenges() {
        String challenge = "/api/v1/challenges/tour";
        String submissions = challenge + "/gpt-4o/submissions";
        visits.put(BOARDS + "points", "{\"title\":\"Points\"}");
        visits.put(challenge, """
                {"title":"Tour","board":"points","tags":["easy"],
                 "variants":{"gpt-4o":{"points":100,"opensAt":"2026-01-01T00:00:00Z"},"mini":{"points":250}}}""");
        visits.patch(challenge, "{\"tags\":[\"hard\"]}");
        visits.get(challenge);
        Reply list = visits.get("/api/v1/challenges");
        assertThat(api.get("/api/v1/challenges", "If-None-Match", list.header("ETag"))
                        .status())
                .isEqualTo(304);
        String submission =
                visits.post(submissions, """
                        {"playerId":"p1","content":"Reverse it.","cleared":true,"tags":["short"],"attempt":{"tokens":12}}""").json().path("submission").asText();
        visits.post(submissions, "{\"playerId\":\"p1\",\"content\":\"?\",\"cleared\":false}");
        visits.get(submissions + "?content=false");
        assertThat(visits.get(submissions + "/" + submission)
                        .json()
                        .at("/attempt/tokens")
                        .asInt())
                .isEqualTo(12);
        visits.get("/api/v1/challenges/cleared");
        visits.post("/api/v1/challenges/cleared/lookup", "{\"playerIds\":[\"p1\"],\"items\":true}");
        visits.get("/api/v1/challenges/players");
        visits.get("/api/v1/admin/exports/challenges/tour/submissions?format=ndjson");
        visits.get("/api/v1/players/p1/cleared");
        visits.get("/api/v1/players/p1/submissions");
        visits.send("DELETE", submissions + "/" + submission, DECISION);
        visits.delete(challenge);
    }

    private void achievements() {
        String achievement = "/api/v1/achievements/tour";
        visits.put(achievement, """
                {"title":"Tour","rule":{"measure":"TOTAL","board":"points"},"tiers":{"silver":5,"bronze":1.5}}""");
        visits.patch(achievement, "{\"secret\":false,\"tiers\":{\"gold\":1000}}");
        visits.get("/api/v1/admin/exports/achievements/tour/awards");
        visits.get(achievement);
        visits.get("/api/v1/achievements");
        api.post(BOARDS + "points/scores", "{\"playerId\":\"p1\",\"score\":7}").expect(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> api.get(achievement + "/holders")
                                .expect(200)
                                .json()
                                .path("items")
                                .size()
                        == 2);
        visits.get(achievement + "/holders?tier=silver");
        visits.get(achievement + "/statistics");
        assertThat(visits.get("/api/v1/players/p1/achievements").text()).contains("silver");
        visits.delete(achievement);
    }

    private void groups(String board) {
        String group = "/api/v1/groups/class/7b";
        visits.put(group, "{\"title\":\"7b\",\"attributes\":{\"year\":7}}");
        visits.put(group + "/members/p3", "{\"joinedAt\":\"2024-09-01T08:00:00Z\"}");
        visits.post(group + "/members", "{\"change\":\"ADD\",\"playerIds\":[\"p4\",\"p5\",\"p6\"]}");
        visits.get(group + "/members?limit=2");
        visits.put("/api/v1/players/p3/friends", "{\"friends\":[\"p4\"]}");
        visits.get("/api/v1/players/p3/friends");
        visits.get("/api/v1/players/p3/groups");
        for (String segment : List.of("class:7b", "friends:p3")) {
            String ranking = BOARDS + board + "/rankings/all_time?segment=" + segment;
            assertThat(visits.get(ranking).json().findValuesAsText("playerId")).contains("p3", "p4");
        }
        for (String rollup : List.of("SUM", "AVERAGE", "BEST_K")) {
            Reply groups = visits.get(BOARDS + board + "/group-rankings/all_time?kind=class&rollup=" + rollup);
            assertThat(groups.json().at("/entries/0/group").asText()).isEqualTo("7b");
        }
        Reply statistics = visits.get(group + "/statistics?board=" + board + "&period=all_time");
        assertThat(statistics.json().path("active").asInt()).isEqualTo(4);
        visits.get("/api/v1/groups/class");
        visits.get(group);
        visits.delete(group + "/members/p3");
        visits.delete(group);
    }

    private void analytics(String board) {
        visits.post(
                BOARDS + board + "/scores",
                "{\"playerId\":\"p7\",\"score\":1,\"metrics\":{\"b\":1},\"activity\":\"quiz\",\"tags\":[\"loops\"],"
                        + "\"outcome\":\"COMPLETED\",\"durationMs\":5}");
        String analytics = "/api/v1/players/p7/analytics/";
        visits.get(analytics + "summary?board=" + board);
        for (String bucket : List.of("DAY", "WEEK", "MONTH")) {
            visits.get(analytics + "trend?board=" + board + "&bucket=" + bucket);
        }
        visits.get(analytics + "mastery?board=" + board);
        visits.get(analytics + "comparison?segment=friends:p3&board=" + board);
        visits.post(
                "/api/v1/analytics/players",
                "{\"board\":\"" + board
                        + "\",\"playerIds\":[\"p7\",\"p8\"],\"parts\":[\"SUMMARY\",\"STREAK\",\"MASTERY\"]}");
        visits.get(BOARDS + board + "/analytics?weeks=2");
        visits.get(BOARDS + board + "/rankings/all_time/histogram?buckets=5");
        visits.post(ADMIN + board + "/activity/rebuild", "");
        visits.get(ADMIN + board + "/activity/rebuild");
    }

    private void compat() {
        visits.post(
                ADMIN + "pomodoro/standings?reason=tour&author=guide",
                "{\"standings\":[{\"playerId\":\"ada\",\"scores\":{\"daily\":2,\"all_time\":900}}]}");
        visits.post(COMPAT + "/update", "{\"user_id\":\"ada\",\"count\":3}");
        visits.get(COMPAT + "/user/ada");
        visits.get(COMPAT + "/weekly?limit=5");
        visits.get(COMPAT + "/user/ada/rank/yearly");
        visits.post(COMPAT + "/admin/sync", "");
        visits.post(COMPAT + "/admin/reset/monthly", "");
        visits.get(COMPAT + "/admin/status");
        visits.delete(COMPAT + "/admin/cache");
    }

    /** A wrong request is refused with the fields it is wrong in, which takes other classes than a right one. */
    @Test
    void refusalsAreProblemDocuments() {
        assertProblem(api.get(BOARDS + "nothing"), 404);
        assertProblem(api.put(BOARDS + "bad", "{\"title\":\"t\",\"decimals\":77}"), 422, "decimals");
        assertProblem(api.put(BOARDS + "bad", "{\"title\":\"t\",\"zone\":\"Mars/Base\"}"), 422, "zone");
        assertProblem(api.post(COMPAT + "/update", "{\"user_id\":\"\",\"count\":1}"), 422, "user_id");
        assertProblem(api.post(COMPAT + "/update", "{\"user\":\"ada\"}"), 422, "user_id");
        assertProblem(api.post(COMPAT + "/update", "{"), 400);
        assertProblem(api.postAs(COMPAT + "/update", "text/xml", "<a/>"), 415);
        assertProblem(api.delete("/api/v1"), 405);
    }

    @Test
    void documentsHealthAndMetricsAreServed() throws IOException {
        assertThat(api.get("/q/swagger-ui/").expect(200).text()).contains("<html");
        assertThat(api.get("/q/swagger-ui/swagger-ui-bundle.js").expect(200).bytes())
                .hasSizeGreaterThan(100_000);
        JsonNode document = api.get("/q/openapi.json").expect(200).json();
        assertThat(document.path("paths").has(BOARDS + "{board}")).isTrue();
        assertThat(new ObjectMapper(new YAMLFactory())
                        .readTree(api.get("/q/openapi").expect(200).text()))
                .isEqualTo(document);
        for (String health : List.of("started", "live", "ready")) {
            program.management().get("/q/health/" + health).expect(200);
        }
        assertThat(program.management().get("/q/metrics").expect(200).text())
                .contains("laurel_", "cache_size", "jvm_memory_used_bytes", "process_cpu_usage");
    }
}
