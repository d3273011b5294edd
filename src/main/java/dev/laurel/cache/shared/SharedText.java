package dev.laurel.cache.shared;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Finished responses as texts in Redis: compressed where they are long. */
final class SharedText {
    /** Beyond that a response is compressed, in bytes. */
    private static final int LONG = 1_024;

    private static final char PLAIN = 'j';
    private static final char COMPRESSED = 'z';

    private SharedText() {}

    static String of(byte[] body) {
        if (body.length <= LONG) {
            return PLAIN + new String(body, StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(compressed)) {
            deflater.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return COMPRESSED + Base64.getEncoder().encodeToString(compressed.toByteArray());
    }

    /** @throws IllegalArgumentException when it is none */
    static byte[] read(String text) {
        String content = text.substring(1);
        if (text.charAt(0) == PLAIN) {
            return content.getBytes(StandardCharsets.UTF_8);
        }
        byte[] compressed = Base64.getDecoder().decode(content);
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            return inflater.readAllBytes();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read", e);
        }
    }
}
