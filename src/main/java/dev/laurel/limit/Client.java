package dev.laurel.limit;

import java.util.Locale;

/**
 * Whose requests are counted together.
 *
 * @param kind which limits apply
 * @param name among all clients; it ends within two minutes, with the entry in Redis
 */
public record Client(Kind kind, String name) {
    /** Those who are known by nothing but their address: one of IPv4, or a {@code /64} of IPv6. */
    public static Client ofAddress(String network) {
        return new Client(Kind.ADDRESS, "address:" + network);
    }

    /** @param credential names a key or a token among all of both kinds */
    public static Client ofKey(String credential) {
        return new Client(Kind.KEY, "key:" + credential);
    }

    public static Client ofPlayer(int tenant, String player) {
        return new Client(Kind.PLAYER, "player:" + tenant + ":" + player);
    }

    /** How a client is known. */
    public enum Kind {
        ADDRESS,
        KEY,
        PLAYER;

        private final String text = name().toLowerCase(Locale.ROOT);

        /** In lower case. */
        public String text() {
            return text;
        }
    }
}
