package dev.laurel.faults;

import dev.laurel.platform.embedded.RedisFleet;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.ZModem;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Redis as it is, asked past the service. */
final class RedisProbe implements AutoCloseable {
    private static final long SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Redis> clients = new ConcurrentHashMap<>();
    private final UnaryOperator<String> addressOf;

    private RedisProbe(UnaryOperator<String> addressOf) {
        this.addressOf = addressOf;
    }

    /** Of the one server at this address. */
    static RedisProbe of(String address) {
        return new RedisProbe(key -> address);
    }

    /** Of whoever is the master of a key at the time. */
    static RedisProbe of(RedisFleet fleet) {
        return new RedisProbe(key -> fleet.address(fleet.masterOf(slot(key))));
    }

    /** The slot of a key that has a part in braces. */
    static int slot(String key) {
        return ZModem.generate(key.substring(key.indexOf('{') + 1, key.indexOf('}')));
    }

    /**
     * Sends a command to the server that has the key, and waits for the answer.
     *
     * @param arguments the key first; without one any server will do
     * @throws IllegalStateException if there is none, or an error
     */
    Response send(String command, String... arguments) {
        return sendTo(addressOf.apply(arguments.length == 0 ? "{}" : arguments[0]), command, arguments);
    }

    private Response sendTo(String address, String command, String... arguments) {
        Request request = Request.cmd(Command.create(command.toLowerCase(Locale.ROOT)));
        for (String argument : arguments) {
            request.arg(argument);
        }
        try {
            return clients.computeIfAbsent(address, this::client)
                    .send(request)
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

    private Redis client(String address) {
        return Redis.createClient(vertx, new RedisOptions().setConnectionString(address));
    }

    /** The life of the process that has a key, which a restart ends. */
    String life(String key) {
        return sendTo(addressOf.apply(key), "INFO", "server")
                .toString()
                .lines()
                .filter(line -> line.startsWith("run_id:"))
                .map(line -> line.substring("run_id:".length()).strip())
                .collect(Collectors.joining());
    }

    /** A sorted set: member to score. */
    Map<String, Long> sortedSet(String key) {
        Map<String, Long> members = new HashMap<>();
        Response answer = send("ZRANGE", key, "0", "-1", "WITHSCORES");
        for (int i = 0; i < answer.size(); i++) {
            Response pair = answer.get(i);
            if (pair.size() > 0) {
                members.put(
                        pair.get(0).toString(), (long) pair.get(1).toDouble().doubleValue());
            } else {
                members.put(pair.toString(), (long)
                        Double.parseDouble(answer.get(++i).toString()));
            }
        }
        return members;
    }

    /** A hash: field to value. */
    Map<String, String> hash(String key) {
        Map<String, String> fields = new HashMap<>();
        Response answer = send("HGETALL", key);
        for (String field : answer.getKeys()) {
            fields.put(field, answer.get(field).toString());
        }
        return fields;
    }

    /** Whether set and hash are declared complete for the life of this Redis and have as many players. */
    boolean complete(String base) {
        Response mark = send("HGET", base + ":hash", "!");
        if (mark == null || !mark.toString().equals(life(base))) {
            return false;
        }
        return send("HLEN", base + ":hash").toLong() - 1
                == send("ZCARD", base + ":set").toLong();
    }

    @Override
    public void close() {
        clients.values().forEach(Redis::close);
        vertx.close();
    }
}
