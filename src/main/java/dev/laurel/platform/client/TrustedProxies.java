package dev.laurel.platform.client;

import dev.laurel.platform.client.ProxyConfig.Header;

import java.util.List;

/**
 * Finds the client behind proxies: the last hop that no trusted proxy is. Hops before it may have been invented by the client.
 */
public final class TrustedProxies {
    private final List<Cidr> trusted;
    private final Header header;

    TrustedProxies(List<String> trusted, Header header) {
        this.trusted = trusted.stream().map(text -> Cidr.of(text.strip())).toList();
        this.header = header;
    }

    /** Those that are configured. */
    public static TrustedProxies of(ProxyConfig config) {
        return new TrustedProxies(config.trusted().orElse(List.of()), config.header());
    }

    /** The header to be read. */
    String headerName() {
        return header == Header.FORWARDED ? "Forwarded" : "X-Forwarded-For";
    }

    /** Whether an address is that of one of them. */
    public boolean trust(IpAddress address) {
        for (Cidr range : trusted) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param peer of the connection
     * @param headers all values of the header, in their order
     */
    IpAddress client(IpAddress peer, List<String> headers) {
        IpAddress client = peer;
        List<IpAddress> hops = header == Header.FORWARDED
                ? ForwardedHops.ofForwarded(headers)
                : ForwardedHops.ofXForwardedFor(headers);
        for (IpAddress hop : hops) {
            if (hop == null || !trust(client)) {
                return client;
            }
            client = hop;
        }
        return client;
    }
}
