package dev.laurel.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.shared.LaurelException.Unavailable;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import io.vertx.redis.client.impl.types.SimpleStringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class PipelineTest {
    private static final Request FIRST = Request.cmd(Command.GET).arg("first");
    private static final Request SECOND = Request.cmd(Command.GET).arg("second");
    private static final Response ONE = SimpleStringType.create("one");
    private static final Response TWO = SimpleStringType.create("two");

    private final SpokenRedis redis = new SpokenRedis();
    private final List<Throwable> misdirected = new ArrayList<>();
    private final Pipeline pipeline = new Pipeline(redis.loop(), misdirected::add);
    private final Kept first = new Kept();
    private final Kept second = new Kept();

    @BeforeEach
    void connect() {
        pipeline.open(redis.connection());
    }

    @Test
    void commandsOfOneTurnAreSentTogether() {
        pipeline.gather(FIRST, first);
        pipeline.gather(SECOND, second);
        assertThat(redis.sent()).isEmpty();
        redis.endTurn();

        assertThat(redis.sent()).hasSize(1);
        assertThat(redis.sent().get(0).commands()).containsExactly(FIRST, SECOND);
        assertThat(pipeline.waiting()).isEqualTo(2);
        redis.sent().get(0).answers().complete(List.of(ONE, TWO));

        assertThat(first.answers).containsExactly(ONE);
        assertThat(second.answers).containsExactly(TWO);
        assertThat(pipeline.waiting()).isZero();
    }

    @Test
    void whatGoesAloneIsNotWaitedFor() {
        pipeline.sendAlone(FIRST, first);

        assertThat(redis.sent()).extracting(SpokenRedis.Sent::commands).containsExactly(List.of(FIRST));
    }

    @Test
    void whenOneCommandIsRefusedEachIsSentAgainForItself() {
        pipeline.gather(FIRST, first);
        pipeline.gather(SECOND, second);
        redis.endTurn();
        redis.sent().get(0).answers().fail(ErrorType.create("ERR no such script"));

        assertThat(redis.sent())
                .extracting(SpokenRedis.Sent::commands)
                .containsExactly(List.of(FIRST, SECOND), List.of(FIRST), List.of(SECOND));
        assertThat(pipeline.waiting()).isEqualTo(2);
        redis.sent().get(1).answers().complete(List.of(ONE));
        redis.sent().get(2).answers().fail(ErrorType.create("ERR no such script"));

        assertThat(first.answers).containsExactly(ONE);
        assertThat(second.failures).singleElement().isInstanceOf(ErrorType.class);
        assertThat(misdirected).isEmpty();
        assertThat(pipeline.waiting()).isZero();
    }

    @Test
    void aServerThatIsNotTheOneToAskIsToldOfAndIsAwayForTheCaller() {
        pipeline.sendAlone(FIRST, first);
        redis.sent().get(0).answers().fail(ErrorType.create("MOVED 5061 10.0.0.3:7002"));

        assertThat(misdirected).hasSize(1);
        assertThat(first.failures).singleElement().isInstanceOf(Unavailable.class);
    }

    @Test
    void whatIsNotAnsweredWhenTheConnectionGoesFailsOnce() {
        pipeline.sendAlone(FIRST, first);
        pipeline.gather(SECOND, second);

        pipeline.close();
        redis.endTurn();
        redis.sent().get(0).answers().complete(List.of(ONE));

        assertThat(redis.sent()).hasSize(1);
        assertThat(first.failures).singleElement().isInstanceOf(Unavailable.class);
        assertThat(second.failures).singleElement().isInstanceOf(Unavailable.class);
        assertThat(first.answers).isEmpty();
        assertThat(pipeline.waiting()).isZero();
    }

    @Test
    void silenceCountsWhenItIsSeenASecondTime() {
        pipeline.sendAlone(FIRST, first);
        pipeline.sendAlone(SECOND, second);

        assertThat(pipeline.silentFor(Duration.ofHours(1))).isFalse();
        assertThat(pipeline.silentFor(Duration.ZERO)).isFalse();
        assertThat(pipeline.silentFor(Duration.ZERO)).isTrue();
        redis.sent().get(0).answers().complete(List.of(ONE));

        assertThat(pipeline.silentFor(Duration.ZERO))
                .as("the second, seen for the first time")
                .isFalse();
        redis.sent().get(1).answers().complete(List.of(TWO));
        assertThat(pipeline.silentFor(Duration.ZERO)).isFalse();
        assertThat(pipeline.silentFor(Duration.ZERO)).isFalse();
    }

    /** Keeps what it is told. */
    private static final class Kept implements RedisAnswer {
        private final List<Response> answers = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();

        @Override
        public void succeeded(Response response) {
            answers.add(response);
        }

        @Override
        public void failed(Throwable failure) {
            failures.add(failure);
        }
    }
}
