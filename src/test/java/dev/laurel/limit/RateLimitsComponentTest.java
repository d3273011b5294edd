package dev.laurel.limit;

import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Three processes keep a limit together, as three limiters over the Redis of the tests. */
@QuarkusTest
class RateLimitsComponentTest {
    private static final Instant START = Instant.parse("2026-05-13T12:00:00Z");
    private static final int LIMIT = 3_000;
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(50, run -> {
        Thread thread = new Thread(run);
        thread.setDaemon(true);
        return thread;
    });

    @TestHTTPResource
    URI service;

    @Inject
    RateLimits limits;

    @Inject
    SharedPermits redis;

    @Inject
    MeterRegistry meters;

    private final MovedClock clock = new MovedClock();
    private final AtomicInteger alone = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicBoolean cut = new AtomicBoolean();
    private final String client = "test:" + UUID.randomUUID();
    private final Limit limit = new Limit(Limit.Kind.READS, LIMIT);

    /** The time of the test, which passes only when it says so. */
    private static final class MovedClock extends Clock {
        private volatile Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    private List<Limiter> threeProcesses() {
        // The processes of the test are one to Redis.
        SharedPermits three = new SharedPermits() {
            @Override
            public Uni<Grant> take(String client, long nowMicros, Bucket.Question question) {
                return cut.get() ? lost() : atOnce(redis.take(client, nowMicros, question));
            }

            @Override
            public Uni<Integer> processes(long nowMicros) {
                return cut.get() ? lost() : atOnce(redis.processes(nowMicros).replaceWith(3));
            }

            /** Before the clock of the test goes on: a minute of it takes less than some answers of Redis. */
            private <T> Uni<T> atOnce(Uni<T> answer) {
                return Uni.createFrom().item(answer.await().atMost(PATIENCE));
            }

            private <T> Uni<T> lost() {
                return Uni.createFrom().failure(new IOException("The connection to Redis is cut"));
            }
        };
        return Stream.generate(() -> new Limiter(three, clock, Duration.ofSeconds(30), alone::incrementAndGet))
                .limit(3)
                .toList();
    }

    private Verdict take(Limiter limiter) {
        CompletableFuture<Verdict> later = new CompletableFuture<>();
        Verdict now = limiter.take(client, limit, later::complete);
        try {
            return now == null ? later.get(60, TimeUnit.SECONDS) : now;
        } catch (Exception e) {
            throw new AssertionError("no verdict", e);
        }
    }

    /** Sends twice as much as is allowed for a while, evenly spread over the processes or not; counts what is allowed. */
    private int allowed(List<Limiter> processes, Duration time, Random uneven) {
        int allowed = 0;
        int steps = 100;
        int each = (int) (2L * LIMIT * time.toMillis() / Limit.WINDOW.toMillis() / steps);
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < each; i++) {
                int process = uneven == null ? i % 3 : Math.min(2, uneven.nextInt(6));
                allowed += take(processes.get(process)).allowed() ? 1 : 0;
            }
            clock.pass(time.dividedBy(steps));
        }
        return allowed;
    }

    @Test
    void threeProcessesKeepALimitTogether() {
        List<Limiter> processes = threeProcesses();
        for (int i = 0; i < 2 * LIMIT; i++) {
            take(processes.get(i % 3));
        }

        int inAMinute = allowed(processes, Limit.WINDOW, null);
        int unevenly = allowed(processes, Limit.WINDOW, new Random(20));

        assertThat(inAMinute).isBetween(LIMIT * 95 / 100, LIMIT * 105 / 100);
        assertThat(unevenly).isBetween(LIMIT * 95 / 100, LIMIT * 105 / 100);
        assertThat(alone).hasValue(0);
    }

    @Test
    void whatCanBeDoneAtOnceIsTheLimit() {
        List<Limiter> processes = threeProcesses();
        int allowed = 0;
        for (int i = 0; i < 2 * LIMIT; i++) {
            allowed += take(processes.get(i % 3)).allowed() ? 1 : 0;
        }
        Verdict refused = take(processes.get(0));

        assertThat(allowed).isBetween(LIMIT * 95 / 100, LIMIT);
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.retryAfter()).isEqualTo(1);
        assertThat(refused.header(limit)).startsWith("\"reads\";r=0;t=");
    }

    @Test
    void withoutRedisEachProcessKeepsItsShare() {
        List<Limiter> processes = threeProcesses();
        for (int i = 0; i < 2 * LIMIT; i++) {
            take(processes.get(i % 3));
        }
        cut.set(true);
        int without = allowed(processes, Limit.WINDOW, null);
        cut.set(false);
        assertThat(alone).hasPositiveValue();
        assertThat(without).isBetween(LIMIT * 80 / 100, LIMIT * 120 / 100);

        // What was used meanwhile is not allowed once more.
        assertThat(allowed(processes, Limit.WINDOW, null)).isBetween(LIMIT * 80 / 100, LIMIT * 120 / 100);
    }

    @Test
    void whatIsBeyondALimitIsRefusedWithTheTimeOfTheNext() {
        limits.enable(Optional.of(true));
        limits.set(Client.Kind.ADDRESS, 1, 1, 1);
        try {
            String network = "2001:db8:" + Integer.toHexString(new Random().nextInt(0x10000)) + ":"
                    + Integer.toHexString(new Random().nextInt(0x10000));
            LaurelApi api = new LaurelApi(service);
            Reply first = from(api, network + "::1").expect(200);
            Reply second = from(api, network + ":9:9:9:9");

            assertThat(first.header("RateLimit-Policy")).isEqualTo("\"reads\";q=1;w=60");
            assertThat(first.header("RateLimit")).matches("\"reads\";r=0;t=[1-6][0-9]?");
            assertProblem(second, 429);
            assertThat(second.json().path("code").asText()).isEqualTo("RATE_LIMITED");
            assertThat(Integer.parseInt(second.header("Retry-After"))).isBetween(1, 60);
            assertThat(second.header("RateLimit-Policy")).isEqualTo("\"reads\";q=1;w=60");
            from(api, network.replace("db8", "db9") + "::1").expect(200);
            // Writes are counted apart, and documents not at all.
            assertThat(api.post("/api/v1/boards/none/scores", "{}", "X-Forwarded-For", network + "::1")
                            .status())
                    .isBetween(400, 422);
            assertProblem(api.post("/api/v1/boards/none/scores", "{}", "X-Forwarded-For", network + "::1"), 429);
            assertThat(api.get("/q/openapi", "X-Forwarded-For", network + "::1")
                            .expect(200)
                            .header("RateLimit"))
                    .isEmpty();
            assertThat(meters.get("laurel.limits.refused")
                            .tag("requests", "reads")
                            .tag("client", "address")
                            .counter()
                            .count())
                    .isPositive();
        } finally {
            limits.enable(Optional.of(false));
            limits.set(Client.Kind.ADDRESS, 60, 60, 6);
        }
        assertThat(new LaurelApi(service).get("/api/v1").expect(200).header("RateLimit"))
                .isEmpty();
    }

    @Test
    void aKeyIsLimitedWhereverItIsUsed() {
        LaurelApi api = new LaurelApi(service);
        String[] keys = new String[2];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = api.post("/api/v1/admin/keys", "{\"name\":\"limited\",\"scopes\":[\"read\"]}")
                    .expect(201)
                    .json()
                    .path("key")
                    .asText();
        }
        limits.set(Client.Kind.KEY, 1, 1, 1);
        limits.enable(Optional.of(true));
        try {
            Reply first = withKey(api, keys[0], "198.51.100.1").expect(200);
            assertThat(first.header("RateLimit-Policy")).isEqualTo("\"reads\";q=1;w=60");
            assertProblem(withKey(api, keys[0], "198.51.100.2"), 429);
            withKey(api, keys[1], "198.51.100.1").expect(200);
        } finally {
            limits.enable(Optional.of(false));
            limits.set(Client.Kind.KEY, 3_000_000, 600_000, 600);
        }
    }

    @Test
    void wrongCredentialsAreLimitedByAddressAndLockNobodyOut() {
        LaurelApi api = new LaurelApi(service);
        String known = newKey(api);
        String notYetKnown = newKey(api);
        String attacker = "198.51.100." + (1 + new Random().nextInt(250));
        withKey(api, known, attacker).expect(200);
        limits.enable(Optional.of(true));
        try {
            await().atMost(PATIENCE).until(() -> atOnce(
                            200, () -> withKey(api, randomKey(), attacker).status())
                    .contains(429));

            withKey(api, known, attacker).expect(200);
            assertProblem(withKey(api, randomKey(), "203.0.113.1"), 401);
            assertThat(meters.get("laurel.access.refused")
                            .tag("reason", "attempts")
                            .counter()
                            .count())
                    .isPositive();
            // While others go on trying, a valid key finds its turn.
            AtomicBoolean over = new AtomicBoolean();
            Thread flood = new Thread(() -> {
                while (!over.get()) {
                    withKey(api, randomKey(), attacker);
                }
            });
            flood.start();
            try {
                await().atMost(PATIENCE)
                        .until(() -> withKey(api, notYetKnown, attacker).status() == 200);
            } finally {
                over.set(true);
            }
        } finally {
            limits.enable(Optional.of(false));
        }
    }

    @Test
    void aCredentialThatIsKnownToBeWrongCostsNoAttempt() {
        LaurelApi api = new LaurelApi(service);
        String school = "198.51.102." + (1 + new Random().nextInt(250));
        String revoked = randomKey();
        limits.enable(Optional.of(true));
        try {
            for (int i = 0; i < 100; i++) {
                assertProblem(withKey(api, revoked, school), 401);
            }

            // All at once, which none of them could be if the attempts were gone.
            assertThat(atOnce(50, () -> withKey(api, randomKey(), school).status()))
                    .containsOnly(401);
        } finally {
            limits.enable(Optional.of(false));
        }
    }

    private static String newKey(LaurelApi api) {
        return api.post("/api/v1/admin/keys", "{\"name\":\"valid\",\"scopes\":[\"read\"]}")
                .expect(201)
                .json()
                .path("key")
                .asText();
    }

    private static String randomKey() {
        return "laurel_" + (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    }

    private static List<Integer> atOnce(int requests, java.util.function.IntSupplier request) {
        List<CompletableFuture<Integer>> all = Stream.generate(
                        () -> CompletableFuture.supplyAsync(request::getAsInt, THREADS))
                .limit(requests)
                .toList();
        return all.stream().map(CompletableFuture::join).toList();
    }

    @Test
    void lookUpsByPostAreReadsAndNothingElseIs() {
        LaurelApi api = new LaurelApi(service);
        limits.enable(Optional.of(true));
        try {
            assertThat(api.post("/api/v1/analytics/players", "{}", "X-Forwarded-For", "198.51.101.1")
                            .header("RateLimit-Policy"))
                    .startsWith("\"reads\"");
            assertThat(api.post("/api/v1/challenges/cleared/lookup", "{}", "X-Forwarded-For", "198.51.101.1")
                            .header("RateLimit-Policy"))
                    .startsWith("\"reads\"");
            // A player may have that name.
            assertThat(api.put("/api/v1/players/lookup", "[]", "X-Forwarded-For", "198.51.101.1")
                            .header("RateLimit-Policy"))
                    .startsWith("\"writes\"");
        } finally {
            limits.enable(Optional.of(false));
        }
    }

    private static Reply withKey(LaurelApi api, String key, String address) {
        return api.get("/api/v1", "X-API-Key", key, "X-Forwarded-For", address);
    }

    private static Reply from(LaurelApi api, String address) {
        return api.get("/api/v1", "X-Forwarded-For", address);
    }
}
