package dev.laurel.platform.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script of the class path.
 *
 * @param name of its file without ending
 * @param source its text
 * @param sha its SHA-1, by which Redis knows it once it has run
 */
public record RedisScript(String name, String source, String sha) {
    /** The script of {@code /redis/<name>.lua}. */
    public static RedisScript load(String name) {
        String path = "/redis/" + name + ".lua";
        try (InputStream in = RedisScript.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("script missing from the class path: " + path);
            }
            byte[] bytes = in.readAllBytes();
            byte[] sha = MessageDigest.getInstance("SHA-1").digest(bytes);
            return new RedisScript(
                    name,
                    new String(bytes, StandardCharsets.UTF_8),
                    HexFormat.of().formatHex(sha));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
