package dev.laurel.platform.redis;

import io.vertx.redis.client.Response;

/** The recipient of the reply to a command; exactly one of the two methods is called. */
interface RedisAnswer {
    /** @param response null where Redis has replied nil */
    void succeeded(Response response);

    void failed(Throwable failure);
}
