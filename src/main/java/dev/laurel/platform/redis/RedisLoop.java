package dev.laurel.platform.redis;

import dev.laurel.platform.redis.topology.RedisNode;
import io.vertx.core.Context;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The connections of one event loop, one for each server. */
final class RedisLoop {
    private final Context context;
    private final Function<RedisNode, RedisLink> maker;
    private final Map<RedisNode, RedisLink> links = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    RedisLoop(Context context, Function<RedisNode, RedisLink> maker) {
        this.context = context;
        this.maker = maker;
    }

    /** The connection to a server; null when there is none. */
    RedisLink link(RedisNode node) {
        return links.get(node);
    }

    /** Holds connections to exactly these servers. */
    void connect(List<RedisNode> nodes) {
        context.runOnContext(ignored -> {
            if (stopped) {
                return;
            }
            links.forEach((node, link) -> {
                if (!nodes.contains(node)) {
                    links.remove(node);
                    link.retire();
                }
            });
            nodes.forEach(node -> links.computeIfAbsent(node, fresh -> {
                RedisLink link = maker.apply(fresh);
                link.start();
                return link;
            }));
        });
    }

    void stop() {
        stopped = true;
        links.values().forEach(RedisLink::stop);
    }
}
