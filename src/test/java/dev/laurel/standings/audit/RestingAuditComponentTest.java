package dev.laurel.standings.audit;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.platform.postgres.JobLog;
import dev.laurel.standings.audit.RestingAudits.Claimed;
import dev.laurel.standings.audit.WindowAudit.Outcome;
import dev.laurel.standings.redis.RedisSizes;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a scheduled audit finds, and when: the promises of the documentation. */
@QuarkusTest
class RestingAuditComponentTest extends AuditedBoard {
    /** More than one page, so that not all of it is compared when something in it has changed. */
    private static final int LARGE = 700;

    private static final int SMALL = 30;

    /** Pages of both stores, and a few looks in which it did not go on. */
    private static final int LOOKS = 40;

    /** Nobody else writes to the board. */
    private static final Duration SETTLED = Duration.ofMillis(20);

    @Inject
    WindowAudits audits;

    @Inject
    RestingAudits resting;

    @Inject
    ChangedPlayers changes;

    @Inject
    RedisSizes sizes;

    @Inject
    AuditReads reads;

    @Inject
    AuditRepair repair;

    @Inject
    RollingWindows rolling;

    @Inject
    JobLog log;

    @Inject
    AuditConfig config;

    private AuditRound round;
    private Audit audit;

    @BeforeEach
    void anAuditThatDoesNotWaitForWriters() {
        WindowComparisons comparisons = new WindowComparisons(reads, repair, rolling, SETTLED);
        AuditRound round = new AuditRound(resting, changes, sizes, comparisons, repair, audits);
        CompleteWalk walk = new CompleteWalk(resting, comparisons, repair, config);
        this.round = round;
        audit = new Audit(audits, resting, round, walk, comparisons, log, config);
    }

    /** Damage by which Redis has other sizes than before. */
    private enum Resizing {
        A_MEMBER_REMOVED(true),
        A_PLAYER_REMOVED(false),
        A_FOREIGN_MEMBER(true),
        A_FOREIGN_PLAYER(false),
        THE_SET_DELETED(true);

        final boolean isTorn;

        Resizing(boolean isTorn) {
            this.isTorn = isTorn;
        }
    }

    /** Damage by which it has not. */
    private enum Quiet {
        ANOTHER_SCORE_IN_THE_SET,
        ANOTHER_SCORE_IN_BOTH,
        ONE_PLAYER_IN_PLACE_OF_ANOTHER
    }

    @ParameterizedTest
    @EnumSource(Resizing.class)
    void whatChangesTheSizesOfAWindowAtRestIsFoundAtTheNextLook(Resizing damage) {
        atRest(LARGE);
        String before = content();
        cause(damage);

        List<WindowAudit> found = look();

        assertThat(found).extracting(WindowAudit::outcome).isSubsetOf(Outcome.REPAIRED, Outcome.REBUILT);
        // Where set and hash disagree, whoever else reads the window has it loaded again, and may be quicker.
        assertThat(found).hasSizeBetween(damage.isTorn ? 0 : 1, 1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(content()).isEqualTo(before));
        awaitRest();
    }

    @Test
    void aWindowWhoseHashIsDeletedIsNotReadFromRedisAndIsLoadedAgain() {
        atRest(LARGE);
        String before = content();
        send(Command.DEL, hash);

        assertThat(look()).isEmpty();

        await().atMost(PATIENCE).untilAsserted(() -> {
            top();
            assertThat(content()).isEqualTo(before);
        });
        awaitRest();
    }

    @ParameterizedTest
    @EnumSource(Quiet.class)
    void anythingElseInAWindowAtRestIsFoundByTheCompleteWalk(Quiet damage) {
        atRest(LARGE);
        String before = content();
        cause(damage);

        WindowAudit found = walkUntilFound();

        assertThat(found.different()).isPositive();
        assertThat(content()).isEqualTo(before);
        awaitRest();
    }

    @Test
    void damageInPostgresIsFoundByTheCompleteWalk() {
        atRest(LARGE);
        standing("UPDATE standing s SET a_score = 100000 FROM board b WHERE %s AND s.player_id = 'p600'");

        walkUntilFound();

        assertThat(top().at("/entries/0/playerId").asText()).isEqualTo("p600");
        awaitRest();
        standing("DELETE FROM standing s USING board b WHERE %s AND s.player_id = 'p600'");

        walkUntilFound();

        assertThat(top().path("total").asInt()).isEqualTo(LARGE - 1);
    }

    @Test
    void ofALargeWindowInWhichSomethingHasChangedThePlayersWhoHaveAreCompared() {
        atRest(LARGE);
        submitAll(List.of(5, 7, 900));
        cause(Quiet.ANOTHER_SCORE_IN_BOTH);
        List<WindowAudit> first = look();
        // Not among those who have changed: that waits for the walk.
        assertThat(first).extracting(WindowAudit::outcome).containsExactly(Outcome.EQUAL);
        assertThat(first.get(0).compared()).isEqualTo(3);

        submitAll(List.of(10));
        cause(Quiet.ANOTHER_SCORE_IN_BOTH);

        assertThat(look()).extracting(WindowAudit::outcome).containsExactly(Outcome.REBUILT);
        standing("UPDATE standing s SET a_score = 7 FROM board b WHERE %s AND s.player_id = 'p10'");
        awaitRest();
        submitAll(List.of(11));
        standing("UPDATE standing s SET a_score = 8 FROM board b WHERE %s AND s.player_id = 'p11'");
        assertThat(look()).extracting(WindowAudit::outcome).containsExactly(Outcome.REBUILT);
    }

    @Test
    void aSmallWindowInWhichSomethingHasChangedIsComparedCompletely() {
        atRest(SMALL);
        submitAll(List.of(20));
        String before = content();
        cause(Quiet.ONE_PLAYER_IN_PLACE_OF_ANOTHER);

        assertThat(look()).extracting(WindowAudit::outcome).isSubsetOf(Outcome.REPAIRED, Outcome.REBUILT);

        assertThat(content()).isEqualTo(before);
    }

    @Test
    void theWalkGoesOnWhereItWasAndIsReported() {
        atRest(LARGE);
        int id = window().board().id();
        String walked = "SELECT extract(epoch FROM walked_at) * 1000 FROM window_audit WHERE board_id = " + id;
        long before = StoredRows.number(walked);
        JsonNode figures = status().at("/repairs/audit");
        String position = "SELECT walk FROM window_audit WHERE walk IS NOT NULL AND board_id = " + id;
        // It has begun while the window came to rest.
        List<String> positions = new ArrayList<>(texts(position));
        for (int i = 0; i < LOOKS && StoredRows.number(walked) == before; i++) {
            assertThat(look()).isEmpty();
            positions.addAll(texts(position));
        }

        assertThat(StoredRows.number(walked)).isGreaterThan(before);
        assertThat(positions).doesNotHaveDuplicates();
        assertThat(positions).anyMatch(one -> one.startsWith("0 P ")).anyMatch(one -> one.startsWith("0 R "));
        JsonNode now = status();
        assertThat(now.at("/audit/oldestComplete").asText()).startsWith("20");
        assertThat(now.at("/repairs/audit/windowsCompared").asLong())
                .isGreaterThan(figures.path("windowsCompared").asLong());
        assertThat(now.at("/repairs/audit/windowsRested").asLong())
                .isGreaterThanOrEqualTo(figures.path("windowsRested").asLong() + positions.size() - 1);
    }

    @Test
    void eachWindowIsLookedAtByOneProcessAtATime() {
        atRest(SMALL);
        int id = window().board().id();

        List<List<Claimed>> claims = OnEventLoop.awaitAll(4, () -> resting.claim(id, Duration.ZERO));

        assertThat(claims.stream().flatMap(List::stream)).hasSize(1);
        assertThat(look()).isEmpty();
    }

    @Test
    void aPlayerRemovedWhileAnotherOneScoresIsMissed() {
        atRest(LARGE);
        String before = held("p10");
        submitAll(List.of(5));
        cause(Resizing.A_PLAYER_REMOVED);

        assertThat(look()).extracting(WindowAudit::outcome).containsExactly(Outcome.REPAIRED);

        assertThat(held("p10")).isEqualTo(before);
    }

    @Test
    void onAnotherServerNothingIsKnownToBeEqual() {
        atRest(LARGE);
        StoredRows.change(
                "UPDATE window_audit SET seen_in = 'another' WHERE board_id = ?",
                window().board().id());

        assertThat(look()).extracting(WindowAudit::compared).containsExactly((long) LARGE);
        assertThat(look()).isEmpty();
    }

    @Test
    void aBoardThatCannotBeLookedAtKeepsNoOtherFromBeing() {
        atRest(SMALL);
        int broken = window().board().id();
        String brokenHash = hash;
        send(Command.DEL, hash);
        send(Command.SET, hash, "something else");
        board = aBoard("audited").allTime().build();
        atRest(SMALL);
        cause(Resizing.A_PLAYER_REMOVED);
        int other = window().board().id();
        AuditPace pace = new AuditPace(PATIENCE, 1_000_000);

        List<WindowAudit> found = OnEventLoop.await(() -> resting.claim(broken, Duration.ZERO)
                        .chain(first -> resting.claim(other, Duration.ZERO)
                                .map(second -> Stream.concat(first.stream(), second.stream())
                                        .toList()))
                        .chain(both -> round.run(both, pace)))
                .found();

        assertThat(found).extracting(WindowAudit::outcome).containsExactly(Outcome.REPAIRED);
        assertThatThrownBy(() -> OnEventLoop.await(pace::end)).isNotNull();
        send(Command.DEL, brokenHash);
    }

    @Test
    void onDemandAllOfAWindowAtRestIsCompared() {
        atRest(LARGE);
        cause(Quiet.ANOTHER_SCORE_IN_BOTH);

        assertThat(audit().path("windows").get(0).path("outcome").asText()).isEqualTo("REBUILT");

        // After a difference nothing is taken for granted.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(look()).anySatisfy(found -> {
            assertThat(found.outcome()).isEqualTo(Outcome.EQUAL);
            assertThat(found.compared()).isEqualTo(LARGE);
        }));
    }

    private void atRest(int players) {
        aRankingOf(players);
        awaitRest();
    }

    private void awaitRest() {
        await().atMost(PATIENCE).until(() -> look().isEmpty() && isKnownEqual());
    }

    private boolean isKnownEqual() {
        return StoredRows.number("SELECT count(*) FROM window_audit WHERE seen_tx IS NOT NULL AND board_id = "
                        + window().board().id())
                == 1;
    }

    private List<WindowAudit> look() {
        int id = window().board().id();
        return OnEventLoop.await(() -> audit.look(id, Duration.ZERO)).windows();
    }

    private WindowAudit walkUntilFound() {
        for (int i = 0; i < LOOKS; i++) {
            List<WindowAudit> found = look();
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
        throw new AssertionError("Not found by a complete walk");
    }

    private void cause(Resizing damage) {
        String tie = tieOf("p10");
        switch (damage) {
            case A_MEMBER_REMOVED -> send(Command.ZREM, set, tie + "p10");
            case A_PLAYER_REMOVED -> {
                send(Command.ZREM, set, tie + "p10");
                send(Command.HDEL, hash, "p10");
            }
            case A_FOREIGN_MEMBER -> send(Command.ZADD, set, "-10", tie + "ghost");
            case A_FOREIGN_PLAYER -> {
                send(Command.ZADD, set, "-10", tie + "ghost");
                send(Command.HSET, hash, "ghost", "1:-10:" + tie);
            }
            case THE_SET_DELETED -> send(Command.DEL, set);
        }
    }

    private void cause(Quiet damage) {
        String[] held = held("p10").split(":");
        String member = held[2] + "p10";
        switch (damage) {
            case ANOTHER_SCORE_IN_THE_SET -> send(Command.ZADD, set, "-11", member);
            case ANOTHER_SCORE_IN_BOTH -> {
                send(Command.ZADD, set, "-999", member);
                send(Command.HSET, hash, "p10", held[0] + ":-999:" + held[2]);
            }
            case ONE_PLAYER_IN_PLACE_OF_ANOTHER -> {
                send(Command.ZREM, set, member);
                send(Command.HDEL, hash, "p10");
                send(Command.ZADD, set, "-10", held[2] + "ghost");
                send(Command.HSET, hash, "ghost", "1:-10:" + held[2]);
            }
        }
    }

    private void standing(String statement) {
        StoredRows.change(statement.formatted("b.id = s.board_id AND b.name = ?"), board.id());
    }

    private static List<String> texts(String question) {
        return StoredRows.column(question).stream().map(Object::toString).toList();
    }

    private JsonNode top() {
        return api.top(board.id(), dev.laurel.testing.Period.ALL_TIME, "limit=1")
                .expect(200)
                .json();
    }
}
