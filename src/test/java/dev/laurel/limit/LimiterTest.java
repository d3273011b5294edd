package dev.laurel.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

class LimiterTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-05-13T12:00:00Z"), ZoneOffset.UTC);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Deque<Asked> asked = new ArrayDeque<>();
    private final List<Verdict> later = new ArrayList<>();
    private int alone;
    private final Limiter limiter = new Limiter(new Store(), NOON, LONG, () -> alone++);

    /** Answers when the test says so. */
    private final class Store implements SharedPermits {
        @Override
        public Uni<Grant> take(String client, long nowMicros, Bucket.Question question) {
            return Uni.createFrom().emitter(answer -> asked.add(new Asked(question, answer)));
        }

        @Override
        public Uni<Integer> processes(long nowMicros) {
            return Uni.createFrom().item(2);
        }
    }

    private record Asked(Bucket.Question question, UniEmitter<? super SharedPermits.Grant> answer) {
        void grant(long permits) {
            long now = NOON.millis() * 1_000;
            answer.complete(new SharedPermits.Grant(
                    permits,
                    permits < question.wanted()
                            ? now + 60_000_000
                            : now + question.rule().cost(permits)));
        }
    }

    private Verdict take(long limit) {
        return limiter.take("client", new Limit(Limit.Kind.WRITES, limit), later::add);
    }

    @Test
    void requestsThatComeTogetherShareOneQuestion() {
        for (int i = 0; i < 5; i++) {
            assertThat(take(1_000)).isNull();
        }
        assertThat(asked).hasSize(1);
        asked.poll().grant(10);

        assertThat(later).hasSize(5).allMatch(Verdict::allowed);
        for (int i = 0; i < 5; i++) {
            assertThat(take(1_000).allowed()).isTrue();
        }
        // The next batch is asked for before this one is used up.
        assertThat(asked).hasSize(1);
        asked.poll().grant(10);
        assertThat(take(1_000).allowed()).isTrue();
        assertThat(alone).isZero();
    }

    @Test
    void whatTakesMoreThanThereIsIsMadeUpForByThoseAfterIt() {
        Gcra rule = Gcra.of(20, 10_000_000);
        assertThat(limiter.take("batch", rule, 50, later::add)).isNull();
        asked.poll().grant(1);
        assertThat(later).hasSize(1).allMatch(Verdict::allowed);

        assertThat(limiter.take("batch", rule, 1, later::add)).isNull();
        assertThat(asked.peek().question().wanted()).isEqualTo(20);
        asked.poll().grant(19);
        assertThat(later).hasSize(2);
        assertThat(later.get(1).allowed()).isFalse();
        assertThat(later.get(1).waitMicros()).isPositive();
        assertThat(limiter.take("batch", rule, 1, later::add).allowed()).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void aSmallLimitIsAskedForOneByOne() {
        assertThat(take(60)).isNull();
        assertThat(asked.peek().question().wanted()).isEqualTo(1);
        assertThat(take(60)).isNull();
        assertThat(take(60)).isNull();
        asked.poll().grant(1);
        assertThat(later).hasSize(1);
        assertThat(asked.peek().question().wanted()).isEqualTo(2);
        asked.poll().grant(2);
        assertThat(later).hasSize(3).allMatch(Verdict::allowed);
        assertThat(asked).isEmpty();
    }

    @Test
    void aRefusalIsRememberedSoThatAFloodAsksNothing() {
        assertThat(take(60)).isNull();
        asked.poll().grant(0);
        assertThat(later).hasSize(1).noneMatch(Verdict::allowed);
        assertThat(later.get(0).retryAfter()).isEqualTo(1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(take(60).allowed()).isFalse();
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void whatWaitsIsDecidedByTheShareWhenNothingAnswers() {
        for (int i = 0; i < 100; i++) {
            assertThat(take(60)).isNull();
        }
        asked.poll().answer().fail(new IllegalStateException("no Redis"));

        assertThat(later).hasSize(100);
        assertThat(later.stream().filter(Verdict::allowed)).hasSize(30);
        assertThat(alone).isEqualTo(1);
        assertThat(take(60).allowed()).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void aVerdictSaysWhatIsLeft() {
        Limit limit = new Limit(Limit.Kind.WRITES, 60);
        take(60);
        asked.poll().grant(1);

        assertThat(later.get(0).header(limit)).isEqualTo("\"writes\";r=59;t=1");
        assertThat(limit.policy()).isEqualTo("\"writes\";q=60;w=60");
    }
}
