package dev.laurel.standings.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The log of a window's changes on a real Redis. */
@QuarkusTest
class ChangesScriptComponentTest extends ScriptedWindow {
    private static final String TIE = "8000000000ff";
    private static final long QUARTER_MS = 900_000;

    private final String changes = base + ":changes";
    private final List<String> keys = List.of(set, hash, set, changes);

    @BeforeEach
    void aCompleteWindow() {
        loadAsBefore();
    }

    @AfterEach
    void removeTheWindow() {
        send(Command.DEL, set, hash, lease, changes);
    }

    /** As processes do that know no log: it is not among the keys. */
    private void loadAsBefore() {
        begin("loader");
        load("loader", "ann", "1", "-30", TIE, "bob", "1", "-20", TIE);
        assertThat(finish("loader")).isEqualTo(1);
    }

    private Response changes(String since) {
        return run("changes", keys, since, "500");
    }

    private String begin() {
        return changes("").get(0).toString();
    }

    private void score(String player, String version, String sort) {
        run("apply", keys, "COMPETITION+LOG", "", player, version, "2", sort, TIE);
    }

    private static boolean isLost(Response answer) {
        return answer.type() == ResponseType.NUMBER;
    }

    @Test
    void aPlaceLeadsToWhatHasChangedSince() {
        String begun = begin();
        score("ann", "2", "-31");
        score("cyd", "1", "-40");

        Response answer = changes(begun);

        assertThat(texts(answer).subList(1, 6)).containsExactly("0", "ann", "2:-31:" + TIE, "cyd", "1:-40:" + TIE);
        assertThat(changes(answer.get(0).toString()).size()).isEqualTo(2);
        assertThat(begin()).isEqualTo(answer.get(0).toString());
    }

    @Test
    void aLoadByAnOlderProcessIsNoticed() {
        String begun = begin();
        score("ann", "2", "-31");
        loadAsBefore();

        assertThat(isLost(changes(begun))).isTrue();
        String again = begin();
        assertThat(isLost(changes(again))).isFalse();
        // Also by whoever begins after the load, and before anybody has noticed it.
        loadAsBefore();
        String later = begin();
        loadAsBefore();
        assertThat(isLost(changes(later))).isTrue();
        assertThat(isLost(changes(again))).isTrue();
    }

    @Test
    void aLoadOfAWindowWithAnEndIsNoticed() {
        send(Command.PEXPIRE, hash, "600000");
        String begun = begin();
        assertThat(isLost(changes(begun))).isFalse();
        send(Command.PEXPIRE, hash, "600000");

        assertThat(isLost(changes(begun))).isTrue();
        assertThat(send(Command.EXISTS, changes).toInteger()).isZero();
    }

    @Test
    void theLogEndsSomeTimeAfterTheLastCall() {
        String begun = begin();
        assertThat(send(Command.PTTL, changes).toLong()).isBetween(1L, QUARTER_MS);
        send(Command.PEXPIRE, changes, "5000");
        score("ann", "2", "-31");
        assertThat(send(Command.PTTL, changes).toLong()).isLessThanOrEqualTo(5_000);

        changes(begun);

        assertThat(send(Command.PTTL, changes).toLong()).isBetween(QUARTER_MS / 2, QUARTER_MS);
        send(Command.DEL, changes);
        score("ann", "3", "-32");
        assertThat(send(Command.EXISTS, changes).toInteger()).isZero();
        assertThat(isLost(changes(begun))).isTrue();
    }

    @Test
    void anEntryHasAHundredPlayersAtMost() {
        String begun = begin();
        List<String> standings = new ArrayList<>(List.of("NEWER"));
        IntStream.range(0, 251).forEach(i -> standings.addAll(List.of("p" + i, "1:-5:" + TIE, "-5", TIE + "p" + i)));
        run("merge", keys, standings.toArray(String[]::new));

        // An entry is a list of its id and its fields with values.
        List<Integer> sizes = new ArrayList<>();
        send(Command.XRANGE, changes, "-", "+")
                .forEach(entry -> sizes.add(entry.get(1).size()));
        assertThat(sizes).containsExactly(2, 100, 100, 52);
        Response answer = changes(begun);
        assertThat(answer.size()).isEqualTo(2 + 2 * 251);
    }
}
