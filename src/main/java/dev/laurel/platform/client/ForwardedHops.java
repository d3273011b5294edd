package dev.laurel.platform.client;

import java.util.ArrayList;
import java.util.List;

/** The hops that a forwarding header names, from the client to the last proxy but one; each proxy appends its peer. */
final class ForwardedHops {
    /** More are not looked at: no installation has as many proxies. */
    private static final int MAX = 64;

    private static final String FOR = "for=";

    private ForwardedHops() {}

    /** The hops of {@code X-Forwarded-For}, last one first; null for one that is no address. */
    static List<IpAddress> ofXForwardedFor(List<String> headers) {
        List<IpAddress> hops = new ArrayList<>();
        for (String element : lastFirst(headers, ',')) {
            hops.add(address(element.strip()));
        }
        return hops;
    }

    /** The hops of {@code Forwarded} of RFC 7239, last one first; null for one that is unknown or obfuscated. */
    static List<IpAddress> ofForwarded(List<String> headers) {
        List<IpAddress> hops = new ArrayList<>();
        for (String element : lastFirst(headers, ',')) {
            IpAddress hop = null;
            for (String pair : lastFirst(List.of(element), ';')) {
                String trimmed = pair.strip();
                if (trimmed.regionMatches(true, 0, FOR, 0, FOR.length())) {
                    hop = address(unquoted(trimmed.substring(FOR.length()).strip()));
                }
            }
            hops.add(hop);
        }
        return hops;
    }

    /** Splits all headers, whose order is that of the hops, where no quotes are open. */
    private static List<String> lastFirst(List<String> headers, char separator) {
        List<String> elements = new ArrayList<>();
        for (int i = headers.size() - 1; i >= 0; i--) {
            String header = headers.get(i);
            int end = header.length();
            boolean quoted = false;
            for (int at = end - 1; at >= 0 && elements.size() < MAX; at--) {
                char c = header.charAt(at);
                quoted ^= c == '"';
                if (c == separator && !quoted) {
                    elements.add(header.substring(at + 1, end));
                    end = at;
                }
            }
            elements.add(header.substring(0, end));
        }
        return elements;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** An address, which may have a port, and brackets if it is of IPv6. */
    private static IpAddress address(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            boolean sound = end > 0 && (end + 1 == text.length() || text.charAt(end + 1) == ':');
            return sound ? IpAddress.parse(text.substring(1, end)) : null;
        }
        int colon = text.indexOf(':');
        boolean port = colon >= 0 && colon == text.lastIndexOf(':');
        return IpAddress.parse(port ? text.substring(0, colon) : text);
    }
}
