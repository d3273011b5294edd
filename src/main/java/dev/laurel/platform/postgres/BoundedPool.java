package dev.laurel.platform.postgres;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;

import java.util.List;

/** Creates the connection pool with bounds that its settings do not offer. */
@Singleton
class BoundedPool implements PgPoolCreator {
    /** Statements that may wait for a connection; each caller abandons its statement at the deadline. */
    private static final int MAX_WAITING = 4_096;

    /** Timeout for connecting, in milliseconds. */
    private static final int CONNECT_TIMEOUT = 2_000;

    private final PostgresConfig config;

    BoundedPool(PostgresConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        PoolOptions options = input.poolOptions()
                // Statements have deadlines of their own. The pool's timeout would cost a timer for each, which is not
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

    /** The next transaction may reach another server, which does not have the prepared statements. */
    private static void keepNothing(PgConnectOptions connect) {
        connect.setUseLayer7Proxy(true).setCachePreparedStatements(false);
    }
}
