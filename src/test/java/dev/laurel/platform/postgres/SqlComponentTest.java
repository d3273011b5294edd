package dev.laurel.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.Unavailable;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

@QuarkusTest
class SqlComponentTest {
    private static final String COUNT = "select count(*)::int from sql_trial";
    private static final String INSERT = "insert into sql_trial values ($1)";
    private static final String SLEEP = "select pg_sleep(60)";
    private static final String SLEEPING =
            "select count(*)::int from pg_stat_activity where state = 'active' and query = '" + SLEEP + "'";
    private static final Duration DEADLINE = Duration.ofMillis(1_500);

    @Inject
    Pool pool;

    @Inject
    Sql sql;

    @Inject
    RequestRole role;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    private Sql hurried;

    @BeforeEach
    void prepare() {
        hurried = new Sql(pool, new Deadline(DEADLINE), role);
        run("drop table if exists sql_trial");
        run("create table sql_trial (number integer primary key)");
    }

    @AfterEach
    void tidyUp() {
        run("drop table sql_trial");
    }

    @Test
    void aTransactionIsWrittenWhenItsWorkHasEnded() {
        int seen = answer(sql.inTransaction(transaction ->
                transaction.run(INSERT, 1).chain(() -> transaction.run(COUNT)).map(SqlComponentTest::number)));

        assertThat(seen).isEqualTo(1);
        assertThat(number(run(COUNT))).isEqualTo(1);
    }

    @Test
    void whatTheWorkFailsWithUndoesItAndIsTold() {
        Uni<Object> work =
                sql.inTransaction(transaction -> transaction.run(INSERT, 1).chain(() -> Uni.createFrom()
                        .failure(new Conflict("somebody else was first"))));

        assertThatThrownBy(() -> answer(work)).isInstanceOf(Conflict.class);
        assertThat(number(run(COUNT))).isZero();
    }

    @Test
    void aRefusedStatementUndoesTheOnesBefore() {
        Uni<RowSet<Row>> work =
                sql.inTransaction(transaction -> transaction.run(INSERT, 1).chain(() -> transaction.run(INSERT, 1)));

        assertThatThrownBy(() -> answer(work)).isInstanceOf(PgException.class).hasMessageContaining("duplicate key");
        assertThat(number(run(COUNT))).isZero();
    }

    @Test
    void aFaultOfTheWorkIsNotPostgresBeingAway() {
        Uni<Object> work =
                sql.inTransaction(transaction -> transaction.run(INSERT, 1).map(written -> {
                    throw new IllegalStateException("a fault");
                }));

        assertThatThrownBy(() -> answer(work)).isInstanceOf(IllegalStateException.class);
        assertThat(number(run(COUNT))).isZero();
    }

    @Test
    void aTransactionOverTheDeadlineIsEndedByPostgres() {
        CompletableFuture<RowSet<Row>> work = hurried.inTransaction(
                        transaction -> transaction.run(INSERT, 1).chain(() -> transaction.run(SLEEP)))
                .subscribeAsCompletionStage();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(number(run(SLEEPING))).isEqualTo(1));
        await().atMost(Duration.ofSeconds(30)).until(work::isDone);
        assertThatThrownBy(work::join).hasCauseInstanceOf(Unavailable.class);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(number(run(SLEEPING))).isZero());
        assertThat(number(run(COUNT))).isZero();
    }

    @Test
    void whoeverHasGivenUpWaitingForAConnectionChangesNothing() {
        Pool narrow = Pool.newInstance(PgBuilder.pool()
                .connectingTo(PgConnectOptions.fromUri(url.replace("vertx-reactive:", ""))
                        .setUser(user)
                        .setPassword(password))
                .with(new PoolOptions().setMaxSize(1))
                .using(vertx)
                .build());
        Sql crowded = new Sql(narrow, new Deadline(DEADLINE), role);
        SqlConnection held = answer(narrow.getConnection());
        try {
            Uni<RowSet<Row>> work = crowded.inTransaction(transaction -> transaction.run(INSERT, 1));

            assertThatThrownBy(() -> answer(work)).isInstanceOf(Unavailable.class);
            answer(held.close());
            // Whoever is behind in the queue gets the connection when the first has had it.
            answer(crowded.inTransaction(transaction -> transaction.run(COUNT)));
            assertThat(number(run(COUNT))).isZero();
        } finally {
            answer(narrow.close());
        }
    }

    private RowSet<Row> run(String statement) {
        return answer(sql.run(statement));
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(30));
    }

    private static int number(RowSet<Row> rows) {
        return rows.iterator().next().getInteger(0);
    }

    /** Settings of which only the deadline of requests is of interest. */
    private record Deadline(Duration deadline) implements PostgresConfig {
        @Override
        public Optional<String> requestRole() {
            return Optional.empty();
        }

        @Override
        public Optional<String> url() {
            return Optional.empty();
        }

        @Override
        public Optional<String> user() {
            return Optional.empty();
        }

        @Override
        public Optional<String> password() {
            return Optional.empty();
        }

        @Override
        public Optional<String> migrationUrl() {
            return Optional.empty();
        }

        @Override
        public boolean migrateAtStart() {
            return false;
        }

        @Override
        public boolean pooler() {
            return false;
        }

        @Override
        public Duration jobDeadline() {
            return deadline;
        }
    }
}
