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
 * The sockets of Java, with a guard on each connection that a server accepts: all servers of this program are of HTTP.
 * The framework offers no other place from which a connection is seen before its first request.
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

    /** What is given to us here are the options of any server, without those of HTTP. */
    private static HttpServerOptions limits(ServerLimitsConfig limits) {
        return new HttpServerOptions()
                .setMaxInitialLineLength(limits.maxInitialLineLength())
                .setMaxHeaderSize(limits.maxHeaderSize().asBigInteger().intValueExact())
                .setMaxChunkSize(limits.maxChunkSize().asBigInteger().intValueExact());
    }

    /** Sees each connection before the server has put its own handlers into it. */
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
