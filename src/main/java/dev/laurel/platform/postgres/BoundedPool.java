package dev.laurel.platform.postgres;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;

import java.util.List;

/** Makes the pool of connections with the bounds that its settings do not offer. */
@Singleton
class BoundedPool implements PgPoolCreator {
    /** Statements that may wait for a connection; each is given up at its deadline by whoever sent it. */
    private static final int MAX_WAITING = 4_096;

    /** To connect, in milliseconds. */
    private static final int CONNECT_TIMEOUT = 2_000;

    private final PostgresConfig config;

    BoundedPool(PostgresConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        PoolOptions options = input.poolOptions()
                // Statements have deadlines of their own. The pool's would cost a timer for each, and one that is not
                // stopped when a connection is refused.
                .setConnectionTimeout(0)
                .setMaxWaitQueueSize(MAX_WAITING);
        input.pgConnectOptionsList().forEach(connect -> connect.setConnectTimeout(CONNECT_TIMEOUT));
        if (config.pooler()) {
            input.pgConnectOptionsList().forEach(BoundedPool::keepNothing);
        }
        return PgBuilder.pool()
                .with(options)
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }

    /** The next transaction may find another server, which knows nothing of what was prepared. */
    private static void keepNothing(PgConnectOptions connect) {
        connect.setUseLayer7Proxy(true).setCachePreparedStatements(false);
    }
}
