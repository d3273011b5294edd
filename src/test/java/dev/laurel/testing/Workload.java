package dev.laurel.testing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A board of any rules with the random events it gets, and the oracle that has already accepted them. */
public record Workload(BoardSpec board, List<ScoreEvent> events, Oracle oracle) {

    private static final List<String> OPERATORS = List.of("SUM", "BEST", "LATEST");
    private static final List<String> ORDERS = List.of("DESC", "ASC");
    private static final List<String> RANK_MODES = List.of("COMPETITION", "DENSE", "ORDINAL");
    private static final List<String> TIE_BREAKS = List.of("EARLIEST", "LATEST", "NONE");
    private static final List<String> METRICS = List.of("power", "kills", "deaths");
    private static final List<String> ZONES =
            List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe");
    // Ends of years, of week years, of months, and days of 23, 23.5, 24.5 and 25 hours in the zones above.
    private static final List<String> BOUNDARIES = List.of(
            "2020-12-28",
            "2021-01-01",
            "2024-02-29",
            "2024-03-01",
            "2024-12-30",
            "2025-01-01",
            "2025-03-09",
            "2025-03-30",
            "2025-04-06",
            "2025-10-05",
            "2025-10-26",
            "2025-11-02");
    // Bytes order these otherwise than a dictionary does: digits, then capitals, then small letters, signs between,
    // others behind. Two are named as marks of Redis keys.
    private static final List<String> PLAYERS = List.of(
            "0",
            "00",
            "0-0",
            "7up",
            "A",
            "A-1",
            "A.1",
            "A1",
            "AA",
            "Aa",
            "B:2",
            "Z",
            "a",
            "a+b",
            "a-b",
            "a.b",
            "a:b",
            "a@b",
            "aA",
            "a_b",
            "a|b",
            "a~b",
            "aa",
            "b",
            "!",
            "?",
            "a b",
            "a/b",
            "a#1",
            "a\"b\\",
            "=1",
            "é",
            "ê",
            // Above U+FFFF the order of UTF-16 is another one than that of UTF-8: the first of these three comes last.
            "😀",
            "\uff21",
            "\uff41");
    /** An instant whose windows have events of every workload. */
    public static final Instant PRESENT = Instant.parse("2025-12-15T09:00:00Z");

    private static final String PRESENT_DAY = "2025-12-15";
    private static final Duration AROUND = Duration.ofHours(36);

    /**
     * One workload for each operator, order and rank mode, which meet every rule for ties; the same seed gives the same
     * events.
     */
    public static List<Workload> random(long seed, int events) {
        Random random = new Random(seed);
        int turn = random.nextInt(TIE_BREAKS.size());
        List<BoardSpec> boards = new ArrayList<>();
        for (int operator = 0; operator < OPERATORS.size(); operator++) {
            for (int order = 0; order < ORDERS.size(); order++) {
                for (int mode = 0; mode < RANK_MODES.size(); mode++) {
                    String tieBreak = TIE_BREAKS.get((turn + operator + order + mode) % TIE_BREAKS.size());
                    boards.add(board(random, OPERATORS.get(operator))
                            .order(ORDERS.get(order))
                            .rankMode(RANK_MODES.get(mode))
                            .tieBreak(tieBreak)
                            .build());
                }
            }
        }
        List<Workload> workloads = new ArrayList<>();
        for (int number = 0; number < boards.size(); number++) {
            int share = events * (number + 1) / boards.size() - events * number / boards.size();
            workloads.add(workload(random, boards.get(number), share));
        }
        return workloads;
    }

    /** The share of all standings in all windows, by every metric, that have their score in common with another one. */
    public static double tiedShare(List<Workload> workloads) {
        long tied = 0;
        long standings = 0;
        for (Workload workload : workloads) {
            for (Oracle.Window window : workload.oracle().windows()) {
                for (int metric = 0; metric < workload.board().metrics().size(); metric++) {
                    OracleRanking ranking = workload.oracle().ranking(window, metric);
                    tied += ranking.tied();
                    standings += ranking.total();
                }
            }
        }
        return (double) tied / standings;
    }

    private static BoardBuilder board(Random random, String operator) {
        Set<Period> periods = EnumSet.of(one(random, Period.calendar()));
        for (Period period : Period.calendar()) {
            if (random.nextInt(3) > 0) {
                periods.add(period);
            }
        }
        return BoardBuilder.aBoard("random-" + operator.toLowerCase(Locale.ROOT))
                .operator(operator)
                .metrics(METRICS.subList(0, 1 + random.nextInt(METRICS.size())))
                .decimals(random.nextInt(7))
                .zone(one(random, ZONES))
                .keeping(periods)
                .lateDays(3650);
    }

    private static Workload workload(Random random, BoardSpec board, int count) {
        List<Instant> boundaries =
                List.of(boundary(one(random, BOUNDARIES), board.zone()), boundary(PRESENT_DAY, board.zone()));
        List<Instant> sharedInstants = sharedInstants(random, boundaries);
        Oracle oracle = new Oracle(board);
        List<ScoreEvent> events = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Instant instant = random.nextInt(10) < 6
                    ? one(random, sharedInstants)
                    : one(random, boundaries).plusMillis(offset(random));
            ScoreEvent event = event(random, board, board.id() + "." + number, instant);
            oracle.accept(event);
            events.add(event);
        }
        return new Workload(board, List.copyOf(events), oracle);
    }

    /** A random event of a random player. */
    public static ScoreEvent event(Random random, BoardSpec board, String eventId, Instant instant) {
        return new ScoreEvent(one(random, PLAYERS), score(random, board), eventId, instant, metrics(random, board));
    }

    /** The numbers of the further metrics; where they are added up, one may be missing. */
    static Map<String, BigDecimal> metrics(Random random, BoardSpec board) {
        Map<String, BigDecimal> metrics = new TreeMap<>();
        for (String name : board.metrics().subList(1, board.metrics().size())) {
            if (!board.operator().equals("SUM") || random.nextInt(4) > 0) {
                metrics.put(name, score(random, board));
            }
        }
        return metrics;
    }

    private static List<Instant> sharedInstants(Random random, List<Instant> boundaries) {
        List<Instant> shared = new ArrayList<>();
        for (Instant boundary : boundaries) {
            shared.addAll(List.of(boundary.minusMillis(1), boundary, boundary.plusMillis(1)));
            shared.add(boundary.plusMillis(offset(random)));
        }
        return shared;
    }

    private static Instant boundary(String day, ZoneId zone) {
        return LocalDate.parse(day).atStartOfDay(zone).toInstant();
    }

    private static long offset(Random random) {
        return (long) ((random.nextDouble() * 2 - 1) * AROUND.toMillis());
    }

    /** Few values, so that scores meet: sums stay near nothing, and every digit the board allows is used. */
    static BigDecimal score(Random random, BoardSpec board) {
        if (board.operator().equals("SUM")) {
            int step = random.nextInt(5) - 2;
            return BigDecimal.valueOf(Math.abs(step) == 2 ? 0 : step * 3L, board.decimals());
        }
        return BigDecimal.valueOf(random.nextInt(5) * 7L - 14, board.decimals());
    }

    /** One of some. */
    public static <T> T one(Random random, List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }
}
