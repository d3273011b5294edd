package dev.laurel.demo;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.board.ChangeTerms;
import dev.laurel.board.Season;
import dev.laurel.board.Seasons;
import dev.laurel.score.BatchItem;
import dev.laurel.score.BatchScores;
import dev.laurel.score.ItemResult;
import dev.laurel.score.Submission;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Creates the boards of the demonstration and writes their past. It can be repeated whenever it ends early: events have
 * ids, and the title of a board shows its progress.
 */
@ApplicationScoped
class DemoFilling {
    private static final Logger LOG = Logger.getLogger(DemoFilling.class);

    /** Events in one call: other calls get through in between. */
    private static final int CHUNK = 1_000;

    private final Boards boards;
    private final Seasons seasons;
    private final BatchScores scores;
    private final Clock clock;
    private final Vertx vertx;

    DemoFilling(Boards boards, Seasons seasons, BatchScores scores, Clock clock, Vertx vertx) {
        this.boards = boards;
        this.seasons = seasons;
        this.scores = scores;
        this.clock = clock;
        this.vertx = vertx;
    }

    /**
     * Ensures that the boards exist and are filled, one after the other.
     *
     * @return those that the demonstration may score on; fails with {@link Unavailable} when a store does not
     *     respond
     */
    Uni<List<DemoBoard>> fill(List<DemoBoard> wanted) {
        return Multi.createFrom()
                .iterable(wanted)
                .onItem()
                .transformToUniAndConcatenate(this::fill)
                .collect()
                .asList();
    }

    /** Null for a board that a user has created. */
    private Uni<DemoBoard> fill(DemoBoard wanted) {
        return boards.refresh(wanted.id())
                .onFailure(NotFound.class)
                .recoverWithUni(() -> boards.put(wanted.id(), wanted.beingFilled(), ChangeTerms.CAREFUL)
                        .map(Boards.Change::board))
                .chain(board -> fill(wanted, board));
    }

    private Uni<DemoBoard> fill(DemoBoard wanted, Board found) {
        Instant now = clock.instant();
        if (wanted.isComplete(found.definition())) {
            return addSeasons(found, now)
                    .chain(() -> invent(() -> wanted.recent(now)))
                    .chain(events -> submit(wanted, events))
                    .replaceWith(wanted);
        }
        if (wanted.isBeingFilled(found.definition())) {
            return addSeasons(found, now)
                    .chain(() -> invent(() -> wanted.past(now)))
                    .chain(events -> submit(wanted, events))
                    // What is over is closed by the rollover as soon as it may be.
                    .call(() -> boards.put(wanted.id(), wanted.definition(), ChangeTerms.CONFIRMED))
                    .invoke(events -> LOG.infof("Filled board %s with %d demo events", wanted.id(), events))
                    .replaceWith(wanted);
        }
        LOG.warnf("Board %s exists and was not created by the demo: it is left alone", wanted.id());
        return Uni.createFrom().nullItem();
    }

    /** Computes events off the event loop: the past of a board takes up to seconds. */
    private Uni<List<Submission>> invent(Callable<List<Submission>> events) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(events, false).toCompletionStage());
    }

    private Uni<Void> addSeasons(Board board, Instant now) {
        if (!board.definition().periods().contains(Period.SEASON)) {
            return Uni.createFrom().voidItem();
        }
        List<Season> missing = DemoSeasons.around(now).stream()
                .filter(season -> board.season(season.id()).isEmpty())
                .toList();
        return Multi.createFrom()
                .iterable(missing)
                .onItem()
                .transformToUniAndConcatenate(season -> seasons.put(board.name(), season))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Returns the number of events sent. */
    private Uni<Integer> submit(DemoBoard board, List<Submission> events) {
        return Multi.createFrom()
                .iterable(events)
                .map(BatchItem::of)
                .group()
                .intoLists()
                .of(CHUNK)
                .onItem()
                .transformToUniAndConcatenate(chunk -> scores.submit(board.id(), chunk))
                .invoke(DemoFilling::requireTaken)
                .collect()
                .last()
                .replaceWith(events.size());
    }

    private static void requireTaken(List<ItemResult> results) {
        for (ItemResult result : results) {
            if (result.refusal() instanceof Unavailable later) {
                throw later;
            }
            if (result.refusal() != null) {
                LOG.warnf("A demo event was refused: %s", result.refusal().getMessage());
            }
        }
    }
}
