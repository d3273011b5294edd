package dev.laurel.platform.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script from the class path.
 *
 * @param name of its file without extension
 * @param source its text
 * @param sha its SHA-1, by which Redis knows it once it has run
 */
public record RedisScript(String name, String source, String sha) {
    /** The script of {@code /redis/<name>.lua}. */
    public static RedisScript load(String name) {
        return of(name, text(name));
    }

    /** As {@link #load(String)}, preceded by functions from another file. */
    public static RedisScript load(String functions, String name) {
        return of(name, text(functions) + text(name));
    }

    /** As {@link #load(String, String)}, with the text of further files before and after it. */
    public static RedisScript enclosed(String functions, String before, String name, String after) {
        return of(name + "+" + after, text(functions) + text(before) + text(name) + text(after));
    }

    private static RedisScript of(String name, String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return new RedisScript(name, text, HexFormat.of().formatHex(sha));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String name) {
        String path = "/redis/" + name + ".lua";
        try (InputStream in = RedisScript.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("Script missing from the class path: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
