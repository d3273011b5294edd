package dev.laurel.access.key;

import dev.laurel.shared.Tenant;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What a client sends to use a key: 256 random bits behind a prefix by which scanners of repositories recognize it. */
final class Secret {
    /** The beginning of every key. */
    static final String PREFIX = "laurel_";

    /**
     * Precedes the secrets of other tenants' keys. Processes of a version that knew one tenant take every key that they find for
     * one of the default tenant, its administrators included: so they find none of others.
     */
    private static final String OTHERS = "tenant\0";

    private static final int BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final int LENGTH = PREFIX.length() + 2 * BYTES;

    private Secret() {}

    static String random(SecureRandom random) {
        return PREFIX + hex(random, BYTES);
    }

    /** The public id of a key; it tells nothing of the secret. */
    static String randomId(SecureRandom random) {
        return hex(random, ID_BYTES);
    }

    private static String hex(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Whether a text has the form of a key; no other can be one. */
    static boolean isOne(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return false;
        }
        for (int i = PREFIX.length(); i < LENGTH; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The digest that is kept of a key of the default tenant. A slow one would protect nothing more: 256 random bits cannot be guessed. */
    static Digest digest(String secret) {
        return sha256(secret);
    }

    /** The digest that is kept of a key of any other tenant: see {@link #OTHERS}. */
    static Digest digestOfOthers(String secret) {
        return sha256(OTHERS + secret);
    }

    /** The one that is kept of a key of this tenant. */
    static Digest digest(String secret, Tenant tenant) {
        return tenant.isDefault() ? digest(secret) : digestOfOthers(secret);
    }

    private static Digest sha256(String text) {
        try {
            return new Digest(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /**
     * A digest as a key of a map. Found by its first four bytes and then compared as a whole, in a time that does not depend on
     * where two differ.
     */
    static final class Digest {
        private final byte[] bytes;
        private final int hash;

        Digest(byte[] bytes) {
            this.bytes = bytes;
            this.hash = ByteBuffer.wrap(bytes).getInt();
        }

        byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Digest digest && MessageDigest.isEqual(bytes, digest.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
