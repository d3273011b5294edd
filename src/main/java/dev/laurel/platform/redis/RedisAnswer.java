package dev.laurel.platform.redis;

import io.vertx.redis.client.Response;

/** Where the answer to a command goes; exactly one of the two is called. */
interface RedisAnswer {
    /**
     * @param response null where Redis has answered nil
     */
    void succeeded(Response response);

    void failed(Throwable failure);
}
