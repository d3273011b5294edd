package dev.laurel.standings.rank;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Every question to the ranking of a segment, held against a sorted list. */
class SegmentRankingTest {
    private static final int MEMBERS = 60;
    private static final List<String> NAMES = List.of("a", "A", "a1", "é", "😀", "Ａ", "~", "a b");

    private final Random random = new Random(7);

    @ParameterizedTest
    @EnumSource(TieBreak.class)
    void everyQuestionIsAnsweredAsASortedListWould(TieBreak tieBreak) {
        for (SortOrder order : SortOrder.values()) {
            for (int members : new int[] {0, 1, 2, MEMBERS}) {
                List<Standing> standings = standings(members);
                List<Standing> sorted = sorted(standings, order, tieBreak);
                Collections.shuffle(standings, random);
                assertAnswers(
                        new SegmentRanking(Source.REDIS, board(order, tieBreak), standings), sorted, order, tieBreak);
            }
        }
    }

    /** A few change at a time: places, scores, who is in it. */
    @ParameterizedTest
    @EnumSource(TieBreak.class)
    void aChangedRankingIsAsOneMadeAnew(TieBreak tieBreak) {
        for (SortOrder order : SortOrder.values()) {
            Map<String, Standing> all = new HashMap<>();
            standings(MEMBERS).forEach(one -> all.put(one.playerId(), one));
            List<String> names = List.copyOf(all.keySet());
            SegmentRanking ranking =
                    new SegmentRanking(Source.REDIS, board(order, tieBreak), List.copyOf(all.values()));
            for (int round = 0; round < 200; round++) {
                Set<String> changed = new HashSet<>();
                for (int i = random.nextInt(6); i >= 0; i--) {
                    changed.add(names.get(random.nextInt(names.size())));
                }
                List<Standing> added = new ArrayList<>();
                for (String name : changed) {
                    all.remove(name);
                    if (random.nextInt(4) > 0) {
                        added.add(new Standing(name, random.nextInt(5), random.nextInt(3)));
                    }
                }
                added.forEach(one -> all.put(one.playerId(), one));
                ranking = ranking.with(changed, added);

                assertThat(ranking.all().standings()).isEqualTo(sorted(List.copyOf(all.values()), order, tieBreak));
            }
            assertAnswers(ranking, sorted(List.copyOf(all.values()), order, tieBreak), order, tieBreak);
        }
    }

    /** Rankings are made out of whichever was made before, and all of them stay what they were. */
    @ParameterizedTest
    @EnumSource(TieBreak.class)
    void everyGenerationStaysAsItIs(TieBreak tieBreak) {
        SortOrder order = SortOrder.DESC;
        List<Standing> first = standings(MEMBERS);
        List<SegmentRanking> made = new ArrayList<>();
        List<List<Standing>> expected = new ArrayList<>();
        made.add(new SegmentRanking(Source.REDIS, board(order, tieBreak), first));
        expected.add(sorted(first, order, tieBreak));
        for (int round = 0; round < 40; round++) {
            int from = random.nextInt(3) == 0 ? random.nextInt(made.size()) : made.size() - 1;
            Set<String> changed = new HashSet<>(Set.of("new" + random.nextInt(9)));
            for (int i = random.nextInt(6); i >= 0; i--) {
                changed.add(first.get(random.nextInt(MEMBERS)).playerId());
            }
            List<Standing> after = new ArrayList<>(expected.get(from));
            after.removeIf(one -> changed.contains(one.playerId()));
            List<Standing> added = changed.stream()
                    .filter(name -> random.nextInt(3) > 0)
                    .map(name -> new Standing(name, random.nextInt(5), random.nextInt(3)))
                    .toList();
            after.addAll(added);
            made.add(made.get(from).with(changed, added));
            expected.add(sorted(after, order, tieBreak));
        }
        for (int i = 0; i < made.size(); i++) {
            assertAnswers(made.get(i), expected.get(i), order, tieBreak);
        }
    }

    private void assertAnswers(SegmentRanking ranking, List<Standing> sorted, SortOrder order, TieBreak tieBreak) {
        int total = sorted.size();
        for (int offset = 0; offset <= total + 1; offset++) {
            RankingSlice page = answer(ranking.page(null, offset, 7));
            assertSlice(page, sorted, offset, Math.min(total, offset + 7), order);
        }
        for (int i = 0; i < total; i++) {
            Standing standing = sorted.get(i);
            long sortKey = order.sortKey(standing.score());
            OrderKey key = new OrderKey(sortKey, tieBreak.factor() * standing.reachedAt(), standing.playerId());
            assertSlice(answer(ranking.after(null, key, 5)), sorted, i + 1, Math.min(total, i + 6), order);
            Place place = answer(ranking.around(null, standing.playerId(), 3));
            assertThat(place.position()).isEqualTo(i);
            assertThat(place.better()).isEqualTo(better(sorted, sortKey, order));
            assertThat(place.equal()).isEqualTo(equal(sorted, sortKey, order));
            assertSlice(place.around(), sorted, Math.max(0, i - 3), Math.min(total, i + 4), order);
        }
        assertThat(answer(ranking.around(null, "nobody", 3))).isEqualTo(Place.none(total));
        for (long score = -4; score <= 4; score++) {
            assertScore(ranking, sorted, order.sortKey(score), order);
        }
        assertChosen(ranking, sorted, order);
    }

    private void assertScore(SegmentRanking ranking, List<Standing> sorted, long sortKey, SortOrder order) {
        assertThat(answer(ranking.place(null, sortKey)))
                .isEqualTo(new ScorePlace(
                        sorted.size(),
                        better(sorted, sortKey, order),
                        equal(sorted, sortKey, order),
                        distinctBetter(sorted, sortKey, order)));
        SortRange range = new SortRange(sortKey, sortKey + 2);
        List<Standing> within = sorted.stream()
                .filter(one -> order.sortKey(one.score()) >= sortKey && order.sortKey(one.score()) <= sortKey + 2)
                .toList();
        for (int offset = 0; offset <= within.size() + 1; offset++) {
            ScoreRangeSlice slice = answer(ranking.within(null, range, offset, 4));
            assertThat(slice.matching()).isEqualTo(within.size());
            assertThat(slice.slice().standings())
                    .isEqualTo(within.subList(Math.min(offset, within.size()), Math.min(offset + 4, within.size())));
            assertThat(slice.slice().total()).isEqualTo(sorted.size());
            assertThat(slice.slice().first()).isEqualTo(better(sorted, sortKey, order) + offset);
        }
    }

    private void assertChosen(SegmentRanking ranking, List<Standing> sorted, SortOrder order) {
        List<Standing> chosen =
                sorted.stream().filter(one -> random.nextBoolean()).toList();
        List<String> asked =
                new ArrayList<>(chosen.stream().map(Standing::playerId).toList());
        asked.add("nobody");
        Collections.shuffle(asked, random);
        Selection selection = answer(ranking.select(null, asked));
        assertThat(selection.total()).isEqualTo(sorted.size());
        assertThat(selection.placed().stream().map(Placed::standing)).isEqualTo(chosen);
        selection.placed().forEach(placed -> assertPlaced(placed, sorted, order));

        List<Integer> shares = List.of(0, 1, 2_500, 5_000, 9_999, 10_000);
        List<Placed> quantiles = answer(ranking.quantiles(null, shares)).placed();
        assertThat(quantiles).hasSize(sorted.isEmpty() ? 0 : shares.size());
        for (int i = 0; i < quantiles.size(); i++) {
            int fromLast = (int) Math.ceil(shares.get(i) / 10_000.0 * sorted.size());
            assertThat(quantiles.get(i).position()).isEqualTo(sorted.size() - Math.max(1, fromLast));
            assertPlaced(quantiles.get(i), sorted, order);
        }
    }

    private static void assertPlaced(Placed placed, List<Standing> sorted, SortOrder order) {
        long sortKey = order.sortKey(placed.standing().score());
        assertThat(placed)
                .isEqualTo(new Placed(
                        placed.standing(),
                        sorted.indexOf(placed.standing()),
                        better(sorted, sortKey, order),
                        distinctBetter(sorted, sortKey, order)));
    }

    private static void assertSlice(RankingSlice slice, List<Standing> sorted, int first, int end, SortOrder order) {
        int from = Math.min(first, end);
        assertThat(slice.total()).isEqualTo(sorted.size());
        assertThat(slice.standings()).isEqualTo(sorted.subList(from, end));
        if (from < end) {
            long sortKey = order.sortKey(sorted.get(from).score());
            assertThat(slice.first()).isEqualTo(from);
            assertThat(slice.better()).isEqualTo(better(sorted, sortKey, order));
            assertThat(slice.distinctBetter()).isEqualTo(distinctBetter(sorted, sortKey, order));
        }
    }

    private static long better(List<Standing> sorted, long sortKey, SortOrder order) {
        return sorted.stream()
                .filter(one -> order.sortKey(one.score()) < sortKey)
                .count();
    }

    private static long equal(List<Standing> sorted, long sortKey, SortOrder order) {
        return sorted.stream()
                .filter(one -> order.sortKey(one.score()) == sortKey)
                .count();
    }

    private static long distinctBetter(List<Standing> sorted, long sortKey, SortOrder order) {
        return sorted.stream()
                .map(one -> order.sortKey(one.score()))
                .filter(key -> key < sortKey)
                .distinct()
                .count();
    }

    private List<Standing> standings(int members) {
        List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            String player = NAMES.get(i % NAMES.size()) + (i < NAMES.size() ? "" : Integer.toString(i));
            standings.add(new Standing(player, random.nextInt(7) - 3, random.nextInt(4)));
        }
        return standings;
    }

    private static List<Standing> sorted(List<Standing> standings, SortOrder order, TieBreak tieBreak) {
        Comparator<Standing> byScore = Comparator.comparingLong(one -> order.sortKey(one.score()));
        return standings.stream()
                .sorted(byScore.thenComparingLong(one -> tieBreak.factor() * one.reachedAt())
                        .thenComparing(one -> one.playerId().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                .toList();
    }

    private static BoardDefinition board(SortOrder order, TieBreak tieBreak) {
        return new BoardDefinition(
                "Segments",
                Operator.SUM,
                order,
                Set.of(Period.DAILY),
                ZoneOffset.UTC,
                DayOfWeek.MONDAY,
                RankMode.DENSE,
                tieBreak,
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

    private static <T> T answer(Uni<T> asked) {
        return asked.await().indefinitely();
    }
}
