package dev.laurel.ranking.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Operator;
import dev.laurel.board.RankMode;
import dev.laurel.board.SortOrder;
import dev.laurel.board.TieBreak;
import dev.laurel.board.rules.AccessRules;
import dev.laurel.board.rules.EligibilityRules;
import dev.laurel.board.rules.MembershipRules;
import dev.laurel.board.rules.MetricRules;
import dev.laurel.board.rules.PlausibilityRules;
import dev.laurel.shared.Period;
import dev.laurel.shared.Tenant;
import dev.laurel.shared.Window;
import dev.laurel.standings.rank.FollowedSource;
import dev.laurel.standings.rank.OrderKey;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.rank.RankingSlice;
import dev.laurel.standings.rank.ScorePlace;
import dev.laurel.standings.rank.ScoreRangeSlice;
import dev.laurel.standings.rank.SegmentRanking;
import dev.laurel.standings.rank.Selection;
import dev.laurel.standings.rank.SortRange;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.rank.Standing;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.Segment;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A segment that is kept up to date by a log of changes, with a log that fails and members who move. */
class FollowedSegmentTest {
    private static final RankingRef RANKING = new RankingRef(
            new WindowRef(
                    new Board(1, Tenant.DEFAULT, "board", 1, definition(), List.of(), null, Set.of(), null, null),
                    new Window(Period.ALL_TIME, "all", null, null),
                    0,
                    "all",
                    WindowState.OPEN,
                    true),
            0);

    private final Log log = new Log();
    private final FollowedSegment followed = new FollowedSegment(load -> load);
    private int version;

    private SegmentRanking read(List<String> members) {
        return followed.read(log, RANKING, new Segment("country:de", ++version, members))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private static List<String> players(int first, int end) {
        return IntStream.range(first, end).mapToObj("p%04d"::formatted).toList();
    }

    private static List<String> ranked(SegmentRanking ranking) {
        return ranking.all().standings().stream().map(Standing::playerId).toList();
    }

    /** The log fails after those who have moved have been taken out and put in. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReadThatFailsLeavesNoTrace(boolean thrown) {
        players(0, 12).forEach(player -> log.score(player, 1));
        SegmentRanking before = read(players(0, 10));
        log.fails = 1;
        log.throwing = thrown;

        assertThatThrownBy(() -> read(players(2, 12))).hasMessage("away");
        assertThat(before.around(null, "p0000", 0).await().indefinitely().position())
                .isZero();
        log.score("p0003", 2);
        assertThat(ranked(read(players(2, 12)))).hasSize(10).startsWith("p0003").doesNotHaveDuplicates();
        log.score("p0011", 3);
        assertThat(ranked(read(players(1, 12)))).hasSize(11).startsWith("p0011", "p0003", "p0001");
    }

    @Test
    void whoeverHoldsAnOlderRankingKeepsIt() {
        players(0, 10).forEach(player -> log.score(player, 1));
        SegmentRanking first = read(players(0, 10));
        log.score("p0009", 5);
        SegmentRanking second = read(players(1, 10));

        assertThat(first.around(null, "p0009", 0).await().indefinitely().position())
                .isEqualTo(9);
        assertThat(first.around(null, "p0000", 0).await().indefinitely().position())
                .isZero();
        assertThat(second.around(null, "p0009", 0).await().indefinitely().position())
                .isZero();
        assertThat(second.around(null, "p0000", 0).await().indefinitely().position())
                .isNegative();
    }

    @Test
    void everythingIsReadWhenManyHaveMoved() {
        players(0, 3_000).forEach(player -> log.score(player, 1));
        read(players(0, 2_500));
        log.asked.clear();

        assertThat(ranked(read(players(200, 2_500)))).isEqualTo(players(200, 2_500));
        assertThat(ranked(read(players(200, 2_550)))).isEqualTo(players(200, 2_550));
        assertThat(log.asked).containsExactly(50);
        assertThat(ranked(read(players(500, 3_000)))).isEqualTo(players(500, 3_000));
        assertThat(log.asked).containsExactly(50, 2_500);
    }

    @Test
    void aLostLogHasEverythingReadAgain() {
        players(0, 4).forEach(player -> log.score(player, 1));
        read(players(0, 4));
        log.score("p0003", 2);
        log.lost = true;
        log.scores.put("p0002", 9L);

        assertThat(ranked(read(players(0, 4)))).startsWith("p0002", "p0003");
    }

    private static BoardDefinition definition() {
        return new BoardDefinition(
                "Segments",
                Operator.SUM,
                SortOrder.DESC,
                Set.of(Period.ALL_TIME),
                ZoneOffset.UTC,
                DayOfWeek.MONDAY,
                RankMode.COMPETITION,
                TieBreak.EARLIEST,
                0,
                -10,
                10,
                null,
                List.of("score"),
                Duration.ZERO,
                null,
                EligibilityRules.NONE,
                MembershipRules.NONE,
                0,
                PlausibilityRules.NONE,
                null,
                MetricRules.NONE,
                AccessRules.NONE);
    }

    /** A source in memory whose log is asked for by its length. */
    private static final class Log implements FollowedSource {
        final Map<String, Long> scores = new HashMap<>();
        final List<String> changes = new ArrayList<>();

        /** How many standings each call has asked for. */
        final List<Integer> asked = new ArrayList<>();

        int fails;
        boolean throwing;
        boolean lost;

        void score(String player, long score) {
            scores.put(player, score);
            changes.add(player);
        }

        @Override
        public Uni<Changes> changes(RankingRef ranking, String since) {
            String last = Integer.toString(changes.size());
            if (since == null) {
                return Uni.createFrom().item(new Changes(last, false, Set.of(), List.of()));
            }
            if (fails-- > 0) {
                IllegalStateException away = new IllegalStateException("away");
                if (throwing) {
                    throw away;
                }
                return Uni.createFrom().failure(away);
            }
            if (lost) {
                lost = false;
                return Uni.createFrom().item(Changes.LOST);
            }
            List<String> changed = changes.subList(Integer.parseInt(since), changes.size());
            return Uni.createFrom().item(new Changes(last, false, new HashSet<>(changed), held(changed)));
        }

        private List<Standing> held(List<String> players) {
            return players.stream()
                    .distinct()
                    .filter(scores::containsKey)
                    .map(player -> new Standing(player, scores.get(player), 1))
                    .toList();
        }

        @Override
        public Uni<List<Standing>> standings(RankingRef ranking, List<String> playerIds) {
            return Uni.createFrom().item(() -> {
                asked.add(playerIds.size());
                return held(playerIds);
            });
        }

        @Override
        public Source source() {
            return Source.REDIS;
        }

        @Override
        public Uni<RankingSlice> page(RankingRef ranking, long offset, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<RankingSlice> after(RankingRef ranking, OrderKey place, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Place> around(RankingRef ranking, String playerId, int radius) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<ScoreRangeSlice> within(RankingRef ranking, SortRange range, long offset, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<ScorePlace> place(RankingRef ranking, long sortKey) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Selection> quantiles(RankingRef ranking, List<Integer> shares) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Selection> select(RankingRef ranking, List<String> playerIds) {
            throw new UnsupportedOperationException();
        }
    }
}
