package dev.laurel.web.body;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Tells texts in UTF-8 from other bytes. Readers of JSON are lenient: they take characters that are written with more bytes than
 * needed, so that two texts would be one.
 */
final class Utf8 {
    private static final int PIECE = 4_096;

    private Utf8() {}

    /** Whether these bytes are UTF-8 by RFC 3629, without {@code NUL}: JSON has none, and readers take it for UTF-16. */
    static boolean isText(byte[] bytes, int length) {
        boolean beyondAscii = false;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                return false;
            }
            beyondAscii |= bytes[i] < 0;
        }
        return !beyondAscii || isDecodable(ByteBuffer.wrap(bytes, 0, length));
    }

    private static boolean isDecodable(ByteBuffer bytes) {
        // As it is, it reports what is wrong.
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer discarded = CharBuffer.allocate(Math.min(bytes.remaining(), PIECE));
        while (true) {
            CoderResult result = decoder.decode(bytes, discarded, true);
            if (!result.isOverflow()) {
                return result.isUnderflow();
            }
            discarded.clear();
        }
    }
}
