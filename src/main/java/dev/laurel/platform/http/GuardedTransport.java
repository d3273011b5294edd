package dev.laurel.platform.http;

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

/**
 * The JDK transport with a guard on each connection that a server accepts: all servers in this program speak HTTP. The
 * framework has no other hook that sees a connection before its first request.
 */
final class GuardedTransport extends JDKTransport {
    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        super.configure(options, domainSocket, bootstrap);
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        bootstrap.handler(new Accepted(
                limits(config.getConfigMapping(VertxHttpConfig.class).limits()),
                Patience.of(config.getConfigMapping(HttpConfig.class))));
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
        private final HttpServerOptions options;
        private final Patience patience;

        Accepted(HttpServerOptions options, Patience patience) {
            this.options = options;
            this.patience = patience;
        }

        @Override
        public void channelRead(ChannelHandlerContext server, Object accepted) {
            ((Channel) accepted).pipeline().addLast(new ConnectionGuard(options, patience));
            server.fireChannelRead(accepted);
        }
    }
}
