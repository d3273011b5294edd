package dev.laurel.platform.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Commands that are sent together, and the recipients of their replies. */
final class CommandBatch {
    private final long since = System.nanoTime();
    private final List<Request> commands = new ArrayList<>();
    private final List<RedisAnswer> answers = new ArrayList<>();
    private boolean done;

    static CommandBatch of(Request command, RedisAnswer answer) {
        CommandBatch batch = new CommandBatch();
        batch.add(command, answer);
        return batch;
    }

    void add(Request command, RedisAnswer answer) {
        commands.add(command);
        answers.add(answer);
    }

    int size() {
        return commands.size();
    }

    boolean olderThan(long nanos) {
        return System.nanoTime() - since > nanos;
    }

    /** Sends the batch with one write. */
    Future<List<Response>> over(RedisConnection connection) {
        return commands.size() == 1
                // A list that permits null, since a reply may be null.
                ? connection.send(commands.get(0)).map(Collections::singletonList)
                : connection.batch(commands);
    }

    /** The commands, each in a batch of its own. */
    List<CommandBatch> apart() {
        List<CommandBatch> single = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            single.add(of(commands.get(i), answers.get(i)));
        }
        return single;
    }

    /** Marks the batch as settled; false when it already was. */
    boolean settle() {
        boolean first = !done;
        done = true;
        return first;
    }

    void succeeded(List<Response> responses) {
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).succeeded(responses.get(i));
        }
    }

    void failed(Throwable failure) {
        answers.forEach(answer -> answer.failed(failure));
    }

    /** Whether Redis has replied with an error, as opposed to not replying at all. */
    static boolean isErrorReply(Throwable failure) {
        return failure instanceof ErrorType && !"CONNECTION_CLOSED".equals(failure.getMessage());
    }
}
