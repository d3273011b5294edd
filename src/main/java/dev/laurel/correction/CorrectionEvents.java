package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.score.Receipt;
import dev.laurel.score.Scores;
import dev.laurel.shared.Activity;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.standings.window.WindowState;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.ScoreWrite.Effect;
import dev.laurel.standings.write.ScoreWrite.Report;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The ledger events that make adjustments. Each counts once, however often it is written. */
@ApplicationScoped
class CorrectionEvents {
    private final Scores scores;
    private final WindowRegistry windows;

    CorrectionEvents(Scores scores, WindowRegistry windows) {
        this.scores = scores;
        this.windows = windows;
    }

    /** Writes an event to windows; returns the original response when it has been accepted before. */
    Uni<Receipt> write(Board board, CorrectionEvent event, Decision decision, List<TouchedWindow> touched) {
        String attributes = new JsonObject()
                .put("reason", decision.reason())
                .put("author", decision.author())
                .put("adjustment", event.id())
                .encode();
        return scores.submitByHand(new ScoreWrite(
                board,
                event.playerId(),
                event.scores().get(0),
                event.scores().subList(1, event.scores().size()),
                event.at().toEpochMilli(),
                event.effect(),
                event.id(),
                0,
                attributes,
                touched.stream().map(TouchedWindow::window).toList(),
                event.onlyIn(),
                null,
                Activity.NONE,
                Report.RANKS));
    }

    /** The original response to the event of an adjustment that has been applied. */
    Uni<Receipt> answer(Board board, Adjustment adjustment) {
        return scores.answerByHand(board, adjustment.playerId(), adjustment.eventId());
    }

    /** The windows of an adjustment that are still open, in their present state. */
    Uni<List<TouchedWindow>> open(Board board, Adjustment adjustment) {
        return Multi.createFrom()
                .iterable(adjustment.windows())
                .onItem()
                .transformToUniAndConcatenate(touched -> windows.named(board, touched.period(), touched.windowId())
                        .map(now -> now.key() == touched.key() && now.state() == WindowState.OPEN
                                ? new TouchedWindow(now, touched.before())
                                : null))
                .collect()
                .asList();
    }

    /**
     * An event that makes a correction.
     *
     * @param scores in units, for each metric
     * @param effect what it does to the standings
     * @param onlyIn the periods that it counts in; empty for all
     */
    record CorrectionEvent(
            String id, String playerId, List<Long> scores, Instant at, Effect effect, Set<Period> onlyIn) {}
}
