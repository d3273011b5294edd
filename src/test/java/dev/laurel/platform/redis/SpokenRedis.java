package dev.laurel.platform.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/** A Redis that says what the test has it say, when the test has it. */
public final class SpokenRedis {
    private final List<Sent> sent = new ArrayList<>();
    private final Queue<Handler<Void>> turn = new ArrayDeque<>();
    private final Consumer<Sent> listener;
    private final RedisConnection connection = fake(RedisConnection.class, this::onConnection);

    /** What came in one write, and where its answers go. */
    public record Sent(List<Request> commands, Promise<List<Response>> answers) {}

    public SpokenRedis() {
        this(sent -> {});
    }

    /**
     * @param listener told of all that is sent; may answer it
     */
    public SpokenRedis(Consumer<Sent> listener) {
        this.listener = listener;
    }

    RedisConnection connection() {
        return connection;
    }

    /** A client that always leads here. */
    public Redis client() {
        return fake(
                Redis.class,
                (self, method, arguments) ->
                        method.getName().equals("connect") ? Future.succeededFuture(connection) : unexpected(method));
    }

    /** An event loop whose turns the test ends. */
    Context loop() {
        return fake(Context.class, (self, method, arguments) -> {
            if (!method.getName().equals("runOnContext")) {
                return unexpected(method);
            }
            @SuppressWarnings("unchecked")
            Handler<Void> work = (Handler<Void>) arguments[0];
            turn.add(work);
            return null;
        });
    }

    void endTurn() {
        while (!turn.isEmpty()) {
            turn.poll().handle(null);
        }
    }

    /** All that was sent, in its order. */
    synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    private Object onConnection(Object self, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "send" -> receive(List.of((Request) arguments[0])).map(answers -> answers.get(0));
            case "batch" ->
                receive(((List<?>) arguments[0])
                        .stream().map(Request.class::cast).toList());
            case "close" -> Future.succeededFuture();
            default -> unexpected(method);
        };
    }

    private synchronized Future<List<Response>> receive(List<Request> commands) {
        Sent one = new Sent(commands, Promise.promise());
        sent.add(one);
        listener.accept(one);
        return one.answers().future();
    }

    private static Object unexpected(Method method) {
        throw new UnsupportedOperationException(method.getName());
    }

    private static <T> T fake(Class<T> type, InvocationHandler behaviour) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, behaviour));
    }
}
