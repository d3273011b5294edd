package dev.laurel.platform.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import java.util.List;

/**
 * The sentinels of one master and its replicas: each tells who is the master.
 *
 * @param name under which the sentinels watch it
 */
record SentinelDirectory(String name) implements Directory {
    @Override
    public List<Request> questions() {
        return List.of(Request.cmd(Command.SENTINEL).arg("MASTER").arg(name));
    }

    @Override
    public Masters read(RedisNode asked, List<Response> answers) {
        Response told = answers.get(0);
        RedisNode master =
                new RedisNode(told.get("ip").toString(), told.get("port").toInteger());
        return new Masters(told.get("config-epoch").toLong(), List.of(master), slot -> master);
    }

    @Override
    public boolean mastersKnow() {
        return false;
    }
}
