package dev.laurel.platform.embedded;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Commands to one server of Redis past the service, each awaited. */
final class RedisTalk implements AutoCloseable {
    private static final long SECONDS = 2;

    private final Redis client;

    /**
     * @param secret null where none is asked for
     */
    RedisTalk(Vertx vertx, int port, String secret) {
        RedisOptions options = new RedisOptions().setConnectionString("redis://127.0.0.1:" + port);
        if (secret != null) {
            options.setPassword(secret);
        }
        client = Redis.createClient(vertx, options);
    }

    /**
     * @throws IllegalStateException if there is no answer, or an error
     */
    Response ask(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        try {
            return client.send(request)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Redis does not answer " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
