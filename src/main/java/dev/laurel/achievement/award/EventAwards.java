package dev.laurel.achievement.award;

import dev.laurel.achievement.rule.Measure;
import dev.laurel.analytics.rollup.ActivityFigures;
import dev.laurel.feed.Follower;
import dev.laurel.feed.source.AcceptedEvent;
import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.Start;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.Period;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Decides, for the players of accepted events, the achievements of their boards. What happened before an achievement was
 * defined is found by {@link BackFill}.
 */
@ApplicationScoped
class EventAwards implements Follower<AcceptedEvent> {
    /** A window may have been closed between an event and its turn here, as after an outage over midnight. */
    private static final String CLOSED_MEANWHILE = """
            SELECT EXISTS (SELECT FROM board_window w WHERE w.board_id = $1 AND w.state = 'CLOSED' AND w.period = ANY($2)
                           AND w.end_at > to_timestamp($3 / 1000.0) AND w.start_at <= to_timestamp($4 / 1000.0))""";

    private final Targets targets;
    private final Awards awards;

    EventAwards(Targets targets, Awards awards) {
        this.targets = targets;
        this.awards = awards;
    }

    @Override
    public String name() {
        return "achievements";
    }

    @Override
    public Feed<AcceptedEvent> feed() {
        return Feed.EVENTS;
    }

    /** Days are counted by it. */
    @Override
    public String after() {
        return ActivityFigures.FOLLOWER;
    }

    @Override
    public Start start() {
        return Start.NOW;
    }

    @Override
    public Uni<Void> handle(List<AcceptedEvent> batch, Statements transaction) {
        Map<Integer, List<AcceptedEvent>> boards =
                batch.stream().collect(Collectors.groupingBy(AcceptedEvent::boardId));
        Map<Integer, List<String>> players = new HashMap<>();
        boards.forEach((board, events) -> players.put(
                board, events.stream().map(AcceptedEvent::playerId).distinct().toList()));
        return targets.on(boards.keySet(), transaction)
                .call(found -> awards.lock(players, found, transaction))
                .chain(found -> Multi.createFrom()
                        .iterable(found.entrySet())
                        .onItem()
                        .transformToUniAndConcatenate(
                                one -> onBoard(one.getValue(), boards.get(one.getKey()), transaction))
                        .collect()
                        .last());
    }

    private Uni<Void> onBoard(List<Target> found, List<AcceptedEvent> events, Statements transaction) {
        Map<String, Long> players =
                events.stream().collect(Collectors.toMap(AcceptedEvent::playerId, EventAwards::earliest, Math::min));
        List<Target> decided = found.stream()
                .filter(one -> one.measures(EventAwards::isDecidedByEvents))
                .toList();
        return isClosed(decided, events, transaction)
                .chain(closed -> awards.decide(decided, players, closed, transaction))
                .chain(() -> targets.order(
                        found.stream()
                                .filter(one -> one.frozen() || isCorrected(one, events))
                                .toList(),
                        transaction));
    }

    private static Uni<Boolean> isClosed(List<Target> targets, List<AcceptedEvent> events, Statements transaction) {
        Short[] periods = targets.stream()
                .map(one -> one.goal().repeats())
                .filter(Objects::nonNull)
                .map(Period::code)
                .distinct()
                .toArray(Short[]::new);
        LongSummaryStatistics instants = events.stream()
                .mapToLong(event -> event.occurredAt().toEpochMilli())
                .summaryStatistics();
        return periods.length == 0
                ? Uni.createFrom().item(false)
                : transaction
                        .run(CLOSED_MEANWHILE, events.get(0).boardId(), periods, instants.getMin(), instants.getMax())
                        .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** A decision of an administrator may undo what happened at any time. */
    private static long earliest(AcceptedEvent event) {
        return event.byHand() ? Long.MIN_VALUE : event.occurredAt().toEpochMilli();
    }

    private static boolean isDecidedByEvents(Measure measure) {
        return !measure.isFinal();
    }

    /** A decision of an administrator may reach closed windows, and the places of others there. */
    private static boolean isCorrected(Target target, List<AcceptedEvent> events) {
        return (target.goal().repeats() != null || target.measures(Measure::isFinal))
                && events.stream().anyMatch(AcceptedEvent::byHand);
    }
}
