package dev.laurel.platform.client;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Tells the address of a request's client: the peer of its connection, unless that is a trusted proxy that names another one.
 */
@ApplicationScoped
public class ClientAddress {
    private static final IpAddress UNKNOWN = IpAddress.parse("0.0.0.0");

    private final TrustedProxies proxies;

    ClientAddress(ProxyConfig config) {
        this.proxies = TrustedProxies.of(config);
    }

    /** The address; {@code 0.0.0.0} when the connection has ended before it could be asked. */
    public IpAddress of(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String host = remote == null ? null : remote.hostAddress();
        IpAddress peer = host == null ? null : IpAddress.parse(withoutZone(host));
        if (peer == null) {
            return UNKNOWN;
        }
        return proxies.trust(peer) ? proxies.client(peer, request.headers().getAll(proxies.headerName())) : peer;
    }

    private static String withoutZone(String host) {
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }
}
