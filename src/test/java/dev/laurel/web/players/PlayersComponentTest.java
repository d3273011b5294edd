package dev.laurel.web.players;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Records of players, written and found through the interface. */
@QuarkusTest
class PlayersComponentTest {
    private static final String PATCH = "application/merge-patch+json; charset=UTF-8";

    private static final String ADA = """
            {"displayName":"Ada Lovelace","username":"ada#1815","avatarUrl":"https://example.org/ada.png",
             "attributes":{"country":"GB","level":12,"ratio":0.5,"accepted_terms":true},
             "visibility":"ANONYMOUS","banned":{"reason":"Cheating","until":"2027-01-01T00:00:00Z"}}""";

    @BeforeEach
    void nobodyHasARecord() {
        StoredRows.change("DELETE FROM player");
    }

    @Test
    void aRecordIsKeptAsItWasWritten() {
        put("ada", ADA).statusCode(201).header("ETag", notNullValue());

        get("ada")
                .statusCode(200)
                .body("id", equalTo("ada"))
                .body("displayName", equalTo("Ada Lovelace"))
                .body("username", equalTo("ada#1815"))
                .body("avatarUrl", equalTo("https://example.org/ada.png"))
                .body("attributes.country", equalTo("GB"))
                .body("attributes.level", equalTo(12))
                .body("attributes.ratio", equalTo(0.5f))
                .body("attributes.accepted_terms", equalTo(true))
                .body("visibility", equalTo("ANONYMOUS"))
                .body("banned.reason", equalTo("Cheating"))
                .body("banned.until", equalTo("2027-01-01T00:00:00Z"))
                .body("createdAt", notNullValue());
    }

    @Test
    void whatIsLeftOutGetsItsDefault() {
        put("ada", ADA).statusCode(201);
        put("ada", "{\"displayName\":\"Ada\"}").statusCode(200);

        get("ada")
                .body("displayName", equalTo("Ada"))
                .body("username", nullValue())
                .body("avatarUrl", nullValue())
                .body("attributes", anEmptyMap())
                .body("visibility", equalTo("PUBLIC"))
                .body("banned", nullValue());
    }

    @Test
    void aPatchChangesWhatItNames() {
        put("ada", ADA).statusCode(201);

        patch("ada", "{\"attributes\":{\"level\":13,\"country\":null},\"banned\":{\"until\":null},\"avatarUrl\":null}")
                .statusCode(200)
                .body("displayName", equalTo("Ada Lovelace"))
                .body("username", equalTo("ada#1815"))
                .body("avatarUrl", nullValue())
                .body("attributes.level", equalTo(13))
                .body("attributes.country", nullValue())
                .body("attributes.accepted_terms", equalTo(true))
                .body("banned.reason", equalTo("Cheating"))
                .body("banned.until", nullValue());
        patch("ada", "{\"banned\":null}").statusCode(200).body("banned", nullValue());
    }

    @Test
    void aPatchThatTakesTheNameAwayIsRefused() {
        put("ada", ADA).statusCode(201);

        patch("ada", "{\"displayName\":null}").statusCode(422).body("errors.field", contains("displayName"));
        get("ada").body("displayName", equalTo("Ada Lovelace"));
    }

    @Test
    void whoHasNoRecordIsNotFound() {
        get("nobody").statusCode(404).body("code", equalTo("NOT_FOUND"));
        patch("nobody", "{\"displayName\":\"N\"}").statusCode(404);
        given().delete("/api/v1/players/nobody").then().statusCode(404);
    }

    @Test
    void aRecordThatIsRemovedCanBeWrittenAgainUnderAnotherTag() {
        String before = put("ada", "{\"displayName\":\"Ada\"}")
                .statusCode(201)
                .extract()
                .header("ETag");

        given().delete("/api/v1/players/ada").then().statusCode(204);

        get("ada").statusCode(404);
        put("ada", "{\"displayName\":\"Ada\"}").statusCode(201).header("ETag", not(equalTo(before)));
    }

    @Test
    void aChangeHoldsOnlyForTheRecordThatIsKnown() {
        String first = put("ada", ADA).extract().header("ETag");
        String second = patch("ada", "{\"displayName\":\"Countess\"}").extract().header("ETag");

        assertThat(second).isNotEqualTo(first);
        given().header("If-Match", first)
                .contentType(PATCH)
                .body("{\"displayName\":\"Other\"}")
                .patch("/api/v1/players/ada")
                .then()
                .statusCode(412)
                .body("code", equalTo("PRECONDITION_FAILED"));
        given().header("If-Match", first).delete("/api/v1/players/ada").then().statusCode(412);
        given().header("If-None-Match", "*")
                .contentType(ContentType.JSON)
                .body(ADA)
                .put("/api/v1/players/ada")
                .then()
                .statusCode(412);
        given().header("If-Match", "*")
                .contentType(ContentType.JSON)
                .body(ADA)
                .put("/api/v1/players/nobody")
                .then()
                .statusCode(412);
        given().header("If-Match", second).delete("/api/v1/players/ada").then().statusCode(204);
    }

    @Test
    void theSameAgainIsNoChange() {
        String first = put("ada", ADA).extract().header("ETag");

        put("ada", ADA.replace("12", "12.0")).statusCode(200).header("ETag", equalTo(first));
    }

    @Test
    void aUsernameBelongsToOnePlayer() {
        put("ada", "{\"displayName\":\"Ada\",\"username\":\"first\"}").statusCode(201);

        put("grace", "{\"displayName\":\"Grace\",\"username\":\"first\"}")
                .statusCode(409)
                .body("detail", equalTo("The username is taken by another player"));
        put("grace", "{\"displayName\":\"Grace\",\"username\":\"First\"}").statusCode(201);
        patch("grace", "{\"username\":\"first\"}").statusCode(409);

        given().queryParam("username", "first")
                .get("/api/v1/players")
                .then()
                .statusCode(200)
                .body("items.id", contains("ada"))
                .body("pagination.total", equalTo(1));
        given().queryParam("username", "third").get("/api/v1/players").then().body("items", empty());
    }

    @Test
    void namesAreOfAnyLanguage() {
        for (String name :
                List.of("🦊", "Đặng Thị Ngọc Thịnh", "محمد", "さくら", "𝔄𝔡𝔞", "O'Neil \\\\ Smith; DROP TABLE")) {
            put("someone", "{\"displayName\":\"" + name + "\"}");
            get("someone").body("displayName", equalTo(name.replace("\\\\", "\\")));
        }
        put("someone", "{\"displayName\":\"" + "🦊".repeat(80) + "\"}").statusCode(200);
        put("someone", "{\"displayName\":\"" + "🦊".repeat(81) + "\"}").statusCode(422);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{} | displayName",
                "{\"displayName\":\"\"} | displayName",
                "{\"displayName\":\" \"} | displayName",
                "{\"displayName\":\"a\\u0000b\"} | displayName",
                "{\"displayName\":\"a\\nb\"} | displayName",
                "{\"displayName\":\"A\",\"username\":\" a\"} | username",
                "{\"displayName\":\"A\",\"username\":\"\"} | username",
                "{\"displayName\":\"A\",\"avatarUrl\":\"javascript:alert(1)\"} | avatarUrl",
                "{\"displayName\":\"A\",\"avatarUrl\":\"https://\"} | avatarUrl",
                "{\"displayName\":\"A\",\"avatarUrl\":\"ada.png\"} | avatarUrl",
                "{\"displayName\":\"A\",\"attributes\":{\"a\":[1]}} | attributes.a",
                "{\"displayName\":\"A\",\"attributes\":{\"a\":{}}} | attributes.a",
                "{\"displayName\":\"A\",\"attributes\":{\"a\":9007199254740993}} | attributes.a",
                "{\"displayName\":\"A\",\"attributes\":{\"a\":1e999}} | attributes.a",
                "{\"displayName\":\"A\",\"attributes\":{\"a\":\"x\\u0000\"}} | attributes.a",
                "{\"displayName\":\"A\",\"attributes\":{\"-\":1}} | attributes",
                "{\"displayName\":\"A\",\"attributes\":{\"\":1}} | attributes",
                "{\"displayName\":\"A\",\"visibility\":\"public\"} | visibility",
                "{\"displayName\":\"A\",\"banned\":{}} | banned.reason",
                "{\"displayName\":\"A\",\"banned\":{\"reason\":\"x\",\"until\":\"tomorrow\"}} | banned.until",
                "{\"displayName\":\"A\",\"banned\":{\"reason\":\"x\",\"until\":\"+99999-01-01T00:00:00Z\"}} | banned.until",
                "{\"displayName\":\"A\",\"nick\":\"x\"} | nick",
                "{\"displayName\":\"A\",\"banned\":{\"reason\":\"x\",\"for\":1}} | banned.for",
            })
    void whatBreaksARuleIsNamed(String body, String field) {
        put("ada", body).statusCode(422).body("errors.field", hasItem(field));
        get("ada").statusCode(404);
    }

    @Test
    void everyBrokenRuleIsNamedAtOnce() {
        put("ada", "{\"displayName\":\"\",\"username\":\"\",\"avatarUrl\":\"x\",\"attributes\":{\"a\":[]}}")
                .statusCode(422)
                .body("errors.field", containsInAnyOrder("displayName", "username", "avatarUrl", "attributes.a"));
    }

    @Test
    void attributesHaveABound() {
        String many = IntStream.range(0, 32)
                .mapToObj(i -> "\"a" + i + "\":" + i)
                .toList()
                .toString();
        String body = "{\"displayName\":\"A\",\"attributes\":{" + many.substring(1, many.length() - 1) + "}}";

        put("ada", body).statusCode(201);
        patch("ada", "{\"attributes\":{\"more\":1}}").statusCode(422).body("errors.field", contains("attributes"));
        patch("ada", "{\"attributes\":{\"more\":1,\"a1\":null}}").statusCode(200);
        patch("ada", "{\"attributes\":{\"a2\":\"" + "x".repeat(257) + "\"}}").statusCode(422);
        patch("ada", "{\"attributes\":{\"a2\":\"" + "🦊".repeat(256) + "\"}}").statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "1", "\"x\"", "{\"attributes\":[]}", "{\"displayName\":1}", "{\"nick\":\"x\"}", "{", ""})
    void aPatchThatIsNoneIsRefused(String body) {
        put("ada", ADA).statusCode(201);

        assertThat(patch("ada", body).extract().statusCode()).isIn(400, 422);
        get("ada").body("displayName", equalTo("Ada Lovelace"));
    }

    @Test
    void aSearchFindsBeginningsOfWordsWithoutAccentsAndCase() {
        named("1", "José Álvarez");
        named("2", "Jose Maria");
        named("3", "Alva Edison");
        named("4", "Đặng Thị Ngọc Thịnh");
        named("5", "STRASSE 7");
        named("6", "🦊 Fox");

        search("jos").body("items.id", contains("1", "2"));
        search("JOSÉ").body("items.id", contains("1", "2"));
        search("ALVA").body("items.id", contains("3", "1"));
        search("alv jo").body("items.id", contains("1"));
        search("dang thinh").body("items.id", contains("4"));
        search("straß").body("items.id", contains("5"));
        search("🦊").body("items.id", contains("6"));
        search("lvarez").body("items", empty());
        search("' | x & !y :*").body("items", empty());
        search("...").body("items", empty()).body("pagination.total", equalTo(0));
    }

    @Test
    void aNameThatHasChangedIsFoundByTheNewOne() {
        named("1", "Ada Byron");
        patch("1", "{\"displayName\":\"Ada Lovelace\"}").statusCode(200);

        search("byron").body("items", empty());
        search("love").body("items.id", contains("1"));
    }

    @Test
    void everyPlayerIsOnOnePage() {
        for (int i = 0; i < 25; i++) {
            named("p" + i, i % 2 == 0 ? "Twin" : "Twin " + i % 3);
        }

        for (String query : List.of("search=twin&", "")) {
            List<String> met = new ArrayList<>();
            for (int page = 1; page <= 4; page++) {
                ValidatableResponse found = given().get("/api/v1/players?" + query + "limit=7&page=" + page)
                        .then()
                        .statusCode(200)
                        .body("pagination.total", equalTo(25))
                        .body("pagination.pages", equalTo(4))
                        .body("items", hasSize(page == 4 ? 4 : 7));
                met.addAll(found.extract().path("items.id"));
            }
            assertThat(met).doesNotHaveDuplicates().hasSize(25);
        }
        given().get("/api/v1/players?search=twin&page=1000000&limit=200")
                .then()
                .statusCode(200)
                .body("items", empty());
    }

    @ParameterizedTest
    @CsvSource({
        "nick=x, nick",
        "page=0, page",
        "limit=201, limit",
        "search=a&username=b, username",
        "username=%20a, username",
    })
    void aQuestionThatIsNoneIsRefused(String query, String field) {
        given().urlEncodingEnabled(false)
                .get("/api/v1/players?" + query)
                .then()
                .statusCode(422)
                .body("errors.field", contains(field));
    }

    @Test
    void aSearchThatIsTooLongIsRefused() {
        search("x".repeat(81)).statusCode(422).body("errors.field", contains("search"));
    }

    @Test
    void recordsOfAnotherTenantAreNotSeen() {
        StoredRows.change("INSERT INTO tenant (name) VALUES ('another') ON CONFLICT DO NOTHING");
        StoredRows.change("""
                INSERT INTO player (tenant_id, id, display_name, username, visibility, words, revision, created_at, updated_at)
                SELECT id, 'ada', 'Ada', 'ada', 'PUBLIC', 'ada', 1, now(), now() FROM tenant WHERE name = 'another'""");

        get("ada").statusCode(404);
        search("ada").body("items", empty());
        given().get("/api/v1/players?username=ada").then().body("items", empty());
        given().get("/api/v1/players").then().body("items", empty());
        put("ada", "{\"displayName\":\"Ada\",\"username\":\"ada\"}").statusCode(201);
    }

    @Test
    void idsOfPlayersFollowTheirRule() {
        put("é", "{\"displayName\":\"E\"}").statusCode(201).body("id", equalTo("é"));
        put("e\u0301", "{\"displayName\":\"E\"}").statusCode(422).body("errors.field", contains("player"));
    }

    @Test
    void changesAtTheSameTimeAreAllKept() throws InterruptedException {
        put("ada", "{\"displayName\":\"Ada\"}").statusCode(201);
        List<Thread> clients = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> patch("ada", "{\"attributes\":{\"a" + i + "\":" + i + "}}")))
                .toList();

        clients.forEach(Thread::start);
        for (Thread client : clients) {
            client.join();
        }

        assertThat(get("ada").extract().<java.util.Map<String, Object>>path("attributes"))
                .hasSize(8);
    }

    private static void named(String id, String name) {
        put(id, "{\"displayName\":\"" + name + "\"}").statusCode(201);
    }

    private static ValidatableResponse search(String words) {
        return given().queryParam("search", words).get("/api/v1/players").then();
    }

    private static ValidatableResponse get(String player) {
        return given().get("/api/v1/players/{player}", player).then();
    }

    private static ValidatableResponse put(String player, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .put("/api/v1/players/{player}", player)
                .then();
    }

    private static ValidatableResponse patch(String player, String body) {
        return given().contentType(PATCH)
                .body(body)
                .patch("/api/v1/players/{player}", player)
                .then();
    }
}
