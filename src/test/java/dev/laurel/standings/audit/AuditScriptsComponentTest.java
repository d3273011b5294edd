package dev.laurel.standings.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.standings.redis.ScriptedWindow;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The scripts by which the audit reads Redis, on a real one. */
@QuarkusTest
class AuditScriptsComponentTest extends ScriptedWindow {
    private static final String TIE = "8000000000ff";

    @BeforeEach
    void aCompleteWindow() {
        begin("loader");
        load("loader", "ann", "3", "-30", TIE, "bob", "1", "-9007199254740991", TIE);
        finish("loader");
    }

    @AfterEach
    void removeTheWindow() {
        send(Command.DEL, set, hash, lease);
    }

    @Test
    void playersAreToldWithTheSizes() {
        assertThat(texts(run("audit_players", List.of(set, hash), "bob", "nobody", "ann")))
                .containsExactly(
                        "2", "2", "1:-9007199254740991:" + TIE, "-9007199254740991", "", "", "3:-30:" + TIE, "-30");
        assertThat(texts(run("audit_players", List.of(set, hash)))).containsExactly("2", "2");
    }

    @Test
    void whatTheSetDoesNotHaveLikeTheHashIsTold() {
        send(Command.ZADD, set, "-31", TIE + "ann");
        send(Command.ZREM, set, TIE + "bob");

        assertThat(texts(run("audit_players", List.of(set, hash), "ann", "bob")))
                .containsExactly("2", "1", "3:-30:" + TIE, "-31", "1:-9007199254740991:" + TIE, "");
    }

    @Test
    void sizesAreToldOfEachRankingWhateverItsState() {
        assertThat(texts(run("sizes", List.of(set, hash, set, hash + ":none")))).containsExactly("2", "2", "-1", "0");
        send(Command.ZREM, set, TIE + "bob");
        assertThat(texts(run("sizes", List.of(set, hash)))).containsExactly("2", "1");

        run("retire", List.of(set, hash, lease), "60000");

        assertThat(texts(run("sizes", List.of(set, hash)))).containsExactly("-2", "0");
    }

    @Test
    void aScanMeetsEveryPlayerAndNoMarker() {
        Set<String> expected = new TreeSet<>(Set.of("ann", "bob"));
        for (int i = 0; i < 2_000; i++) {
            apply("p" + i, "1", "-1", TIE);
            expected.add("p" + i);
        }

        Set<String> met = new TreeSet<>();
        String cursor = "0";
        int steps = 0;
        do {
            List<String> answer = new ArrayList<>(texts(run("audit_scan", List.of(hash), cursor, "100")));
            cursor = answer.remove(0);
            met.addAll(answer);
            steps++;
        } while (!cursor.equals("0"));

        assertThat(met).isEqualTo(expected);
        assertThat(steps).isGreaterThan(10);
    }

    @Test
    void aWindowThatIsNotReadIsNotCompared() {
        assertThat(run("loaded", List.of(hash)).toInteger()).isEqualTo(1);
        send(Command.HSET, hash, "!", "another-life");

        assertThat(run("audit_players", List.of(set, hash), "ann")).isNull();
        assertThat(run("audit_scan", List.of(hash), "0", "10")).isNull();
        assertThat(run("loaded", List.of(hash)).toInteger()).isZero();

        run("retire", List.of(set, hash, lease), "60000");
        assertThat(run("audit_players", List.of(set, hash), "ann").toString()).isEqualTo("CLOSED");
        assertThat(run("audit_scan", List.of(hash), "0", "10").toString()).isEqualTo("CLOSED");
    }
}
