package dev.laurel.platform.redis.topology;

/**
 * A server of Redis.
 *
 * @param host a name or an address, of the sixth version without brackets
 */
public record RedisNode(String host, int port) {
    /** The only one, wherever it is: its address is the framework's matter. */
    static final RedisNode ONLY = new RedisNode("", 0);

    /** As it stands in a URL. */
    String authority() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    @Override
    public String toString() {
        return this == ONLY ? "Redis" : "Redis at " + authority();
    }
}
