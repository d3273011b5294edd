package dev.laurel.cache;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.oneOf;

import dev.laurel.testing.StoredRows;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.pubsub.PubSubCommands;
import io.quarkus.redis.datasource.pubsub.PubSubCommands.RedisSubscriber;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Processes tell each other through Redis what they have changed. */
@QuarkusTest
class ChangeBroadcastComponentTest {
    private static final String CHANNEL = "laurel:changes";

    @Inject
    RedisDataSource redis;

    private final String player = "p-" + UUID.randomUUID();
    private PubSubCommands<String> channel;

    @BeforeEach
    void aPlayer() {
        channel = redis.pubsub(String.class);
        put("Ada");
        // The service finds this note within a second, and would evict the player once more.
        StoredRows.change("DELETE FROM player_change WHERE player_id = '" + player + "'");
    }

    @Test
    void aChangeIsTold() {
        List<String> heard = new CopyOnWriteArrayList<>();
        RedisSubscriber subscriber = channel.subscribe(CHANNEL, heard::add);
        try {
            put("Grace");

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(heard).anyMatch(this::namesThePlayer));
        } finally {
            subscriber.unsubscribe();
        }
    }

    private boolean namesThePlayer(String message) {
        return JsonPath.from(message).<List<String>>getList("changes").contains(List.of("player", "1", player));
    }

    @Test
    void whatAnotherProcessHasChangedIsForgotten() {
        assertThat(shownName()).isEqualTo("Ada");
        // Without a notice, and without the note in PostgreSQL, the cache would keep the old name for minutes.
        StoredRows.change("""
                DO $$ BEGIN
                    UPDATE player SET display_name = 'Grace' WHERE id = '%1$s';
                    DELETE FROM player_change WHERE player_id = '%1$s';
                END $$""".formatted(player));
        assertThat(shownName()).isEqualTo("Ada");

        // Other messages in the channel, whatever wrote them, do no harm.
        channel.publish(CHANNEL, "{\"from\":");
        channel.publish(CHANNEL, "{\"from\":\"other\",\"changes\":[[\"player\"],[\"unknown\",\"1\"]]}");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            channel.publish(CHANNEL, "{\"from\":\"other\",\"changes\":[[\"player\",\"1\",\"" + player + "\"]]}");
            assertThat(shownName()).isEqualTo("Grace");
        });
    }

    private void put(String name) {
        given().contentType(ContentType.JSON)
                .body("{\"displayName\":\"" + name + "\"}")
                .put("/api/v1/players/" + player)
                .then()
                .statusCode(oneOf(200, 201));
    }

    /** From the cache. */
    private String shownName() {
        return given().get("/api/v1/players/" + player + "/eligibility?board=pomodoro")
                .then()
                .statusCode(200)
                .extract()
                .path("player.displayName");
    }
}
