package dev.laurel.standings.redis;

import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads how many players Redis holds in windows: one call for all windows of a board, whatever they hold. */
@ApplicationScoped
public class RedisSizes {
    private static final RedisScript SIZES = RedisScript.load("standings/sizes");

    private final RedisLinks redis;
    private final RedisKeys keys;

    RedisSizes(RedisLinks redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** The sizes of windows of one board, whether they are loaded or not. */
    public Uni<Map<WindowRef, WindowSizes>> of(List<WindowRef> windows) {
        List<String> both = new ArrayList<>();
        windows.stream()
                .flatMap(window -> window.rankings().stream())
                .forEach(ranking -> both.addAll(keys.of(ranking).subList(0, 2)));
        return redis.run(SIZES, both, List.of()).map(answer -> sizes(windows, answer));
    }

    private static Map<WindowRef, WindowSizes> sizes(List<WindowRef> windows, Response answer) {
        Map<WindowRef, WindowSizes> sizes = new HashMap<>();
        int at = 0;
        for (WindowRef window : windows) {
            List<Long> own = new ArrayList<>();
            for (int end = at + 2 * window.rankings().size(); at < end; at++) {
                own.add(answer.get(at).toLong());
            }
            sizes.put(window, WindowSizes.of(own));
        }
        return sizes;
    }
}
