package dev.laurel.backup.file;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;

/** Encrypts what is written: the salt, then chunks ({@link Seal}). Closing it writes the last one. */
final class SealedOutput extends OutputStream {
    private final OutputStream to;
    private final Seal seal;
    private final byte[] chunk = new byte[Seal.CHUNK];
    private int filled;
    private boolean closed;

    /** @param file the name of the file with that of its backup */
    SealedOutput(OutputStream to, BackupKey key, String file) throws IOException {
        byte[] salt = new byte[Seal.SALT];
        // One for each file: a static one would be seeded where the native program is built, which refuses it.
        new SecureRandom().nextBytes(salt);
        this.to = to;
        this.seal = Seal.encrypting(key, salt, file);
        to.write(salt);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (filled == chunk.length) {
                to.write(seal.next(chunk, filled, false));
                filled = 0;
            }
            int part = Math.min(length - done, chunk.length - filled);
            System.arraycopy(bytes, offset + done, chunk, filled, part);
            filled += part;
            done += part;
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            to.write(seal.next(chunk, filled, true));
            to.close();
        }
    }
}
