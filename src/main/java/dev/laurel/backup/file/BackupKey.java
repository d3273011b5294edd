package dev.laurel.backup.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that backups are encrypted with: 256 bits. It encrypts nothing itself; each use has a key of its own, derived by
 * HKDF with SHA-256 (RFC 5869).
 */
public final class BackupKey {
    private static final int BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final String HMAC = "HmacSHA256";

    private final byte[] secret;

    private BackupKey(byte[] secret) {
        this.secret = secret;
    }

    /**
     * Reads a key from 64 hexadecimal digits, or from the Base64 form of 32 bytes.
     *
     * @throws IllegalArgumentException without the text, which is a secret
     */
    public static BackupKey parse(String text) {
        String given = text.strip();
        byte[] secret;
        try {
            secret = given.length() == 2 * BYTES
                    ? HexFormat.of().parseHex(given)
                    : Base64.getDecoder().decode(given);
        } catch (IllegalArgumentException e) {
            secret = new byte[0];
        }
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("A key for backups is 32 bytes, as 64 hexadecimal digits or in Base64");
        }
        return new BackupKey(secret);
    }

    /** Names the key without revealing anything of it. */
    public String id() {
        return HexFormat.of().formatHex(Arrays.copyOf(derive(new byte[0], "id"), ID_BYTES));
    }

    /** A key of 256 bits for one purpose. */
    byte[] derive(byte[] salt, String purpose) {
        byte[] pseudoRandom = hmac(salt.length == 0 ? new byte[BYTES] : salt, secret);
        byte[] info = ("laurel backup/" + purpose).getBytes(StandardCharsets.UTF_8);
        return hmac(
                pseudoRandom,
                ByteBuffer.allocate(info.length + 1).put(info).put((byte) 1).array());
    }

    /** An authentication code of a text, by a key of its own. */
    byte[] authenticate(String purpose, byte[] text) {
        return hmac(derive(new byte[0], purpose), text);
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java lacks " + HMAC, e);
        }
    }

    @Override
    public String toString() {
        return "BackupKey[" + id() + "]";
    }
}
