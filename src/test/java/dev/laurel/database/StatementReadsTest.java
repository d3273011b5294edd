package dev.laurel.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements are explained. */
class StatementReadsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                " select a, b\nfrom t where c = $1 order by a limit $2",
                "SELECT x FROM (SELECT 1 AS x) s;\n",
                "SELECT updated_at, information FROM t"
            })
    void plainSelectsAre(String text) {
        assertThat(StatementReads.isPlainSelect(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECTED",
                "INSERT INTO t SELECT 1",
                "WITH gone AS (DELETE FROM t RETURNING a) SELECT a FROM gone",
                "SELECT 1; DROP TABLE t",
                "SELECT 1; SELECT 2",
                "SELECT a INTO copy FROM t",
                "SELECT a FROM t FOR UPDATE",
                "SELECT a FROM t for  no key\nupdate skip locked",
                "SELECT a FROM t FOR SHARE",
                "EXPLAIN ANALYZE SELECT 1",
                "/* hidden */ DELETE FROM t",
                "VACUUM t"
            })
    void othersAreNot(String text) {
        assertThat(StatementReads.isPlainSelect(text)).isFalse();
    }
}
