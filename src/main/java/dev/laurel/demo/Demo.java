package dev.laurel.demo;

import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.score.Scores;
import dev.laurel.score.Submission;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.Tenant;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs the demonstration where it is enabled: first the past of its boards, then an event now and then. */
@ApplicationScoped
class Demo {
    private static final Logger LOG = Logger.getLogger(Demo.class);

    /**
     * Interval between two events. All replicas generate the same one at the same time, under the same id, so that it
     * counts once.
     */
    private static final Duration PACE = Duration.ofSeconds(2);

    private final boolean wanted;
    private final DemoFilling filling;
    private final Scores scores;
    private final Scheduler scheduler;
    private final Clock clock;

    /** The demonstration's boards; null until their past is complete. */
    private volatile List<DemoBoard> boards;

    Demo(
            @ConfigProperty(name = "laurel.demo", defaultValue = "false") boolean wanted,
            DemoFilling filling,
            Scores scores,
            Scheduler scheduler,
            Clock clock) {
        this.wanted = wanted;
        this.filling = filling;
        this.scores = scores;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    void start(@Observes @Priority(StartOrder.CONTENT + 1) StartupEvent event) {
        if (wanted && scheduler.isRunning()) {
            scheduler
                    .newJob("demo")
                    .setInterval(PACE.toString())
                    .setConcurrentExecution(ConcurrentExecution.SKIP)
                    .setAsyncTask(execution -> step(DemoBoards.ALL))
                    .schedule();
        }
    }

    /** Fills the boards or, once they are filled, submits one score; never fails, since it is repeated. */
    Uni<Void> step(List<DemoBoard> all) {
        // As a request of that tenant would: it uses the same doors.
        CurrentTenant.set(Tenant.DEFAULT);
        Uni<Void> step = boards == null ? fill(all) : score();
        return step.onFailure(LaurelException.class).recoverWithUni(failure -> {
            LOG.debugf("The demo continues later: %s", failure.getMessage());
            return Uni.createFrom().voidItem();
        });
    }

    private Uni<Void> fill(List<DemoBoard> all) {
        return filling.fill(all)
                .invoke(filled -> {
                    boards = filled;
                    LOG.infof(
                            "Demo: scoring every 2 seconds on %s",
                            filled.stream().map(DemoBoard::id).toList());
                })
                .replaceWithVoid();
    }

    private Uni<Void> score() {
        List<DemoBoard> playing = boards;
        if (playing.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        long turn = clock.millis() / PACE.toMillis();
        Dice luck = Dice.of("turn", turn);
        DemoBoard board = pick(playing, luck);
        Submission event = board.event(luck, "turn-" + turn, Instant.ofEpochMilli(turn * PACE.toMillis()));
        return scores.submit(board.id(), event).replaceWithVoid();
    }

    private static DemoBoard pick(List<DemoBoard> playing, Dice luck) {
        long left = luck.whole(1, playing.stream().mapToInt(DemoBoard::share).sum());
        for (DemoBoard board : playing) {
            left -= board.share();
            if (left <= 0) {
                return board;
            }
        }
        throw new IllegalStateException("More than all shares");
    }
}
