package dev.laurel.platform.redis.topology;

import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import java.util.List;

/** Queries servers for the current masters. */
interface Directory {
    /** The commands to send together. */
    List<Request> questions();

    /**
     * Parses the replies of a server.
     *
     * @throws RuntimeException if the replies name no master
     */
    Masters read(RedisNode asked, List<Response> answers);

    /** Whether the masters can be queried too, or only the configured servers. */
    boolean mastersKnow();
}
