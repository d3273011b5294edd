package dev.laurel.platform.redis.topology;

import io.vertx.redis.client.impl.ZModem;

/** The slot of a key in a cluster: computed from the text between its first braces, or from the whole key. */
final class HashSlot {
    private HashSlot() {}

    static int of(String key) {
        int open = key.indexOf('{');
        int close = open < 0 ? -1 : key.indexOf('}', open + 1);
        return ZModem.generate(close > open + 1 ? key.substring(open + 1, close) : key);
    }
}
