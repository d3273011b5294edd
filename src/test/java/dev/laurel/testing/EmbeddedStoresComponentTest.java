package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.time.Duration;

/** The service in tests works on the embedded stores, and tests can disturb these. */
@QuarkusTest
class EmbeddedStoresComponentTest {
    private static final Duration BACK = Duration.ofSeconds(30);

    @Inject
    Pool pool;

    @Inject
    RedisDataSource redis;

    @Test
    void theServiceAndTheTestSeeTheSameDatabase() throws Exception {
        int port = pool.query("select inet_server_port()")
                .executeAndAwait()
                .iterator()
                .next()
                .getInteger(0);
        assertThat(port).isEqualTo(EmbeddedStores.current().postgres().port());
        try (Connection connection = EmbeddedStores.current().connect()) {
            assertThat(connection.getCatalog()).isEqualTo("laurel");
        }
    }

    @Test
    void theServiceFindsAKilledRedisAgain() {
        redis.value(String.class).set("embedded-stores-test", "lost");
        long before = EmbeddedStores.current().redisPid();

        EmbeddedStores.current().killRedis();

        await().atMost(BACK)
                .ignoreExceptions()
                .until(() -> EmbeddedStores.current().redisPid() != before
                        && redis.value(String.class).get("embedded-stores-test") == null);
    }

    @Test
    void aPausedRedisAnswersAfterItIsResumed() {
        EmbeddedStores.current().pauseRedis();
        var answer = redis.getReactive().execute("PING").subscribeAsCompletionStage();

        assertThat(answer).isNotDone();
        EmbeddedStores.current().resumeRedis();

        assertThat(answer).succeedsWithin(BACK);
    }
}
