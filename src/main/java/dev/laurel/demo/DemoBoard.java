package dev.laurel.demo;

import dev.laurel.board.BoardDefinition;
import dev.laurel.board.rules.EligibilityRules;
import dev.laurel.board.rules.MembershipRules;
import dev.laurel.board.rules.MetricRules;
import dev.laurel.board.rules.PlausibilityRules;
import dev.laurel.score.Submission;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A board of the demonstration and everything that ever happens on it: the same events under the same ids at every
 * start.
 *
 * @param id begins with {@code demo-}
 * @param definition once the board has its past; the title distinguishes the board from one that a user has created
 * @param days that its past reaches back
 * @param daily approximate number of events per day of the past
 * @param share the board's share of future events, relative to the others
 */
record DemoBoard(String id, BoardDefinition definition, int days, int daily, int share, Play play) {
    private static final int SECONDS_OF_DAY = 86_400;

    /** Long enough that events of the past are accepted while it is being written. */
    private static final Duration UNBOUNDED = Duration.ofDays(3_650);

    private static final String BEING_FILLED = ", being filled";

    /** The definition while the past is being written. */
    BoardDefinition beingFilled() {
        return new BoardDefinition(
                definition.title() + BEING_FILLED,
                definition.operator(),
                definition.order(),
                definition.periods(),
                definition.zone(),
                definition.weekStart(),
                definition.rankMode(),
                definition.tieBreak(),
                definition.decimals(),
                definition.minScore(),
                definition.maxScore(),
                definition.maxStep(),
                definition.metrics(),
                UNBOUNDED,
                definition.retention(),
                EligibilityRules.NONE,
                MembershipRules.NONE,
                0,
                PlausibilityRules.NONE,
                null,
                MetricRules.NONE,
                definition.access());
    }

    /** Whether a board with this id is the demonstration's and has its past. */
    boolean isComplete(BoardDefinition found) {
        return definition.title().equals(found.title());
    }

    /**
     * Whether a board with this id is the demonstration's and is incomplete: a process ended before it was filled, or
     * another one is filling it.
     */
    boolean isBeingFilled(BoardDefinition found) {
        return (definition.title() + BEING_FILLED).equals(found.title());
    }

    /** What has happened up to an instant, in chronological order. */
    List<Submission> past(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return today.minusDays(days)
                .datesUntil(today.plusDays(1))
                .flatMap(this::day)
                .filter(upTo(now))
                .toList();
    }

    /** What has happened recently enough to be still accepted, in chronological order. */
    List<Submission> recent(Instant now) {
        Instant since = now.minus(definition.lateness()).plusSeconds(60);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return Stream.of(today.minusDays(1), today)
                .flatMap(this::day)
                .filter(upTo(now))
                .filter(event -> event.occurredAt().isAfter(since))
                .toList();
    }

    private Stream<Submission> day(LocalDate day) {
        int events = (int) Math.round(daily * Dice.of(id, day).around(0.6, 1.4));
        return IntStream.range(0, events)
                .mapToObj(number -> {
                    Dice luck = Dice.of(id, day, number);
                    // Biased towards the hours when most people are awake.
                    long second = (long) luck.around(SECONDS_OF_DAY * 0.2, SECONDS_OF_DAY);
                    return event(
                            luck,
                            day + "-" + number,
                            day.atStartOfDay().toInstant(ZoneOffset.UTC).plusSeconds(second));
                })
                .sorted(Comparator.comparing(Submission::occurredAt));
    }

    /** One event at an instant. */
    Submission event(Dice luck, String eventId, Instant at) {
        String player = Cast.of(id).get(Cast.anybody(luck));
        Play.Numbers numbers = play.submit(luck, player, at);
        return new Submission(player, numbers.score(), numbers.metrics(), eventId, at, null);
    }

    private static Predicate<Submission> upTo(Instant now) {
        return event -> !event.occurredAt().isAfter(now);
    }
}
