package dev.laurel.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Values that break careless programs, as text, as JSON, and as bytes. */
final class HostileValues {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\0",
            "a\0b",
            "\u0001\u001f",
            "\u007f\u0085",
            "\r\n",
            "a\r\nSet-Cookie: x=1",
            "\t",
            "\ud800",
            "\udc00\ud800",
            "\uffff",
            "\ufeff",
            "\u202e\u200b\u2028",
            "e\u0301",
            "\u0130\u0131\u00df",
            "\ud83d\udc69\u200d\ud83d\ude80",
            "\udb40\udc01",
            "' OR '1'='1",
            "'; DROP TABLE board; --",
            "$1",
            "%s%n%x",
            "%",
            "%00",
            "_",
            "\\",
            "\\u0000",
            "\"",
            "*",
            "{tag}",
            "}{",
            "return redis.call('FLUSHALL')",
            "]]; os.exit()",
            "<script>alert(1)</script>",
            "=cmd|' /C calc'!A0",
            "../../etc/passwd",
            ".",
            "..",
            "/",
            "a/b",
            ";",
            "?x=1",
            "#",
            "${jndi:ldap://x}",
            "#{1+1}",
            "null",
            "NaN",
            "Infinity",
            "-0",
            "0x10",
            "1e400",
            "1E-400",
            "9007199254740993",
            "-9223372036854775809",
            "99999999999999999999999999",
            "1_000",
            "١٢٣",
            "true",
            "[]",
            "{}",
            "2026-02-30",
            "0000-00-00T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "PT9223372036854775807S",
            "P-1D",
            "Europe/Berlin\0",
            "2026-W99",
            "2026-11-20#99999999999",
            "__proto__",
            "bmV4dA==",
            "eyJ2IjoxfQ",
            "AAAAAAAAAAAAAAAAAAAAAA",
            "W/\"*\"",
            "*, \"a\"");

    private static final List<String> JSON = List.of(
            "null",
            "true",
            "0",
            "-0",
            "-1",
            "0.1",
            "1e400",
            "-1e400",
            "1e-400",
            "9007199254740993",
            "99999999999999999999999999999999",
            "123456789012345678901234567890.123456789",
            "1.7976931348623157e308",
            "[]",
            "[null]",
            "[[]]",
            "[null,null,1]",
            "{}",
            "{\"\":null}",
            "{\"a\":{\"b\":[null]}}",
            "{\"\\u0000\":1}",
            "{\"a\":1,\"a\":2}",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800x\"",
            "[\"a\",null]",
            "[\"a\\u0000\"]",
            "[1,\"a\",{},[]]");

    private static final List<String> BODIES = List.of(
            "",
            " ",
            "null",
            "[]",
            "{}",
            "{",
            "}",
            "\"",
            "nul",
            "{]",
            "[null]",
            "1",
            "\"text\"",
            "{\"a\":}",
            "{\"a\":1}{\"a\":1}",
            "{\"a\":1,\"a\":2}",
            "\ufeff{}",
            "{\"\\ud800\":1}",
            "{\"\u0000\":1}",
            "// comment\n{}",
            "{'a':1}",
            "{\"a\":NaN}",
            "{\"a\":01}",
            "\0",
            "--x\r\nContent-Disposition: form-data\r\n\r\n");

    private static final int LONG = 3_000;
    private static final int VERY_LONG = 200_000;
    private static final int DEEP = 5_000;

    private final Random random;

    HostileValues(Random random) {
        this.random = random;
    }

    /** For an address or a header: long, but not longer than a request line may be. */
    String text() {
        return switch (random.nextInt(12)) {
            case 0 -> one(TEXTS).repeat(1 + random.nextInt(5));
            case 1 -> noise(1 + random.nextInt(40));
            case 2 -> "a".repeat(random.nextInt(LONG));
            case 3 -> "alice" + one(TEXTS);
            default -> one(TEXTS);
        };
    }

    /** A value of JSON, written out. */
    String json() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> one(JSON);
            case 4 -> "[".repeat(DEEP) + "]".repeat(DEEP);
            case 5 -> quoted("x".repeat(random.nextInt(VERY_LONG)));
            case 6 -> "9".repeat(1 + random.nextInt(LONG));
            default -> quoted(text());
        };
    }

    byte[] body() {
        return switch (random.nextInt(6)) {
            case 0 -> bytes(1 + random.nextInt(200));
            case 1 -> ("{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP)).getBytes(StandardCharsets.UTF_8);
            case 2 -> ("[" + "null,".repeat(DEEP) + "null]").getBytes(StandardCharsets.UTF_8);
            default -> one(BODIES).getBytes(StandardCharsets.UTF_8);
        };
    }

    /** JSON text of a string; what UTF-8 cannot carry is escaped. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\' || c < ' ' || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String noise(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(Character.MAX_VALUE + 1));
        }
        return text.toString();
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
