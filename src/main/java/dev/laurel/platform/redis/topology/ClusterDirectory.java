package dev.laurel.platform.redis.topology;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Looks up the masters of a Redis Cluster, where each node knows the owner of each slot. */
final class ClusterDirectory implements Directory {
    private static final int SLOTS = 16_384;
    private static final String UNKNOWN = "?";
    private static final String EPOCH = "cluster_current_epoch:";

    @Override
    public List<Request> questions() {
        return List.of(
                Request.cmd(Command.CLUSTER).arg("INFO"),
                Request.cmd(Command.CLUSTER).arg("SLOTS"));
    }

    @Override
    public Masters read(RedisNode asked, List<Response> answers) {
        RedisNode[] bySlot = new RedisNode[SLOTS];
        Set<RedisNode> owners = new LinkedHashSet<>();
        for (Response range : answers.get(1)) {
            RedisNode owner = owner(asked, range.get(2));
            Arrays.fill(bySlot, range.get(0).toInteger(), range.get(1).toInteger() + 1, owner);
            owners.add(owner);
        }
        if (owners.isEmpty()) {
            throw new IllegalStateException(asked + " knows no slots");
        }
        return new Masters(epoch(answers.get(0).toString()), List.copyOf(owners), slot -> bySlot[slot]);
    }

    @Override
    public boolean mastersKnow() {
        return true;
    }

    /**
     * A node that does not know the address, or should report a host name it does not have, returns nothing or a
     * question mark.
     */
    private static RedisNode owner(RedisNode asked, Response master) {
        String host = master.get(0) == null ? "" : master.get(0).toString();
        boolean unknown = host.isEmpty() || UNKNOWN.equals(host);
        return new RedisNode(unknown ? asked.host() : host, master.get(1).toInteger());
    }

    private static long epoch(String info) {
        return info.lines()
                .filter(line -> line.startsWith(EPOCH))
                .mapToLong(line -> Long.parseLong(line.substring(EPOCH.length()).strip()))
                .findFirst()
                .orElse(0);
    }
}
