package dev.laurel.achievement.award;

import dev.laurel.feed.Follower;
import dev.laurel.feed.source.ClosedWindow;
import dev.laurel.feed.source.Feed;
import dev.laurel.feed.source.Start;
import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Has achievements that depend on final places decided for all players once a window is closed. */
@ApplicationScoped
class ClosingAwards implements Follower<ClosedWindow> {
    private final Targets targets;

    ClosingAwards(Targets targets) {
        this.targets = targets;
    }

    @Override
    public String name() {
        return "achievements-of-windows";
    }

    @Override
    public Feed<ClosedWindow> feed() {
        return Feed.CLOSINGS;
    }

    @Override
    public Start start() {
        return Start.NOW;
    }

    @Override
    public Uni<Void> handle(List<ClosedWindow> batch, Statements transaction) {
        Map<Integer, List<ClosedWindow>> boards = batch.stream().collect(Collectors.groupingBy(ClosedWindow::boardId));
        return targets.on(boards.keySet(), transaction)
                .map(found -> found.entrySet().stream()
                        .flatMap(one ->
                                one.getValue().stream().filter(target -> isDecided(target, boards.get(one.getKey()))))
                        .toList())
                .chain(decided -> targets.order(decided, transaction));
    }

    private static boolean isDecided(Target target, List<ClosedWindow> closed) {
        return target.goal().facts().stream()
                .filter(fact -> fact.measure().isFinal())
                .anyMatch(fact -> closed.stream()
                        .anyMatch(window -> window.period() == fact.period()
                                && target.boards().get(fact.board()) != null
                                && target.boards().get(fact.board()).id() == window.boardId()));
    }
}
