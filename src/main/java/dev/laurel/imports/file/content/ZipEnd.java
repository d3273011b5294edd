package dev.laurel.imports.file.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The end of a zip archive, checked before anything reads the list of its entries: that list is held in memory, and an
 * archive made to do harm has millions of them.
 */
final class ZipEnd {
    /** Bytes of the longest list of entries: some thousands. */
    static final int LONGEST_LIST = 1 << 20;

    private static final int END = 0x06054b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int END_LENGTH = 22;
    private static final int LOCATOR_LENGTH = 20;
    private static final int LIST_OFFSET = 16;
    private static final int LONGEST_COMMENT = 0xffff;

    private ZipEnd() {}

    static void check(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long from = Math.max(0, channel.size() - END_LENGTH - LONGEST_COMMENT - LOCATOR_LENGTH);
            ByteBuffer tail = ByteBuffer.allocate((int) (channel.size() - from)).order(ByteOrder.LITTLE_ENDIAN);
            channel.position(from);
            while (tail.hasRemaining() && channel.read(tail) >= 0) {
                // until the end
            }
            check(tail.flip(), from);
        }
    }

    private static void check(ByteBuffer tail, long from) {
        int end = tail.limit() - END_LENGTH;
        while (end >= 0 && tail.getInt(end) != END) {
            end--;
        }
        if (end < 0) {
            throw Refusal.of("is a truncated zip archive: it has no end");
        }
        if (end >= LOCATOR_LENGTH && tail.getInt(end - LOCATOR_LENGTH) == LOCATOR_64) {
            throw Refusal.of("is a zip archive in the form for very large files");
        }
        long list = Integer.toUnsignedLong(tail.getInt(end + LIST_OFFSET));
        if (from + end - list > LONGEST_LIST) {
            throw Refusal.of("is a zip archive with too many entries");
        }
    }
}
