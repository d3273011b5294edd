package dev.laurel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A held event loop does not go unseen in tests with Quarkus. */
@QuarkusTest
class BlockedThreadsComponentTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Inject
    Vertx vertx;

    @Test
    void aHeldEventLoopIsSeenWithWhatHoldsIt() {
        BlockedThreads warnings = BlockedThreads.installed();
        warnings.requireNone("the tests before this one");
        CountDownLatch free = new CountDownLatch(1);

        vertx.getOrCreateContext().runOnContext(ignored -> {
            holdThisThread(warnings);
            free.countDown();
        });

        await().atMost(LONG).until(() -> free.getCount() == 0);
        List<String> seen = warnings.drain();
        assertThat(seen).isNotEmpty().first().asString().contains("has been blocked", "holdThisThread");
    }

    private static void holdThisThread(BlockedThreads warnings) {
        long end = System.nanoTime() + LONG.toNanos();
        while (warnings.isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
