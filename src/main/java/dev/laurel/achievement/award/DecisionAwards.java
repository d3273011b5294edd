package dev.laurel.achievement.award;

import dev.laurel.achievement.rule.Measure;
import dev.laurel.feed.Follower;
import dev.laurel.feed.source.Change;
import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.Start;
import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides achievements again when a player has been disqualified or reinstated. */
@ApplicationScoped
class DecisionAwards implements Follower<Change> {
    private static final Set<String> KINDS = Set.of("PLAYER_DISQUALIFIED", "PLAYER_REINSTATED");

    private final Targets targets;
    private final Awards awards;

    DecisionAwards(Targets targets, Awards awards) {
        this.targets = targets;
        this.awards = awards;
    }

    @Override
    public String name() {
        return "achievements-of-decisions";
    }

    @Override
    public Feed<Change> feed() {
        return Feed.CHANGES;
    }

    @Override
    public Start start() {
        return Start.NOW;
    }

    @Override
    public Uni<Void> handle(List<Change> batch, Statements transaction) {
        Map<Integer, Set<String>> players = batch.stream()
                .filter(change -> KINDS.contains(change.kind()))
                .collect(Collectors.groupingBy(
                        Change::boardId, Collectors.mapping(Change::subject, Collectors.toSet())));
        if (players.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return targets.on(players.keySet(), transaction)
                .call(found -> awards.lock(players, found, transaction))
                .chain(found -> Multi.createFrom()
                        .iterable(found.entrySet())
                        .onItem()
                        .transformToUniAndConcatenate(
                                one -> onBoard(one.getValue(), players.get(one.getKey()), transaction))
                        .collect()
                        .last());
    }

    /** A final place that becomes free moves others up. */
    private Uni<Void> onBoard(List<Target> found, Set<String> players, Statements transaction) {
        return awards.decideAnew(found, players, transaction)
                .chain(() -> targets.order(
                        found.stream()
                                .filter(one -> one.frozen() || one.measures(Measure::isFinal))
                                .toList(),
                        transaction));
    }
}
