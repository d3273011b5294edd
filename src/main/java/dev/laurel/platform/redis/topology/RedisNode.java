package dev.laurel.platform.redis.topology;

/**
 * A Redis server.
 *
 * @param host a name or an address, IPv6 addresses without brackets
 */
public record RedisNode(String host, int port) {
    /** The only server: its address is left to the framework. */
    static final RedisNode ONLY = new RedisNode("", 0);

    /** The authority part of a URL. */
    String authority() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    @Override
    public String toString() {
        return this == ONLY ? "Redis" : "Redis at " + authority();
    }
}
