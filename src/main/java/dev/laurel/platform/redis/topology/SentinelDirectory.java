package dev.laurel.platform.redis.topology;

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
        return List.of(
                Request.cmd(Command.SENTINEL).arg("GET-MASTER-ADDR-BY-NAME").arg(name),
                Request.cmd(Command.SENTINEL).arg("MASTER").arg(name));
    }

    /** The address is not that of the second answer: while it changes replicas over, a sentinel names the old master there. */
    @Override
    public Masters read(RedisNode asked, List<Response> answers) {
        Response address = answers.get(0);
        RedisNode master =
                new RedisNode(address.get(0).toString(), address.get(1).toInteger());
        return new Masters(answers.get(1).get("config-epoch").toLong(), List.of(master), slot -> master);
    }

    @Override
    public boolean mastersKnow() {
        return false;
    }
}
