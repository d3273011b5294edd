package dev.laurel.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A finished response: the bytes to send, and the tag that tells whether a client already has them.
 *
 * @param body JSON
 * @param etag weak entity tag: equal content has equal tags, whatever its encoding in transit
 * @param immutable whether the content can no longer change
 */
public record Answer(byte[] body, String etag, boolean immutable) {
    /** The entity tag of a response's content: 96 bits of a SHA-256. */
    public static String tagOf(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return "W/\"" + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a client that sends this {@code If-None-Match} already has the content. */
    public boolean isAmong(String ifNoneMatch) {
        if (ifNoneMatch == null) {
            return false;
        }
        if (ifNoneMatch.equals(etag) || ifNoneMatch.equals("*")) {
            return true;
        }
        // Weak comparison, as RFC 9110 requires for this header.
        String opaque = etag.substring("W/".length());
        return Arrays.stream(ifNoneMatch.split(","))
                .map(String::trim)
                .anyMatch(tag -> tag.equals(etag) || tag.equals(opaque));
    }

    @Override
    public String toString() {
        return etag + " " + new String(body, StandardCharsets.UTF_8);
    }
}
