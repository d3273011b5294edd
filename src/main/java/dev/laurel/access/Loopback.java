package dev.laurel.access;

/** Names and addresses that only the machine itself can reach. */
public final class Loopback {
    private Loopback() {}

    /** Whether this is one; an address of IPv6 with or without brackets. */
    public static boolean isName(String host) {
        return "localhost".equalsIgnoreCase(host)
                || host.startsWith("127.") && host.matches("127(\\.\\d{1,3}){3}")
                || "::1".equals(host)
                || "[::1]".equals(host)
                || "0:0:0:0:0:0:0:1".equals(host);
    }
}
