package dev.laurel.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.Unavailable;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;

@QuarkusTest
class SqlComponentTest {
    private static final String COUNT = "select count(*)::int from sql_trial";
    private static final String INSERT = "insert into sql_trial values ($1)";

    @Inject
    Pool pool;

    @Inject
    Sql sql;

    @BeforeEach
    void prepare() {
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
    void aTransactionOverTheDeadlineIsEndedByPostgres() {
        Sql hurried = new Sql(pool, new Deadline(Duration.ofMillis(200)));
        Uni<RowSet<Row>> work = hurried.inTransaction(
                transaction -> transaction.run(INSERT, 1).chain(() -> transaction.run("select pg_sleep(60)")));

        assertThatThrownBy(() -> answer(work)).isInstanceOf(Unavailable.class);
        await().untilAsserted(() -> assertThat(
                        number(
                                run(
                                        "select count(*)::int from pg_stat_activity where state = 'active' and query = 'select pg_sleep(60)'")))
                .isZero());
        assertThat(number(run(COUNT))).isZero();
    }

    private RowSet<Row> run(String statement) {
        return answer(sql.run(statement));
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(10));
    }

    private static int number(RowSet<Row> rows) {
        return rows.iterator().next().getInteger(0);
    }

    /** Settings of which only the deadline of requests is of interest. */
    private record Deadline(Duration deadline) implements PostgresConfig {
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
