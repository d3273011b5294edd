package dev.laurel.access;

/**
 * What a client has sent to say who it is. It is a secret: nothing prints it, and no exception contains it.
 *
 * @param secret as it was sent, without the name of the scheme
 */
public record Credential(String secret) {
    /** The longest that is looked at, in characters. */
    public static final int MAX_LENGTH = 8_192;

    @Override
    public String toString() {
        return "Credential[secret]";
    }
}
