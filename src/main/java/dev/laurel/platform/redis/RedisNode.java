package dev.laurel.platform.redis;

/** A server of Redis. */
record RedisNode(String host, int port) {
    /** The only one, wherever it is: its address is the framework's matter. */
    static final RedisNode ONLY = new RedisNode("", 0);

    @Override
    public String toString() {
        return this == ONLY ? "Redis" : "Redis at " + host + ":" + port;
    }
}
