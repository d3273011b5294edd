package dev.laurel.standings.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** Each script of the standings on a real Redis. */
@QuarkusTest
class StandingsScriptsComponentTest extends ScriptedWindow {
    private static final String TIE = "8000000000ff";

    @BeforeEach
    void aCompleteWindow() {
        begin("loader");
        load("loader", "ann", "3", "-30", TIE, "bob", "1", "-20", TIE, "cyd", "2", "-20", TIE);
        assertThat(finish("loader")).isEqualTo(1);
    }

    @AfterEach
    void removeTheWindow() {
        send(Command.DEL, set, hash, lease);
    }

    @Test
    void applyTellsThePlacesBeforeAndAfter() {
        // ranked ahead before and after, players
        assertThat(numbers(apply("cyd", "3", "-40", TIE))).containsExactly(1, 0, 3);
        assertThat(numbers(apply("dan", "1", "-20", "8000000000fe"))).containsExactly(-1, 2, 4);
        assertThat(members()).containsExactly(TIE + "cyd", TIE + "ann", "8000000000fe" + "dan", TIE + "bob");
    }

    @Test
    void applyDeterminesOnlyTheRanksThatAreAskedFor() {
        assertThat(asked("0", "cyd", "3", "-40")).containsExactly(-1, 0, 3);
        assertThat(asked("1", "ann", "4", "-41")).containsExactly(-1, 0, 3);
        // The same value again, and an older version: the place that stands.
        assertThat(asked("1", "cyd", "4", "-40")).containsExactly(-1, 1, 3);
        assertThat(asked("1", "cyd", "1", "-1")).containsExactly(-1, 1, 3);
        assertThat(asked("2", "cyd", "1", "-1")).containsExactly(1, 1, 3);
        send(Command.HDEL, hash, "!");

        assertThat(asked("0", "cyd", "9", "-50")).as("not complete").containsExactly(-1, -1, 3);
    }

    private List<Integer> asked(String ranks, String player, String version, String sort) {
        return numbers(run("apply", List.of(set, hash), "COMPETITION", "", player, version, ranks, sort, TIE));
    }

    @Test
    @DisplayName("trap 6: an older or equal version changes nothing, and the answer tells what stands")
    void applyIgnoresWhatIsNotNewer() {
        assertThat(numbers(apply("ann", "3", "-1", TIE))).containsExactly(0, 0, 3);
        assertThat(numbers(apply("ann", "2", "-99", "8000000000fe"))).containsExactly(0, 0, 3);

        assertThat(members()).containsExactly(TIE + "ann", TIE + "bob", TIE + "cyd");
        assertThat(held("ann")).isEqualTo("3:-30:" + TIE);
    }

    @Test
    void playersMayBeNamedAsTheMarks() {
        begin("marks");
        load("marks", "!", "1", "-9", TIE, "?", "1", "-8", TIE, "ann", "1", "-7", TIE);
        load("marks", "!", "2", "-6", TIE, "?", "1", "-1", TIE);
        assertThat(finish("marks")).isEqualTo(1);

        assertThat(entries(page(0, 10))).containsExactly(TIE + "?", TIE + "ann", TIE + "!");
        assertThat(numbers(apply("?", "2", "-5", TIE))).containsExactly(0, 2, 3);
        assertThat(numbers(apply("!", "3", "-10", TIE))).containsExactly(1, 0, 3);
        assertThat(around("!").toString()).contains("!", "ann");
        assertThat(lookup("!", "?").size()).isEqualTo(11);
        assertThat(texts(run("held", List.of(set, hash), "!", "?"))).containsExactly("3:-10:" + TIE, "2:-5:" + TIE);
        assertThat(texts(run("audit_players", List.of(set, hash), "!", "?")).subList(2, 6))
                .containsExactly("3:-10:" + TIE, "-10", "2:-5:" + TIE, "-5");
        assertThat(texts(run("audit_scan", List.of(hash), "0", "100")))
                .contains("!", "?", "ann")
                .hasSize(4);
        assertThat(run("remove", List.of(set, hash), "!", "?").toInteger()).isEqualTo(2);
        assertThat(entries(page(0, 10))).containsExactly(TIE + "ann");
    }

    @Test
    void aSetThatWasEmptyEndsWithItsWindow() {
        begin("empty");
        assertThat(run("rebuild_finish", List.of(set, hash, lease), "empty", "600000")
                        .toInteger())
                .isEqualTo(1);

        apply("ann", "1", "-5", TIE);
        assertEnds("the first player's");
        apply("ann", "2", "-7", "8000000000fe");
        assertEnds("moved");
        apply("ann", "3", "", "");
        apply("bob", "1", "-5", TIE);
        assertEnds("after the last player was taken out");
        apply("bob", "2", "", "");
        run("merge", List.of(set, hash), "NEWER", "cyd", "1:-5:" + TIE, "-5", TIE + "cyd");
        assertEnds("carried");
        apply("cyd", "2", "", "");
        run("add", List.of(set, hash, set), "dan", "dan", "1:-5:" + TIE, "-5", TIE + "dan");
        assertEnds("added");
    }

    private void assertEnds(String what) {
        assertThat(members()).as(what).hasSize(1);
        assertThat(send(Command.PTTL, set).toLong()).as(what).isBetween(1L, 601_000L);
    }

    @Test
    void addTakesWhatIsNewOrNewerAndLeavesTheWindowInUse() {
        List<String> keys = List.of(set, hash, set, set + ":none");
        // players; player and what the hash holds; sort key and member
        String[] all = {
            "ann",
            "bob",
            "dan",
            "!",
            "ann",
            "2:-99:" + TIE,
            "bob",
            "2:-50:" + TIE,
            "dan",
            "1:-40:" + TIE,
            "!",
            "1:-10:" + TIE,
            "-99",
            TIE + "ann",
            "-50",
            TIE + "bob",
            "-40",
            TIE + "dan",
            "-10",
            TIE + "!"
        };
        assertThat(run("add", keys, all).toInteger()).isEqualTo(1);

        assertThat(entries(page(0, 10))).containsExactly(TIE + "bob", TIE + "dan", TIE + "ann", TIE + "cyd", TIE + "!");
        assertThat(held("ann")).isEqualTo("3:-30:" + TIE);
        send(Command.HSET, hash, "!", "0123456789abcdef");
        assertThat(run("add", keys, "eve", "eve", "1:-9:" + TIE, "-9", TIE + "eve")
                        .toInteger())
                .isZero();
        assertThat(held("eve")).isNull();
    }

    @Test
    void applyComparesVersionsAsNumbers() {
        apply("ann", "10", "-31", TIE);
        apply("ann", "9", "-32", TIE);

        assertThat(held("ann")).isEqualTo("10:-31:" + TIE);
    }

    @Test
    void aClosedWindowTakesNothingAndSaysSo() {
        run("retire", List.of(set, hash, lease), "60000");

        assertThat(numbers(apply("dan", "1", "-20", TIE))).containsExactly(-1, -1, 0);

        assertThat(send(Command.EXISTS, set).toInteger()).isZero();
        assertThat(held("dan")).isNull();
        assertThat(page(0, 10).toString()).isEqualTo("CLOSED");
        assertThat(after("-20", TIE + "bob", 10).toString()).isEqualTo("CLOSED");
        assertThat(around("ann").toString()).isEqualTo("CLOSED");
        assertThat(lookup("ann").toString()).isEqualTo("CLOSED");
        assertThat(run("held", List.of(set, hash), "ann").toString()).isEqualTo("CLOSED");
        assertThat(run("clear", List.of(set, hash, lease)).toInteger()).isZero();
        assertThat(run("invalidate", List.of(hash)).toInteger()).isZero();
        assertThat(page(0, 10).toString()).isEqualTo("CLOSED");
    }

    @Test
    @DisplayName("trap 21: what another life of Redis has completed is not read")
    void aMarkerOfAnotherLifeIsNotTrusted() {
        send(Command.HSET, hash, "!", "0123456789abcdef");

        assertNothingIsRead();
        assertThat(numbers(apply("ann", "4", "-50", TIE)).subList(0, 2)).containsExactly(-1, -1);
    }

    @ParameterizedTest
    @DisplayName("trap 7: a ghost or a loss in the set makes the window unread")
    @ValueSource(strings = {"ghost", "lost member", "lost player", "no marker"})
    void aWindowThatContradictsItselfIsNotRead(String damage) {
        switch (damage) {
            case "ghost" -> send(Command.ZADD, set, "-99", TIE + "ghost");
            case "lost member" -> send(Command.ZREM, set, TIE + "bob");
            case "lost player" -> send(Command.HDEL, hash, "bob");
            default -> assertThat(run("invalidate", List.of(hash)).toInteger()).isEqualTo(1);
        }

        assertNothingIsRead();
        assertThat(numbers(apply("ann", "4", "-50", TIE)).subList(0, 2)).containsExactly(-1, -1);
    }

    @Test
    @DisplayName("trap 16: around the first, the second and the last player")
    void aroundEndsWhereTheRankingEnds() {
        // players, first, better than it, different scores better, own position, better, equal
        assertThat(numbers(around("ann")).subList(0, 7)).containsExactly(3, 0, 0, 0, 0, 0, 1);
        assertThat(numbers(around("bob")).subList(0, 7)).containsExactly(3, 0, 0, 0, 1, 1, 2);
        assertThat(numbers(around("cyd")).subList(0, 7)).containsExactly(3, 1, 1, 0, 2, 1, 2);
        assertThat(numbers(around("nobody"))).containsExactly(3);
    }

    @Test
    void severalQuestionsAreAnsweredInTheirOrder() {
        List<String> keys = List.of(set, hash);

        Response around = run("around", keys, "cyd", "0", "0", "nobody", "5", "5", "ann", "0", "1");
        Response lookup = run("lookup", keys, "2", "cyd", "ann", "0", "1", "nobody", "1", "bob");
        Response places = run("places", List.of(set, hash, set), "bob", "nobody", "ann");
        Response holdings = run("holdings", keys, "nobody", "bob");

        assertThat(around).hasSize(3);
        assertThat(texts(around.get(0))).isEqualTo(texts(around("cyd", "0")));
        assertThat(texts(around.get(1))).containsExactly("3");
        assertThat(texts(around.get(2))).contains(TIE + "ann", TIE + "bob").hasSize(11);
        assertThat(lookup).hasSize(4);
        assertThat(texts(lookup.get(0))).isEqualTo(texts(lookup("cyd", "ann")));
        assertThat(texts(lookup.get(1))).containsExactly("3");
        assertThat(texts(lookup.get(2))).containsExactly("3");
        assertThat(texts(lookup.get(3))).contains(TIE + "bob").hasSize(6);
        assertThat(places).hasSize(3);
        assertThat(texts(places.get(0).get(0))).isEqualTo(texts(around("bob", "0")));
        assertThat(texts(places.get(1).get(0))).containsExactly("3");
        assertThat(texts(places.get(2).get(0))).isEqualTo(texts(around("ann", "0")));
        assertThat(texts(holdings.get(0))).containsExactly("");
        assertThat(texts(holdings.get(1))).containsExactly("1:-20:" + TIE);
    }

    @Test
    void aPlayerWhomTheSetDoesNotHaveIsNotTold() {
        send(Command.ZREM, set, TIE + "bob");
        send(Command.ZADD, set, "-20", "8000000000fe" + "bob");

        Response around = run("around", List.of(set, hash), "bob", "1", "1", "ann", "0", "0");
        Response lookup = run("lookup", List.of(set, hash), "1", "bob", "1", "ann");

        assertThat(around.get(0)).isNull();
        assertThat(texts(around.get(1))).contains(TIE + "ann");
        assertThat(lookup.get(0)).isNull();
        assertThat(texts(lookup.get(1))).contains(TIE + "ann");
    }

    @Test
    void heldTellsStandingsWithoutPlaces() {
        Response found = run("held", List.of(set, hash), "cyd", "nobody", "ann");

        assertThat(found.get(0).toString()).isEqualTo("2:-20:" + TIE);
        assertThat(found.get(1)).isNull();
        assertThat(found.get(2).toString()).isEqualTo("3:-30:" + TIE);
        assertThat(run("held", List.of(set, hash)).size()).isZero();
    }

    @Test
    @DisplayName("trap 8: places and scores of chosen players come from one script")
    void lookupTellsPlacesAndScores() {
        Response found = lookup("cyd", "nobody", "ann");

        assertThat(texts(found))
                .containsExactly("3", "2", "1", "0", TIE + "cyd", "-20", "0", "0", "0", TIE + "ann", "-30");
    }

    @Test
    void placesTellsWhereAPlayerStandsInEachWindow() {
        String other = base + ":other";
        String sorts = base + ":scores";
        List<String> keys = List.of(set, hash, set, other + ":set", other + ":hash", other + ":set");
        send(Command.ZADD, sorts, "-30", "-30", "-20", "-20");

        Response half = only(run("places", keys, "cyd"));
        Response dense = only(run("places", List.of(set, hash, sorts), "cyd"));
        Response none = only(run("places", List.of(set, hash, set), "nobody"));
        send(Command.HSET, other + ":hash", "!", "closed");
        Response closed = only(run("places", keys, "ann"));
        send(Command.DEL, other + ":hash", sorts);

        for (String player : List.of("ann", "bob", "cyd")) {
            assertThat(texts(
                            only(run("places", List.of(set, hash, set), player)).get(0)))
                    .isEqualTo(texts(around(player, "0")));
        }
        // players, first, better, distinct better, position, better, equal, member, sort key
        assertThat(texts(half.get(0))).containsExactly("3", "2", "1", "0", "2", "1", "2", TIE + "cyd", "-20");
        assertThat(half.get(1)).as("a window that is not loaded").isNull();
        assertThat(texts(dense.get(0))).containsExactly("3", "2", "1", "1", "2", "1", "2", TIE + "cyd", "-20");
        assertThat(texts(none.get(0))).containsExactly("3");
        assertThat(texts(closed.get(0))).startsWith("3", "0", "0");
        assertThat(closed.get(1)).hasToString("CLOSED");
        send(Command.ZADD, set, "-99", TIE + "ghost");
        assertThat(only(run("places", List.of(set, hash, set), "ann")).get(0)).isNull();
    }

    @Test
    void holdingsTellsWhatAPlayerHasInEachWindow() {
        String other = base + ":other";
        List<String> keys = List.of(set, hash, other + ":set", other + ":hash");

        Response half = only(run("holdings", keys, "ann"));
        Response none = only(run("holdings", List.of(set, hash), "nobody"));
        send(Command.HSET, other + ":hash", "!", "closed");
        Response closed = only(run("holdings", keys, "bob"));
        send(Command.DEL, other + ":hash");

        assertThat(half.get(0).toString()).isEqualTo("3:-30:" + TIE);
        assertThat(half.get(1)).as("a window that is not loaded").isNull();
        assertThat(none.get(0).toString()).isEmpty();
        assertThat(texts(closed)).containsExactly("1:-20:" + TIE, "CLOSED");
        send(Command.ZADD, set, "-99", TIE + "ghost");
        assertThat(only(run("holdings", List.of(set, hash), "ann")).get(0)).isNull();
    }

    @Test
    @DisplayName("trap 15: going on behind a place inside a tie of hundreds repeats and drops nobody")
    void afterFindsEveryPlaceInsideATieOfHundreds() {
        List<String> tied = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            // Instants and ids whose order differs between bytes and locales.
            String tie = "80000000%04x".formatted(i / 7);
            String player = (i % 2 == 0 ? "Z" : "a") + "-" + i;
            apply(player, "1", "-25", tie);
            tied.add(tie + player);
        }
        List<String> order = members();

        for (int i = 0; i < order.size(); i += 13) {
            String sort = tied.contains(order.get(i)) ? "-25" : i == 0 ? "-30" : "-20";
            Response found = after(sort, order.get(i), 5);
            assertThat(entries(found))
                    .as("behind %s", order.get(i))
                    .isEqualTo(order.subList(i + 1, Math.min(order.size(), i + 6)));
            assertThat(found.get(1).toInteger()).isEqualTo(i + 1);
        }
    }

    @Test
    void afterGoesOnBehindPlacesWhereNobodyStandsAnyMore() {
        apply("bob", "2", "-99", TIE);

        assertThat(entries(after("-20", TIE + "bob", 5))).containsExactly(TIE + "cyd");
        assertThat(entries(after("-20", "000000000000" + "x", 5))).containsExactly(TIE + "cyd");
        assertThat(entries(after("-25", TIE + "gone", 5))).containsExactly(TIE + "cyd");
        assertThat(entries(after("-20", TIE + "cy", 5))).containsExactly(TIE + "cyd");
        assertThat(entries(after("-20", TIE + "cyd", 5))).isEmpty();
        assertThat(entries(after("9007199254740991", TIE + "x", 5))).isEmpty();
        assertThat(entries(after("-9007199254740991", TIE + "x", 1))).containsExactly(TIE + "bob");
    }

    @Test
    void aLoadWithoutItsLeaseIsVoid() {
        begin("first");
        assertThat(begin("second")).as("somebody is loading").isZero();
        send(Command.DEL, lease);
        assertThat(begin("second")).isEqualTo(1);

        assertThat(load("first", "ghost", "1", "-1", TIE)).isZero();
        assertThat(finish("first")).isZero();

        assertThat(held("ghost")).isNull();
        assertNothingIsRead();
        assertThat(finish("second")).isEqualTo(1);
        assertThat(page(0, 10).get(0).toInteger()).isZero();
    }

    @Test
    @DisplayName("trap 7: a writer's newer value survives the load, an older one is replaced")
    void aLoadTakesOnlyWhatIsNewer() {
        begin("loader");
        apply("ann", "5", "-50", TIE);
        apply("bob", "1", "-10", "8000000000f0");

        load("loader", "ann", "4", "-40", "8000000000f0", "bob", "2", "-20", TIE);
        finish("loader");

        assertThat(members()).containsExactly(TIE + "ann", TIE + "bob");
        assertThat(entries(page(0, 10))).containsExactly(TIE + "ann", TIE + "bob");
        assertThat(send(Command.EXISTS, lease).toInteger()).isZero();
    }

    private void assertNothingIsRead() {
        assertThat(page(0, 10)).isNull();
        assertThat(after("-20", TIE + "bob", 10)).isNull();
        assertThat(around("ann")).isNull();
        assertThat(lookup("ann")).isNull();
        assertThat(run("held", List.of(set, hash), "ann")).isNull();
    }
}
