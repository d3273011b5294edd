package dev.laurel.score;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.platform.Meters;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.Outdated;
import dev.laurel.standings.Place;
import dev.laurel.standings.Ranks;
import dev.laurel.standings.ScoreWrite;
import dev.laurel.standings.StandingsReader;
import dev.laurel.standings.StandingsReader.Reading;
import dev.laurel.standings.WindowRef;
import dev.laurel.standings.Written;
import dev.laurel.standings.Written.Outcome;
import dev.laurel.standings.Written.WindowStanding;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Accepts score events. An answered event is committed in PostgreSQL and shown by every later read. */
@ApplicationScoped
public class Scores {
    private final Boards boards;
    private final Intake intake;
    private final Lanes lanes;
    private final StandingsReader reader;
    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);

    Scores(Boards boards, Intake intake, Lanes lanes, StandingsReader reader, MeterRegistry meters) {
        this.boards = boards;
        this.intake = intake;
        this.lanes = lanes;
        this.reader = reader;
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, meters.counter(Meters.EVENTS, "outcome", outcome.name()));
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
                .transform(e -> Unavailable.overloaded("The board is being changed"));
    }

    private Uni<Receipt> attempt(Board board, Submission submission) {
        return intake.prepare(board, submission)
                .chain(write -> lanes.submit(write).chain(written -> receipt(write, written)));
    }

    /** The answer to an event, with what the client needs to know of it. */
    Uni<Receipt> receipt(ScoreWrite write, Written written) {
        outcomes.get(written.outcome()).increment();
        String eventId = write.clientEventId();
        return switch (written.outcome()) {
            case CONFLICT -> Uni.createFrom().failure(taken(eventId));
            case DUPLICATE -> present(write).map(now -> new Receipt(write.board(), eventId, Outcome.DUPLICATE, now));
            default ->
                Uni.createFrom().item(new Receipt(write.board(), eventId, written.outcome(), written.standings()));
        };
    }

    static Conflict taken(String eventId) {
        return new Conflict("Event " + eventId + " has been accepted before with other content");
    }

    /** The player's standings as they are, for the answer to an event that has been accepted before. */
    private Uni<List<WindowStanding>> present(ScoreWrite write) {
        List<Uni<WindowStanding>> reads = new ArrayList<>();
        for (WindowRef window : write.windows()) {
            reads.add(reader.read(window, window.id(), (source, now) -> source.around(now, write.playerId(), 0))
                    .map(Scores::standing));
        }
        return Uni.join().all(reads).andFailFast();
    }

    private static WindowStanding standing(Reading<Place> reading) {
        Place place = reading.value();
        WindowRef window = reading.window();
        if (!place.ranked()) {
            return new WindowStanding(window, null, null, null, null);
        }
        long rank = Ranks.at(window.board().definition().rankMode(), place.position(), place.better());
        return new WindowStanding(
                window, place.own(), rank, null, place.around().total());
    }
}
