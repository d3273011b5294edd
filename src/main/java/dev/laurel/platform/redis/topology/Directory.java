package dev.laurel.platform.redis.topology;

import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import java.util.List;

/** How servers are asked which masters there are. */
interface Directory {
    /** Sent together. */
    List<Request> questions();

    /**
     * Reads what a server has answered.
     *
     * @throws RuntimeException if the answers tell of no master
     */
    Masters read(RedisNode asked, List<Response> answers);

    /** Whether the masters can be asked too, or only those that were configured. */
    boolean mastersKnow();
}
