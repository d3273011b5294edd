package dev.laurel.board;

import dev.laurel.board.rules.AccessRules;
import dev.laurel.board.rules.EligibilityRules;
import dev.laurel.board.rules.MembershipRules;
import dev.laurel.board.rules.MetricRules;
import dev.laurel.board.rules.PlausibilityRules;
import dev.laurel.platform.lifecycle.MainThread;
import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.shared.Tenant;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** The board that exists from the first start. */
@ApplicationScoped
class DefaultBoard {
    private static final int START_RETRIES = 5;

    private final Boards boards;
    private final BoardConfig config;

    DefaultBoard(Boards boards, BoardConfig config) {
        this.boards = boards;
        this.config = config;
    }

    // Blocks the main thread before any request is accepted: the board is part of what "started" means.
    void create(@Observes @Priority(StartOrder.CONTENT) StartupEvent event) {
        BoardName name = new BoardName(Tenant.DEFAULT, config.defaultBoard());
        MainThread.await(() -> boards.get(name)
                .replaceWithVoid()
                .onFailure(NotFound.class)
                .recoverWithUni(() -> boards.put(name, pomodoro(), ChangeTerms.CAREFUL)
                        .replaceWithVoid()
                        // Another replica is starting at the same time.
                        .onFailure(Conflict.class)
                        .recoverWithNull())
                // A cold process on a busy machine may need longer than a request is allowed to wait.
                .onFailure(Unavailable.class)
                .retry()
                .atMost(START_RETRIES));
    }

    private static BoardDefinition pomodoro() {
        return new BoardDefinition(
                "Pomodoros",
                Operator.SUM,
                SortOrder.DESC,
                Period.REGULAR,
                ZoneOffset.UTC,
                DayOfWeek.MONDAY,
                RankMode.COMPETITION,
                TieBreak.EARLIEST,
                0,
                0,
                Score.MAX,
                null,
                List.of(BoardDefinition.DEFAULT_METRIC),
                Duration.ofMinutes(5),
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
