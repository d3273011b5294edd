package dev.laurel.platform.http.connection;

import dev.laurel.platform.client.IpAddress;
import dev.laurel.platform.client.ProxyConfig;
import dev.laurel.platform.client.TrustedProxies;
import dev.laurel.platform.http.connection.OpenConnections.Refused;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.quarkus.vertx.http.runtime.ServerLimitsConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The JDK transport with a guard on each connection that a server accepts: all servers in this program speak HTTP. The
 * framework has no other hook that sees a connection before its first request.
 */
final class GuardedTransport extends JDKTransport {
    private static final Logger LOG = Logger.getLogger(GuardedTransport.class);

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        super.configure(options, domainSocket, bootstrap);
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        ConnectionConfig bounds = config.getConfigMapping(ConnectionConfig.class);
        TrustedProxies proxies = TrustedProxies.of(config.getConfigMapping(ProxyConfig.class));
        bootstrap.handler(new Accepted(
                limits(config.getConfigMapping(VertxHttpConfig.class).limits()),
                Patience.of(bounds),
                new OpenConnections(
                        ConnectionConfig.max(bounds),
                        ConnectionConfig.maxPerAddress(bounds),
                        peer -> peer.isLoopback() || proxies.trust(peer)),
                options.isSsl()));
    }

    /** This method receives the options of any server, without those for HTTP. */
    private static HttpServerOptions limits(ServerLimitsConfig limits) {
        return new HttpServerOptions()
                .setMaxInitialLineLength(limits.maxInitialLineLength())
                .setMaxHeaderSize(limits.maxHeaderSize().asBigInteger().intValueExact())
                .setMaxChunkSize(limits.maxChunkSize().asBigInteger().intValueExact());
    }

    /** Sees each connection before the server has installed its own handlers. */
    @Sharable
    private static final class Accepted extends ChannelInboundHandlerAdapter {
        private static final IpAddress UNKNOWN = IpAddress.parse("127.0.0.1");

        private final HttpServerOptions options;
        private final Patience patience;
        private final OpenConnections connections;
        private final boolean encrypted;
        /** Once is enough: the counter has the rest. */
        private final AtomicBoolean warned = new AtomicBoolean();

        Accepted(HttpServerOptions options, Patience patience, OpenConnections connections, boolean encrypted) {
            this.options = options;
            this.patience = patience;
            this.connections = connections;
            this.encrypted = encrypted;
        }

        @Override
        public void channelRead(ChannelHandlerContext server, Object accepted) {
            Channel connection = (Channel) accepted;
            IpAddress peer = peer(connection);
            Refused refused = connections.open(peer);
            ConnectionFigures.ALL.opened();
            connection.closeFuture().addListener(closed -> {
                connections.close(peer);
                ConnectionFigures.ALL.closed();
            });
            if (refused == null) {
                connection.pipeline().addLast(new ConnectionGuard(options, patience));
            } else {
                ConnectionFigures.ALL.refused(refused).increment();
                warn(refused, peer);
                connection.pipeline().addLast(new RefusedConnection(encrypted));
            }
            server.fireChannelRead(accepted);
        }

        private void warn(Refused refused, IpAddress peer) {
            if (refused == Refused.ADDRESS && warned.compareAndSet(false, true)) {
                LOG.warnf(
                        "Connections of %s are refused, as it has too many; if it is a proxy or a load balancer, name it in"
                                + " laurel.proxy.trusted, or set laurel.http.max-connections-per-address",
                        peer);
            }
        }

        /** A connection that has ended by now, or is none of a network, counts for nobody. */
        private static IpAddress peer(Channel connection) {
            return connection.remoteAddress() instanceof InetSocketAddress socket && socket.getAddress() != null
                    ? IpAddress.of(socket.getAddress())
                    : UNKNOWN;
        }
    }
}
