package dev.laurel.platform.redis.topology;

import io.vertx.core.Future;
import io.vertx.redis.client.RedisConnection;

import java.util.List;

/** Knows the servers, and which of them has a key. */
public interface Topology {
    /** The servers that currently take commands; in a cluster its masters. */
    List<RedisNode> nodes();

    /** The server that has a key; null while none is known. */
    RedisNode nodeOf(String key);

    Future<RedisConnection> connect(RedisNode node);

    /** Reports that the topology may be outdated, by a server's reply or its silence. */
    void doubt();

    /**
     * Begins watching.
     *
     * @param changed called whenever different servers than before take commands
     */
    void start(Runnable changed);

    void stop();
}
