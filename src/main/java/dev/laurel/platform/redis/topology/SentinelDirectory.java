package dev.laurel.platform.redis.topology;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import java.util.List;

/**
 * Looks up the master with the sentinels that watch it and its replicas.
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

    /**
     * The address does not come from the second reply: while a sentinel reconfigures replicas, it names the old master
     * there.
     */
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
