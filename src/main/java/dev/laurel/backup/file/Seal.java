package dev.laurel.backup.file;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts or decrypts the chunks of one file in their order: AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar,
 * Rogaway, Vizár, 2015). The nonce of a chunk has its number and whether it is the last one, so chunks cannot change places,
 * and a file cannot be cut off. The key is that of this file in this backup alone.
 */
final class Seal {
    static final int CHUNK = 1 << 16;
    static final int SALT = 32;
    static final int TAG = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = TAG * 8;

    private final SecretKeySpec key;
    private final int mode;
    private final Cipher cipher;
    private long number;

    private Seal(SecretKeySpec key, int mode) {
        this.key = key;
        this.mode = mode;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java lacks AES-GCM", e);
        }
    }

    static Seal encrypting(BackupKey key, byte[] salt, String file) {
        return new Seal(keyOf(key, salt, file), Cipher.ENCRYPT_MODE);
    }

    static Seal decrypting(BackupKey key, byte[] salt, String file) {
        return new Seal(keyOf(key, salt, file), Cipher.DECRYPT_MODE);
    }

    private static SecretKeySpec keyOf(BackupKey key, byte[] salt, String file) {
        return new SecretKeySpec(key.derive(salt, "file/" + file), "AES");
    }

    /**
     * The next chunk.
     *
     * @return null when it is not authentic
     */
    byte[] next(byte[] chunk, int length, boolean last) {
        byte[] nonce = ByteBuffer.allocate(NONCE)
                .putShort((short) 0)
                .put((byte) (last ? 1 : 0))
                .put((byte) 0)
                .putLong(number)
                .array();
        number++;
        try {
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(chunk, 0, length);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many chunks there were. */
    long count() {
        return number;
    }
}
