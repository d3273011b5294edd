package dev.laurel.platform.redis.topology;

import io.vertx.core.Future;
import io.vertx.redis.client.RedisConnection;

import java.util.List;

/** Which servers there are, and which of them has a key. */
public interface Topology {
    /** Those that take commands now; in a cluster its masters. */
    List<RedisNode> nodes();

    /** The one that has a key; null while nobody is known to. */
    RedisNode nodeOf(String key);

    Future<RedisConnection> connect(RedisNode node);

    /** A server has said, or its silence tells, that what is known may be over. */
    void doubt();

    /**
     * Begins to look.
     *
     * @param changed called whenever other servers than before take commands
     */
    void start(Runnable changed);

    void stop();
}
