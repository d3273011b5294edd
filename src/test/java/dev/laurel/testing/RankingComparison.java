package dev.laurel.testing;

import dev.laurel.testing.Oracle.Window;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** A comparison of everything a board's rankings answer with what an oracle says. */
public final class RankingComparison {

    private final LaurelApi api;
    private final Oracle oracle;
    private final String source;
    private final Random random;
    private final AtomicLong compared = new AtomicLong();

    /** A comparison whose answers have to come from one store, {@code REDIS} or {@code POSTGRES}. */
    public RankingComparison(LaurelApi api, Oracle oracle, String source, long seed) {
        this.api = api;
        this.oracle = oracle;
        this.source = source;
        this.random = new Random(seed);
    }

    /** Compares the first window and some others by the seed; answers how many answers were compared. */
    public long compareSome(int count) {
        return compareSome(List.copyOf(oracle.windows()), count);
    }

    /** Compares some of certain windows. */
    public long compareSome(List<Window> windows, int count) {
        Set<Window> chosen = new LinkedHashSet<>(Set.of(windows.get(0)));
        while (chosen.size() < Math.min(count, windows.size())) {
            chosen.add(windows.get(random.nextInt(windows.size())));
        }
        return compare(List.copyOf(chosen));
    }

    /** Compares the rankings of a segment in some of certain windows. */
    public long compareSegment(String segment, Set<String> members, List<Window> windows, int count) {
        List<Window> shuffled = new ArrayList<>(windows);
        Collections.shuffle(shuffled, random);
        List<Runnable> questions = new ArrayList<>();
        for (Window window : shuffled.subList(0, Math.min(count, shuffled.size()))) {
            questions.addAll(questions(
                    window, segment, metric -> oracle.ranking(window, metric).within(members)));
        }
        run(questions);
        return compared.get();
    }

    /** Compares one window by each metric, of which the oracle need not know. */
    public long compare(Window window, IntFunction<OracleRanking> byMetric) {
        run(questions(window, null, byMetric));
        return compared.get();
    }

    private long compare(List<Window> windows) {
        List<Runnable> questions = new ArrayList<>();
        for (Window window : windows) {
            questions.addAll(questions(window, null, metric -> oracle.ranking(window, metric)));
        }
        run(questions);
        return compared.get();
    }

    private List<Runnable> questions(Window window, String segment, IntFunction<OracleRanking> byMetric) {
        List<Runnable> questions = new ArrayList<>();
        List<String> metrics = oracle.board().metrics();
        for (int metric = 0; metric < metrics.size(); metric++) {
            AskedRanking asked = new AskedRanking(
                    oracle.board(),
                    window,
                    metrics.get(metric),
                    segment,
                    source,
                    byMetric.apply(metric),
                    oracle.players());
            questions.addAll(new RankingQuestions(api, asked).some(random));
            questions.addAll(new StatisticsQuestions(api, asked).some(random));
        }
        return questions;
    }

    private void run(List<Runnable> questions) {
        InOrder.forEach(questions, question -> {
            question.run();
            compared.incrementAndGet();
        });
    }
}
