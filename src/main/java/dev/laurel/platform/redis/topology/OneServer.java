package dev.laurel.platform.redis.topology;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;

import java.util.List;

/** A single server, at the address in the framework's settings. */
record OneServer(Redis redis) implements Topology {
    @Override
    public List<RedisNode> nodes() {
        return List.of(RedisNode.ONLY);
    }

    @Override
    public RedisNode nodeOf(String key) {
        return RedisNode.ONLY;
    }

    @Override
    public Future<RedisConnection> connect(RedisNode node) {
        return redis.connect();
    }

    @Override
    public void doubt() {}

    @Override
    public void start(Runnable changed) {}

    @Override
    public void stop() {}
}
