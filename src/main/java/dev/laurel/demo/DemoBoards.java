package dev.laurel.demo;

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
import dev.laurel.demo.Play.Numbers;
import dev.laurel.shared.Period;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The boards of the demonstration: one for each typical use of leaderboards. */
final class DemoBoards {
    /** Longer than a night, so that a service started in the morning has the previous day. */
    private static final Duration A_DAY = Duration.ofHours(24);

    private static final Duration TEN_YEARS = Duration.ofDays(3_650);
    private static final Instant FOUNDING = Instant.parse("2025-01-01T00:00:00Z");
    private static final List<String> ONE_METRIC = List.of(BoardDefinition.DEFAULT_METRIC);

    static final DemoBoard FOCUS = new DemoBoard(
            "demo-focus",
            define("Focus sessions (demo)", Operator.SUM, SortOrder.DESC, everyPeriod(), 0, 1, 8, ONE_METRIC, A_DAY),
            120,
            90,
            8,
            DemoBoards::focus);

    static final DemoBoard SPEEDRUN = new DemoBoard(
            "demo-speedrun",
            define(
                    "Crystal Caves any% in seconds (demo)",
                    Operator.BEST,
                    SortOrder.ASC,
                    Set.of(Period.WEEKLY, Period.MONTHLY, Period.ALL_TIME),
                    3,
                    1_000_000,
                    9_999_999,
                    ONE_METRIC,
                    A_DAY),
            120,
            25,
            4,
            DemoBoards::run);

    static final DemoBoard KINGDOMS = new DemoBoard(
            "demo-kingdoms",
            define(
                    "Kingdoms of the north (demo)",
                    Operator.LATEST,
                    SortOrder.DESC,
                    Set.of(Period.WEEKLY, Period.ALL_TIME),
                    0,
                    0,
                    1_000_000_000,
                    List.of("power", "kills", "gathered"),
                    A_DAY),
            60,
            60,
            4,
            DemoBoards::kingdom);

    static final DemoBoard ARENA = new DemoBoard(
            "demo-arena",
            define(
                    "Arena duels (demo)",
                    Operator.SUM,
                    SortOrder.DESC,
                    Set.of(Period.SEASON, Period.DAILY, Period.ALL_TIME),
                    0,
                    -50,
                    50,
                    ONE_METRIC,
                    A_DAY),
            200,
            45,
            5,
            DemoBoards::duel);

    static final DemoBoard READING = new DemoBoard(
            "demo-reading",
            define(
                    "Pages read (demo)",
                    Operator.SUM,
                    SortOrder.DESC,
                    Set.of(Period.MONTHLY, Period.YEARLY, Period.ALL_TIME),
                    0,
                    1,
                    500,
                    ONE_METRIC,
                    TEN_YEARS),
            730,
            5,
            1,
            DemoBoards::pages);

    static final List<DemoBoard> ALL = List.of(FOCUS, SPEEDRUN, KINGDOMS, ARENA, READING);

    private DemoBoards() {}

    private static Numbers focus(Dice luck, String player, Instant at) {
        return number(Math.max(1, luck.whole(-1, 4)));
    }

    /** Every player has a time that can be beaten by a little, and seldom is. */
    private static Numbers run(Dice luck, String player, Instant at) {
        double possible = Dice.of("run", player).around(1_480, 2_350);
        double lost = luck.share() * luck.share() * 0.2;
        return new Numbers(String.format(Locale.ROOT, "%.3f", possible * (1 + lost)), none());
    }

    private static Numbers kingdom(Dice luck, String player, Instant at) {
        Dice kingdom = Dice.of("kingdom", player);
        double age = FOUNDING.until(at, ChronoUnit.HOURS) / 24.0;
        double power = kingdom.around(400_000, 9_000_000) + age * kingdom.around(2_000, 30_000);
        SortedMap<String, String> further = new TreeMap<>();
        further.put("kills", whole(age * kingdom.around(20, 900)));
        further.put("gathered", whole(age * kingdom.around(5_000, 90_000)));
        return new Numbers(whole(power * luck.around(0.97, 1.03)), Collections.unmodifiableSortedMap(further));
    }

    private static Numbers duel(Dice luck, String player, Instant at) {
        double skill = Dice.of("duel", player).around(0.25, 0.75);
        return number(luck.share() < skill ? luck.whole(18, 32) : -luck.whole(12, 24));
    }

    private static Numbers pages(Dice luck, String player, Instant at) {
        return number(luck.whole(8, 120));
    }

    private static Numbers number(long score) {
        return new Numbers(Long.toString(score), none());
    }

    private static String whole(double number) {
        return Long.toString(Math.round(number));
    }

    private static SortedMap<String, String> none() {
        return Collections.emptySortedMap();
    }

    private static Set<Period> everyPeriod() {
        List<Period> periods = new ArrayList<>(Period.REGULAR);
        periods.addAll(Period.ROLLING);
        return Set.copyOf(periods);
    }

    private static BoardDefinition define(
            String title,
            Operator operator,
            SortOrder order,
            Set<Period> periods,
            int decimals,
            long least,
            long most,
            List<String> metrics,
            Duration lateness) {
        return new BoardDefinition(
                title,
                operator,
                order,
                periods,
                ZoneOffset.UTC,
                DayOfWeek.MONDAY,
                RankMode.COMPETITION,
                TieBreak.EARLIEST,
                decimals,
                least,
                most,
                null,
                metrics,
                lateness,
                null,
                EligibilityRules.NONE,
                MembershipRules.NONE,
                0,
                PlausibilityRules.NONE,
                null,
                MetricRules.NONE,
                AccessRules.NONE);
    }
}
