package dev.laurel.platform.timing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

class SlowRequestsTest {
    private static final int KEPT = 3;
    private static final TimingConfig CONFIG = new TimingConfig() {
        @Override
        public Duration fast() {
            return Duration.ofMillis(50);
        }

        @Override
        public Duration ok() {
            return Duration.ofMillis(250);
        }

        @Override
        public Duration slow() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration shortestStep() {
            return Duration.ZERO;
        }

        @Override
        public int kept() {
            return KEPT;
        }
    };

    private final SlowRequests requests = new SlowRequests(CONFIG);

    private static SlowRequest request(int second, SpeedClass speed) {
        return new SlowRequest(
                Instant.ofEpochSecond(second), "GET", "/api/v1/boards", 200, speed, Duration.ofSeconds(1), List.of());
    }

    private static List<Instant> at(List<SlowRequest> found) {
        return found.stream().map(SlowRequest::at).toList();
    }

    @Test
    void theLatestOfEachClassAreKeptNewestFirst() {
        requests.add(request(1, SpeedClass.VERY_SLOW));
        IntStream.rangeClosed(2, 100).forEach(second -> requests.add(request(second, SpeedClass.SLOW)));

        assertThat(at(requests.latest(SpeedClass.SLOW)))
                .containsExactly(Instant.ofEpochSecond(100), Instant.ofEpochSecond(99), Instant.ofEpochSecond(98));
        assertThat(at(requests.latest(SpeedClass.VERY_SLOW))).containsExactly(Instant.ofEpochSecond(1));
        assertThat(requests.latest(null)).hasSize(KEPT + 1).last().isEqualTo(request(1, SpeedClass.VERY_SLOW));
    }

    @Test
    void classesBeginAtTheirBounds() {
        RequestTimings timings = new RequestTimings(
                CONFIG,
                requests,
                java.time.Clock.systemUTC(),
                new io.micrometer.core.instrument.simple.SimpleMeterRegistry());

        assertThat(timings.classOf(Duration.ofMillis(50).toNanos() - 1)).isEqualTo(SpeedClass.FAST);
        assertThat(timings.classOf(Duration.ofMillis(50).toNanos())).isEqualTo(SpeedClass.OK);
        assertThat(timings.classOf(Duration.ofMillis(250).toNanos())).isEqualTo(SpeedClass.SLOW);
        assertThat(timings.classOf(Duration.ofSeconds(1).toNanos())).isEqualTo(SpeedClass.VERY_SLOW);
    }
}
