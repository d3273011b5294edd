package dev.laurel.score;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.platform.Meters;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.Outdated;
import dev.laurel.standings.Ranks;
import dev.laurel.standings.ScoreWrite;
import dev.laurel.standings.StandingsReader;
import dev.laurel.standings.StandingsWriter;
import dev.laurel.standings.WindowRef;
import dev.laurel.standings.WindowRegistry;
import dev.laurel.standings.WindowState;
import dev.laurel.standings.Written;
import dev.laurel.standings.Written.Outcome;
import dev.laurel.standings.Written.WindowStanding;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Accepts score events. An answered event is committed in PostgreSQL and shown by every later read. */
@ApplicationScoped
public class Scores {
    private final Boards boards;
    private final WindowRegistry windows;
    private final StandingsReader reader;
    private final ScoreConfig config;
    private final Clock clock;
    private final MeterRegistry meters;
    private final List<ScoreLane> lanes = new ArrayList<>();

    Scores(
            Boards boards,
            WindowRegistry windows,
            StandingsWriter writer,
            StandingsReader reader,
            ScoreConfig config,
            Clock clock,
            MeterRegistry meters) {
        this.boards = boards;
        this.windows = windows;
        this.reader = reader;
        this.config = config;
        this.clock = clock;
        this.meters = meters;
        DistributionSummary sizes =
                DistributionSummary.builder(Meters.BATCH_SIZE).register(meters);
        for (int i = 0; i < config.lanes(); i++) {
            lanes.add(new ScoreLane(
                    batch -> {
                        sizes.record(batch.size());
                        return writer.write(batch);
                    },
                    config.maxBatch(),
                    config.maxWaiting()));
        }
    }

    /**
     * Accepts one event.
     *
     * @return fails with {@link InvalidInput} naming the field, with {@link Conflict} when the event id is taken by
     *     another event, with {@link Unavailable} when nothing could be written
     */
    public Uni<Receipt> submit(String boardName, Submission submission) {
        return boards.get(boardName)
                .chain(board -> attempt(board, submission))
                .onFailure(Outdated.class)
                .recoverWithUni(() -> boards.refresh(boardName).chain(board -> attempt(board, submission)))
                .onFailure(Outdated.class)
                .transform(e -> Unavailable.overloaded("The board is being changed"))
                .invoke(receipt -> meters.counter(
                                Meters.EVENTS, "outcome", receipt.outcome().name())
                        .increment());
    }

    private Uni<Receipt> attempt(Board board, Submission submission) {
        Instant now = clock.instant();
        Ids.require("playerId", submission.playerId());
        String eventId = SubmissionRules.eventId(submission.eventId());
        long score = SubmissionRules.score(board.definition(), submission.score());
        Instant occurredAt =
                SubmissionRules.occurredAt(board.definition(), submission.occurredAt(), now, config.maxFuture());
        long hash = eventId == null ? 0 : SubmissionRules.contentHash(score, submission);
        return windows.openAt(board, occurredAt)
                .invoke(Scores::requireOpen)
                .map(own -> new ScoreWrite(
                        board,
                        submission.playerId(),
                        score,
                        occurredAt.toEpochMilli(),
                        eventId,
                        hash,
                        submission.attributes(),
                        own))
                .chain(write -> laneOf(write).submit(write).chain(written -> receipt(write, written)));
    }

    private static void requireOpen(List<WindowRef> own) {
        for (WindowRef window : own) {
            if (window.state() != WindowState.OPEN) {
                throw new InvalidInput("occurredAt", "belongs to window " + window.id() + ", which has been closed");
            }
        }
    }

    private ScoreLane laneOf(ScoreWrite write) {
        int hash = 31 * write.board().id() + write.playerId().hashCode();
        return lanes.get(Math.floorMod(hash ^ hash >>> 16, lanes.size()));
    }

    private Uni<Receipt> receipt(ScoreWrite write, Written written) {
        String eventId = write.clientEventId() == null ? UUID.randomUUID().toString() : write.clientEventId();
        return switch (written.outcome()) {
            case CONFLICT ->
                Uni.createFrom()
                        .failure(new Conflict("Event " + eventId + " has been accepted before with other content"));
            case DUPLICATE -> present(write).map(now -> new Receipt(write.board(), eventId, Outcome.DUPLICATE, now));
            default ->
                Uni.createFrom().item(new Receipt(write.board(), eventId, written.outcome(), written.standings()));
        };
    }

    /** The player's standings as they are, for the answer to an event that has been accepted before. */
    private Uni<List<WindowStanding>> present(ScoreWrite write) {
        List<Uni<WindowStanding>> reads = new ArrayList<>();
        for (WindowRef window : write.windows()) {
            reads.add(standing(window, write.playerId()));
        }
        return Uni.join().all(reads).andFailFast();
    }

    private Uni<WindowStanding> standing(WindowRef window, String playerId) {
        return reader.read(window, window.id(), (source, now) -> source.around(now, playerId, 0))
                .map(reading -> {
                    if (!reading.value().ranked()) {
                        return new WindowStanding(reading.window(), null, null, null, null);
                    }
                    var place = reading.value();
                    long rank = Ranks.at(window.board().definition().rankMode(), place.position(), place.better());
                    return new WindowStanding(
                            reading.window(),
                            place.own(),
                            rank,
                            null,
                            place.around().total());
                });
    }
}
