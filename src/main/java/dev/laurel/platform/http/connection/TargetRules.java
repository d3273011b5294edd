package dev.laurel.platform.http.connection;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The rules for the target of a request: characters of RFC 3986, and escapes that decode to UTF-8. Most targets pass in
 * one scan without allocation.
 */
final class TargetRules {
    private static final String RULE = "must be percent-encoded UTF-8";
    private static final int ASCII = 128;

    /** Characters allowed unescaped in a path: unreserved characters, delimiters, and the slash. */
    private static final boolean[] IN_PATH = allowed("-._~!$&'()*+,;=:@/");

    private static final boolean[] IN_QUERY = allowed("-._~!$&'()*+,;=:@/?[]");

    private TargetRules() {}

    private static boolean[] allowed(String punctuation) {
        boolean[] allowed = new boolean[ASCII];
        for (char c = 0; c < ASCII; c++) {
            allowed[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
        }
        punctuation.chars().forEach(c -> allowed[c] = true);
        return allowed;
    }

    /** Why a target is refused, naming the offending part; null when it is acceptable. */
    static Refusal refusalOf(String target) {
        if (!target.startsWith("/") || target.startsWith("//")) {
            return isUri(target) && !"*".equals(target) ? null : Refusal.malformed("path", "must begin with one slash");
        }
        int query = target.indexOf('?');
        int pathEnd = query < 0 ? target.length() : query;
        if (isBroken(target, 0, pathEnd, IN_PATH)) {
            return Refusal.malformed("path", RULE);
        }
        for (int from = pathEnd + 1; from <= target.length(); ) {
            int next = target.indexOf('&', from);
            int end = next < 0 ? target.length() : next;
            if (isBroken(target, from, end, IN_QUERY)) {
                return Refusal.malformed(parameter(target.substring(from, end)), RULE);
            }
            from = end + 1;
        }
        return null;
    }

    private static boolean isUri(String target) {
        try {
            new URI(target);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String parameter(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        return name.isEmpty() || isBroken(name, 0, name.length(), IN_PATH) ? "query" : name;
    }

    private static boolean isBroken(String target, int from, int to, boolean[] plain) {
        boolean beyondAscii = false;
        for (int i = from; i < to; i++) {
            char c = target.charAt(i);
            if (c == '%') {
                if (i + 2 >= to
                        || !HexFormat.isHexDigit(target.charAt(i + 1))
                        || !HexFormat.isHexDigit(target.charAt(i + 2))) {
                    return true;
                }
                beyondAscii |= target.charAt(i + 1) >= '8';
                i += 2;
            } else if (c >= ASCII || !plain[c]) {
                return true;
            }
        }
        return beyondAscii && !isUtf8(target, from, to);
    }

    private static boolean isUtf8(String target, int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            char c = target.charAt(i);
            if (c == '%') {
                bytes.write(HexFormat.fromHexDigits(target, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
