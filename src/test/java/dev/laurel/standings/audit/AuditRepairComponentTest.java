package dev.laurel.standings.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is wrong in Redis, the audit finds it, repairs it, and says so. */
@QuarkusTest
class AuditRepairComponentTest extends AuditedBoard {

    /** What can be wrong with players p10 and a ghost, while set and hash have the same size. */
    private enum Damage {
        LOST("REPAIRED"),
        OLDER("REPAIRED"),
        OTHER_SCORE_IN_THE_SET("REBUILT"),
        OTHER_SCORE_IN_THE_HASH("REBUILT"),
        OTHER_SCORE_IN_BOTH("REBUILT"),
        OTHER_INSTANT_IN_BOTH("REBUILT"),
        NEWER("REBUILT"),
        NEWER_VERSION_ALONE("REBUILT"),
        UNREADABLE("REBUILT"),
        SOMEBODY_ELSE_IN_THE_SET("REBUILT"),
        SOMEBODY_ELSE_IN_BOTH("REBUILT"),
        GHOST("REBUILT");

        final String outcome;

        Damage(String outcome) {
            this.outcome = outcome;
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    @DisplayName("traps 7 and 21: ghosts, losses, and what is older or newer than the truth")
    void whatIsWrongIsFoundAndRepaired(Damage damage) {
        aRankingOf(30);
        String before = content();
        JsonNode counted = status().at("/repairs/audit");
        cause(damage);
        assertThat(content()).isNotEqualTo(before);

        JsonNode report = audit();

        // The first run sees that p10 is missing, and carries it; then there is one too many.
        long different = damage == Damage.SOMEBODY_ELSE_IN_BOTH ? 2 : 1;
        JsonNode window = report.path("windows").get(0);
        assertThat(window.path("outcome").asText()).isEqualTo(damage.outcome);
        assertThat(window.path("rowsDifferent").asLong()).isEqualTo(different);
        assertThat(window.path("rowsRepaired").asLong()).isEqualTo(different);
        assertThat(content()).isEqualTo(before);
        JsonNode now = status();
        assertThat(grown(counted, now, "rowsDifferent")).isEqualTo(different);
        assertThat(grown(counted, now, "rowsRepaired")).isEqualTo(different);
        assertThat(now.at("/audit/windowsDiffering").asLong()).isZero();
        assertThat(now.at("/repairs/audit/lastDifference").asText()).startsWith("20");
        assertNoDifference(30);
    }

    private void cause(Damage damage) {
        String tie = tieOf("p10");
        String member = tie + "p10";
        switch (damage) {
            case LOST -> {
                send(Command.ZREM, set, member);
                send(Command.HDEL, hash, "p10");
            }
            case OLDER -> stand("0:-7:" + tie, "-7", member);
            case OTHER_SCORE_IN_THE_SET -> send(Command.ZADD, set, "-11", member);
            case OTHER_SCORE_IN_THE_HASH -> send(Command.HSET, hash, "p10", "1:-11:" + tie);
            case OTHER_SCORE_IN_BOTH -> stand("1:-11:" + tie, "-11", member);
            case OTHER_INSTANT_IN_BOTH -> {
                send(Command.ZREM, set, member);
                stand("1:-10:800000000000", "-10", "800000000000p10");
            }
            case NEWER -> stand("2:-11:" + tie, "-11", member);
            case NEWER_VERSION_ALONE -> send(Command.HSET, hash, "p10", "2:-10:" + tie);
            case UNREADABLE -> send(Command.HSET, hash, "p10", "nonsense");
            case SOMEBODY_ELSE_IN_THE_SET -> {
                send(Command.ZREM, set, member);
                send(Command.ZADD, set, "-10", tie + "ghost");
            }
            case SOMEBODY_ELSE_IN_BOTH -> {
                send(Command.ZREM, set, member);
                send(Command.HDEL, hash, "p10");
                ghost("ghost", tie);
            }
            case GHOST -> ghost("ghost", tie);
        }
    }

    private void stand(String held, String sort, String member) {
        send(Command.ZADD, set, sort, member);
        send(Command.HSET, hash, "p10", held);
    }

    private void ghost(String player, String tie) {
        send(Command.ZADD, set, "-10", tie + player);
        send(Command.HSET, hash, player, "1:-10:" + tie);
    }

    @Test
    void aLargeWindowIsComparedInPages() {
        aRankingOf(1_300);
        String before = content();
        for (int i = 0; i < 3; i++) {
            String player = "p" + 600 * i;
            send(Command.ZREM, set, tieOf(player) + player);
            send(Command.HDEL, hash, player);
        }
        assertFound("REPAIRED", 3, 3);
        assertThat(content()).isEqualTo(before);

        for (int i = 0; i < 7; i++) {
            ghost("ghost" + i, "8000000000ff");
        }
        // The search ends where it has met the first ones.
        assertFound("REBUILT", 1, 7);
        assertThat(content()).isEqualTo(before);
        assertNoDifference(1_300);
    }

    @Test
    void whenVeryMuchIsMissingTheWindowIsLoadedAnew() {
        aRankingOf(1_300);
        String before = content();
        JsonNode counted = status().at("/repairs/rebuilds");
        for (int i = 0; i < 600; i++) {
            String player = "p" + i;
            send(Command.ZREM, set, tieOf(player) + player);
            send(Command.HDEL, hash, player);
        }

        JsonNode window = audit().path("windows").get(0);

        assertThat(window.path("outcome").asText()).isEqualTo("REBUILT");
        assertThat(window.path("rowsDifferent").asLong()).isBetween(500L, 600L);
        assertThat(content()).isEqualTo(before);
        JsonNode now = status().at("/repairs/rebuilds");
        assertThat(now.path("done").asLong()).isGreaterThan(counted.path("done").asLong());
        assertThat(now.path("standings").asLong())
                .isGreaterThanOrEqualTo(counted.path("standings").asLong() + 1_300);
    }

    private void assertFound(String outcome, long atLeast, long atMost) {
        JsonNode window = audit().path("windows").get(0);
        assertThat(window.path("outcome").asText()).isEqualTo(outcome);
        assertThat(window.path("rowsDifferent").asLong()).isBetween(atLeast, atMost);
    }

    private void assertNoDifference(long players) {
        JsonNode report = audit();
        assertThat(report.path("windows")).hasSize(1);
        JsonNode window = report.path("windows").get(0);
        assertThat(window.path("board").asText()).isEqualTo(board.id());
        assertThat(window.path("period").asText()).isEqualTo("all_time");
        assertThat(window.path("outcome").asText()).isEqualTo("EQUAL");
        assertThat(report.path("rowsCompared").asLong()).isEqualTo(players);
        assertThat(report.path("rowsDifferent").asLong()).isZero();
    }

    private static long grown(JsonNode before, JsonNode now, String figure) {
        return now.at("/repairs/audit/" + figure).asLong() - before.path(figure).asLong();
    }
}
