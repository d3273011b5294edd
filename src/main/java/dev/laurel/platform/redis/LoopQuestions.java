package dev.laurel.platform.redis;

import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The questions of one event loop to one server. Those that come in one turn of the loop, to the same script and about the same keys, go to
 * Redis in one call. Nothing waits for what may come later, so a question by itself is as fast as a command.
 *
 * <p>When Redis rejects a call of several questions, each is put again by itself: one that cannot be answered fails alone.
 *
 * <p>All methods run on the event loop.
 */
final class LoopQuestions {
    /** Questions in one call. A script blocks Redis for everyone: with these numbers for less than a millisecond. */
    static final int MAX_QUESTIONS = 64;

    /** Size of a call, unless it is of a single question. */
    static final int MAX_SIZE = 1_000;

    private final Context loop;
    private final Call call;
    private final int maxWaiting;
    private final Map<Target, Group> open = new HashMap<>();

    /** The groups of this turn, of which the open ones may still grow. */
    private List<Group> turn = new ArrayList<>();

    private int waiting;

    /** @param maxWaiting maximum unanswered questions; more are refused at once */
    LoopQuestions(Context loop, Call call, int maxWaiting) {
        this.loop = loop;
        this.call = call;
        this.maxWaiting = maxWaiting;
    }

    /** Puts a question together with the others of this turn. */
    void ask(RedisQuestion question, RedisAnswer answer) {
        if (waiting >= maxWaiting) {
            answer.failed(Unavailable.overloaded("Too many questions are waiting for Redis"));
            return;
        }
        waiting++;
        if (turn.isEmpty()) {
            loop.runOnContext(ignored -> endTurn());
        }
        Target target = new Target(question.script(), question.keys());
        Group group = open.get(target);
        if (group == null || !group.hasRoomFor(question)) {
            group = new Group();
            open.put(target, group);
            turn.add(group);
        }
        group.add(question, answer);
    }

    /** The number of unanswered questions. */
    int waiting() {
        return waiting;
    }

    private void endTurn() {
        List<Group> groups = turn;
        turn = new ArrayList<>();
        open.clear();
        groups.forEach(this::send);
    }

    /** One that cannot be sent must not keep the others from it. */
    private void send(Group group) {
        try {
            call.run(group.question())
                    .subscribe()
                    .with(reply -> succeeded(group, reply), failure -> failed(group, failure));
        } catch (RuntimeException unsent) {
            failed(group, unsent);
        }
    }

    private void succeeded(Group group, Response reply) {
        if (reply != null && reply.type() == ResponseType.MULTI && reply.size() != group.size()) {
            failed(group, new IllegalStateException(reply.size() + " answers to " + group.size() + " questions"));
            return;
        }
        waiting -= group.size();
        for (int i = 0; i < group.size(); i++) {
            group.answers.get(i).succeeded(part(reply, i));
        }
    }

    private void failed(Group group, Throwable failure) {
        if (group.size() > 1 && CommandBatch.isErrorReply(failure)) {
            group.apart().forEach(this::send);
            return;
        }
        waiting -= group.size();
        group.answers.forEach(answer -> answer.failed(failure));
    }

    /** The answer to one question of a call. */
    static Response part(Response reply, int index) {
        return reply != null && reply.type() == ResponseType.MULTI ? reply.get(index) : reply;
    }

    /** Sends a call. */
    interface Call {
        Uni<Response> run(RedisQuestion all);
    }

    private record Target(RedisScript script, List<String> keys) {}

    /** Questions that are put together. */
    private static final class Group {
        private final List<RedisQuestion> questions = new ArrayList<>();
        private final List<RedisAnswer> answers = new ArrayList<>();
        private int work;

        void add(RedisQuestion question, RedisAnswer answer) {
            questions.add(question);
            answers.add(answer);
            work += question.size();
        }

        int size() {
            return questions.size();
        }

        boolean hasRoomFor(RedisQuestion question) {
            return size() < MAX_QUESTIONS && work + question.size() <= MAX_SIZE;
        }

        /** All of them as one. */
        RedisQuestion question() {
            RedisQuestion first = questions.get(0);
            if (size() == 1) {
                return first;
            }
            List<String> arguments = new ArrayList<>(size() * first.arguments().size());
            questions.forEach(question -> arguments.addAll(question.arguments()));
            return new RedisQuestion(first.script(), first.keys(), arguments, work);
        }

        List<Group> apart() {
            List<Group> single = new ArrayList<>(size());
            for (int i = 0; i < size(); i++) {
                Group one = new Group();
                one.add(questions.get(i), answers.get(i));
                single.add(one);
            }
            return single;
        }
    }
}
