package dev.laurel.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import io.vertx.redis.client.impl.types.MultiType;
import io.vertx.redis.client.impl.types.SimpleStringType;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class LoopQuestionsTest {
    private static final RedisScript SCRIPT = RedisScript.load("standings/window", "standings/around");
    private static final RedisScript OTHER = RedisScript.load("standings/window", "standings/lookup");
    private static final int MAX_WAITING = 200;

    private final SpokenRedis redis = new SpokenRedis();
    private final List<Sent> sent = new ArrayList<>();
    private final LoopQuestions questions = new LoopQuestions(
            redis.loop(), all -> Uni.createFrom().emitter(emitter -> sent.add(new Sent(all, emitter))), MAX_WAITING);

    private record Sent(RedisQuestion all, UniEmitter<? super Response> reply) {}

    @Test
    void questionsOfOneTurnAboutTheSameKeysAreOneCall() {
        Kept ann = ask("keys", "ann");
        Kept bob = ask("keys", "bob");
        assertThat(sent).isEmpty();
        redis.endTurn();

        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).all()).isEqualTo(new RedisQuestion(SCRIPT, List.of("keys"), List.of("ann", "bob"), 2));
        assertThat(questions.waiting()).isEqualTo(2);
        sent.get(0).reply().complete(list("place of ann", "place of bob"));

        assertThat(ann.answers).hasToString("[place of ann]");
        assertThat(bob.answers).hasToString("[place of bob]");
        assertThat(questions.waiting()).isZero();
    }

    @Test
    void otherKeysScriptsAndTurnsAreOtherCalls() {
        ask("keys", "ann");
        ask("others", "ann");
        questions.ask(new RedisQuestion(OTHER, List.of("keys"), List.of("1", "ann"), 1), new Kept());
        ask("keys", "bob");
        redis.endTurn();
        ask("keys", "cyd");
        redis.endTurn();

        assertThat(sent)
                .extracting(one -> one.all().arguments())
                .containsExactly(List.of("ann", "bob"), List.of("ann"), List.of("1", "ann"), List.of("cyd"));
    }

    @Test
    void aCallIsBounded() {
        for (int i = 0; i <= LoopQuestions.MAX_QUESTIONS; i++) {
            ask("keys", "p" + i);
        }
        questions.ask(question("large", "ann", LoopQuestions.MAX_SIZE + 1), new Kept());
        questions.ask(question("large", "bob", LoopQuestions.MAX_SIZE - 1), new Kept());
        questions.ask(question("large", "cyd", 1), new Kept());
        questions.ask(question("large", "dan", 1), new Kept());
        redis.endTurn();

        assertThat(sent)
                .extracting(one -> one.all().arguments().size())
                .containsExactly(LoopQuestions.MAX_QUESTIONS, 1, 1, 2, 1);
    }

    @Test
    void aReplyThatIsNoListIsTheAnswerToEach() {
        Kept ann = ask("keys", "ann");
        Kept bob = ask("keys", "bob");
        redis.endTurn();
        sent.get(0).reply().complete(null);

        assertThat(ann.answers).hasSize(1).containsOnlyNulls();
        assertThat(bob.answers).hasSize(1).containsOnlyNulls();
        Kept cyd = ask("keys", "cyd");
        redis.endTurn();
        sent.get(1).reply().complete(SimpleStringType.create("CLOSED"));
        assertThat(cyd.answers).hasToString("[CLOSED]");
    }

    @Test
    void whenACallIsRefusedEachQuestionIsPutByItself() {
        Kept ann = ask("keys", "ann");
        Kept bad = ask("keys", "bad");
        redis.endTurn();
        sent.get(0).reply().fail(ErrorType.create("ERR user_script: attempt to compare nil with number"));

        assertThat(sent)
                .extracting(one -> one.all().arguments())
                .containsExactly(List.of("ann", "bad"), List.of("ann"), List.of("bad"));
        assertThat(questions.waiting()).isEqualTo(2);
        sent.get(1).reply().complete(list("place of ann"));
        sent.get(2).reply().fail(ErrorType.create("ERR user_script: attempt to compare nil with number"));

        assertThat(ann.answers).hasToString("[place of ann]");
        assertThat(bad.failures).singleElement().isInstanceOf(ErrorType.class);
        assertThat(questions.waiting()).isZero();
        assertThat(sent).hasSize(3);
    }

    @Test
    void aReplyWithAnotherNumberOfAnswersFailsAll() {
        Kept ann = ask("keys", "ann");
        Kept bob = ask("keys", "bob");
        redis.endTurn();
        sent.get(0).reply().complete(list("place of ann"));

        assertThat(ann.failures).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(bob.failures).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(questions.waiting()).isZero();
    }

    @Test
    void aCallThatCannotBeMadeFailsWithoutTheOthers() {
        List<RedisQuestion> made = new ArrayList<>();
        LoopQuestions some = new LoopQuestions(
                redis.loop(),
                all -> {
                    if (all.keys().contains("broken")) {
                        throw new IllegalArgumentException("no such command");
                    }
                    made.add(all);
                    return Uni.createFrom().nullItem();
                },
                MAX_WAITING);
        Kept broken = new Kept();
        Kept sound = new Kept();
        some.ask(question("broken", "ann", 1), broken);
        some.ask(question("keys", "ann", 1), sound);
        redis.endTurn();

        assertThat(broken.failures).singleElement().isInstanceOf(IllegalArgumentException.class);
        assertThat(sound.answers).hasSize(1);
        assertThat(made).hasSize(1);
        assertThat(some.waiting()).isZero();
    }

    @Test
    void whenRedisIsNotThereAllFailAtOnce() {
        Kept ann = ask("keys", "ann");
        Kept bob = ask("keys", "bob");
        redis.endTurn();
        sent.get(0).reply().fail(Unavailable.store("Redis", null));

        assertThat(ann.failures).singleElement().isInstanceOf(Unavailable.class);
        assertThat(bob.failures).singleElement().isInstanceOf(Unavailable.class);
        assertThat(sent).hasSize(1);
        assertThat(questions.waiting()).isZero();
    }

    @Test
    void moreThanMayWaitAreRefusedAtOnce() {
        for (int i = 0; i < MAX_WAITING; i++) {
            ask("keys", "p" + i);
        }
        Kept refused = ask("keys", "one more");

        assertThat(refused.failures).singleElement().isInstanceOf(Unavailable.class);
        redis.endTurn();
        List.copyOf(sent).forEach(one -> one.reply().complete(null));
        assertThat(ask("keys", "later").failures).isEmpty();
    }

    private Kept ask(String keys, String player) {
        Kept answer = new Kept();
        questions.ask(question(keys, player, 1), answer);
        return answer;
    }

    private static RedisQuestion question(String keys, String player, int size) {
        return new RedisQuestion(SCRIPT, List.of(keys), List.of(player), size);
    }

    private static Response list(String... texts) {
        MultiType list = MultiType.create(texts.length, false);
        for (String text : texts) {
            list.add(SimpleStringType.create(text));
        }
        return list;
    }

    private static final class Kept implements RedisAnswer {
        final List<Response> answers = new ArrayList<>();
        final List<Throwable> failures = new ArrayList<>();

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
