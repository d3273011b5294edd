package dev.laurel.testing;

import dev.laurel.testing.Oracle.Window;
import dev.laurel.testing.OracleRanking.Standing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rankings over the days before, put together from the days of an oracle; for zones in which every day exists. */
public final class RollingOracle {
    private static final Map<Period, Integer> DAYS = Map.of(Period.LAST_7_DAYS, 7, Period.LAST_30_DAYS, 30);

    private final Oracle oracle;

    public RollingOracle(Oracle oracle) {
        this.oracle = oracle;
    }

    /** The ranking over the days up to one, that one included. */
    public OracleRanking ranking(Period rolling, LocalDate last, int metric) {
        Map<String, List<Day>> days = new TreeMap<>();
        for (int back = DAYS.get(rolling) - 1; back >= 0; back--) {
            Window day = new Window(Period.DAILY, last.minusDays(back).toString());
            Map<String, Standing> first = oracle.ranking(day, 0).byPlayer();
            oracle.ranking(day, metric).byPlayer().forEach((player, standing) -> days.computeIfAbsent(
                            player, none -> new ArrayList<>())
                    .add(new Day(first.get(player).score(), standing, oracle.isIdle(day, player, metric))));
        }
        Map<String, Standing> standings = new LinkedHashMap<>();
        days.forEach((player, own) -> standings.put(player, combined(player, own)));
        return new OracleRanking(oracle.board(), standings.values());
    }

    private Standing combined(String player, List<Day> days) {
        return switch (oracle.board().operator()) {
            case "SUM" -> sum(player, days);
            case "BEST" -> best(days);
            case "LATEST" -> days.get(days.size() - 1).standing();
            default -> throw new IllegalArgumentException(oracle.board().operator());
        };
    }

    /** Reached with the last day on which something was added; where there is none, with the first of all. */
    private static Standing sum(String player, List<Day> days) {
        BigDecimal sum = BigDecimal.ZERO;
        Instant moved = null;
        for (Day day : days) {
            sum = sum.add(day.standing().score());
            if (!day.idle() && (moved == null || moved.isBefore(day.standing().achievedAt()))) {
                moved = day.standing().achievedAt();
            }
        }
        return new Standing(player, sum, moved == null ? days.get(0).standing().achievedAt() : moved);
    }

    /** Of equal days the first. */
    private Standing best(List<Day> days) {
        Comparator<BigDecimal> bestFirst =
                oracle.board().descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        Day best = days.get(0);
        for (Day day : days) {
            if (bestFirst.compare(day.first(), best.first()) < 0) {
                best = day;
            }
        }
        return best.standing();
    }

    /**
     * What a player had on a day: the score by the first metric, and the standing by the one that is asked for.
     *
     * @param idle whether nothing but zeros was added on the day
     */
    private record Day(BigDecimal first, Standing standing, boolean idle) {}
}
