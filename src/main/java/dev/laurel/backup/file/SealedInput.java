package dev.laurel.backup.file;

import java.io.IOException;
import java.io.InputStream;

/** Decrypts what a {@link SealedOutput} has written. Nothing of a chunk is passed on before it is known to be authentic. */
final class SealedInput extends InputStream {
    private final InputStream from;
    private final Seal seal;
    private final String name;
    private byte[] next;
    private byte[] chunk = new byte[0];
    private int read;
    private boolean ended;

    /**
     * @param backup the name of the backup, part of the key of its files
     * @param name of the file
     */
    SealedInput(InputStream from, BackupKey key, String backup, String name) throws IOException {
        this.from = from;
        this.name = name;
        byte[] salt = from.readNBytes(Seal.SALT);
        if (salt.length < Seal.SALT) {
            throw new DamagedFile(name, "is cut off");
        }
        this.seal = Seal.decrypting(key, salt, BackupFileWriter.sealedName(backup, name));
        this.next = from.readNBytes(Seal.CHUNK + Seal.TAG);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (read == chunk.length) {
            if (ended) {
                return -1;
            }
            open();
        }
        int part = Math.min(length, chunk.length - read);
        System.arraycopy(chunk, read, bytes, offset, part);
        read += part;
        return part;
    }

    private void open() throws IOException {
        byte[] present = next;
        next = from.readNBytes(Seal.CHUNK + Seal.TAG);
        ended = next.length == 0;
        byte[] opened = present.length < Seal.TAG ? null : seal.next(present, present.length, ended);
        if (opened == null) {
            throw new DamagedFile(
                    name,
                    "is not authentic in chunk " + Math.max(1, seal.count())
                            + ": it was changed or cut off, or belongs to another backup or key");
        }
        chunk = opened;
        read = 0;
    }

    @Override
    public void close() throws IOException {
        from.close();
    }
}
