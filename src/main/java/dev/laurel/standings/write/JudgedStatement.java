package dev.laurel.standings.write;

import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Operator;
import dev.laurel.board.rules.PlausibilityRules;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import dev.laurel.standings.window.WindowCalendars;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Turns a batch with events on boards with plausibility rules into the arguments of the SQL function
 * {@code apply_judged}, which holds what breaks them and has the rest written. A batch without any such event does not
 * come here.
 */
final class JudgedStatement {
    /** Arguments that describe the events to be judged, before those of {@link BatchStatement}. */
    private static final int CLAIMS = 9;

    static final String SQL = "SELECT ord, outcome, version, new_scores, new_instants, new_more, barred, answer "
            + "FROM apply_judged("
            + IntStream.rangeClosed(1, CLAIMS + BatchStatement.ARGUMENTS)
                    .mapToObj(n -> "$" + n)
                    .collect(Collectors.joining(", "))
            + ")";

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Events may come from a clock that is slightly ahead, and processes differ as well. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final List<Long> places = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final List<Long> steps = new ArrayList<>();
    private final List<Long> days = new ArrayList<>();
    private final List<Long> dayBounds = new ArrayList<>();
    private final List<Long> dayExpiries = new ArrayList<>();
    private final List<Long> minuteBounds = new ArrayList<>();
    private final List<Long> minuteExpiries = new ArrayList<>();

    private JudgedStatement() {}

    /** Whether a board's rules apply to an event. */
    static boolean judges(ScoreWrite write) {
        return !write.board().definition().plausibility().isNone() && write.isClaimed();
    }

    /** As {@link BatchStatement#arguments}, for {@link #SQL}. */
    static Object[] arguments(List<ScoreWrite> batch, boolean allOrNothing) {
        JudgedStatement statement = new JudgedStatement();
        for (int i = 0; i < batch.size(); i++) {
            if (judges(batch.get(i))) {
                statement.add(i + 1L, batch.get(i));
            }
        }
        Object[] own = BatchStatement.arguments(batch, allOrNothing);
        Object[] all = new Object[CLAIMS + own.length];
        System.arraycopy(statement.arguments(), 0, all, 0, CLAIMS - 1);
        all[CLAIMS - 1] = batch.stream().map(ScoreWrite::companion).toArray(String[]::new);
        System.arraycopy(own, 0, all, CLAIMS, own.length);
        return all;
    }

    private void add(long place, ScoreWrite write) {
        BoardDefinition definition = write.board().definition();
        PlausibilityRules rules = definition.plausibility();
        places.add(place);
        broken.add(broken(definition, write.score()));
        // The size of an added score needs no standing.
        steps.add(definition.operator() == Operator.SUM ? null : rules.maxStep());
        Window day = rules.maxSumPerDay() == null
                ? null
                : WindowCalendars.of(write.board()).at(Instant.ofEpochMilli(write.occurredAt()), Period.DAILY);
        long kept = definition.lateness().plus(MARGIN).toMillis();
        days.add(day == null ? null : day.start().toEpochMilli());
        dayBounds.add(rules.maxSumPerDay());
        dayExpiries.add(day == null ? null : day.end().toEpochMilli() + kept);
        minuteBounds.add(
                rules.maxEventsPerMinute() == null
                        ? null
                        : rules.maxEventsPerMinute().longValue());
        minuteExpiries.add(write.occurredAt() + MINUTE.toMillis() + kept);
    }

    /** The rule that a score breaks whatever else has been submitted; null when there is none. */
    private static String broken(BoardDefinition definition, long score) {
        PlausibilityRules rules = definition.plausibility();
        if (rules.minScore() != null && score < rules.minScore()
                || rules.maxScore() != null && score > rules.maxScore()) {
            return "SCORE";
        }
        boolean adds = definition.operator() == Operator.SUM;
        return adds && rules.maxStep() != null && Math.abs(score) > rules.maxStep() ? "STEP" : null;
    }

    private Object[] arguments() {
        return new Object[] {
            places.toArray(Long[]::new),
            broken.toArray(String[]::new),
            steps.toArray(Long[]::new),
            days.toArray(Long[]::new),
            dayBounds.toArray(Long[]::new),
            dayExpiries.toArray(Long[]::new),
            minuteBounds.toArray(Long[]::new),
            minuteExpiries.toArray(Long[]::new)
        };
    }
}
