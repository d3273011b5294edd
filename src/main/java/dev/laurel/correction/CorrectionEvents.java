package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.score.Receipt;
import dev.laurel.score.Scores;
import dev.laurel.standings.ScoreWrite;
import dev.laurel.standings.ScoreWrite.Effect;
import dev.laurel.standings.WindowRegistry;
import dev.laurel.standings.WindowState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** The events in the ledger by which adjustments are made and taken back. Each counts once, however often it is written. */
@ApplicationScoped
class CorrectionEvents {
    private final Scores scores;
    private final WindowRegistry windows;

    CorrectionEvents(Scores scores, WindowRegistry windows) {
        this.scores = scores;
        this.windows = windows;
    }

    /** Writes an event to windows; what was answered the first time when it has been accepted before. */
    Uni<Receipt> write(
            Board board, CorrectionEvent event, ReachedScores reached, Decision decision, List<TouchedWindow> touched) {
        String attributes = new JsonObject()
                .put("reason", decision.reason())
                .put("author", decision.author())
                .put("adjustment", event.id())
                .encode();
        return scores.submitByHand(new ScoreWrite(
                board,
                event.playerId(),
                reached.scores().get(0),
                reached.scores().subList(1, reached.scores().size()),
                reached.instants().subList(1, reached.instants().size()),
                reached.instants().get(0),
                event.effect(),
                event.id(),
                0,
                attributes,
                touched.stream().map(TouchedWindow::window).toList()));
    }

    /** What was answered to the event of an adjustment that has been applied. */
    Uni<Receipt> answer(Board board, Adjustment adjustment) {
        return scores.answerByHand(board, adjustment.playerId(), adjustment.eventId());
    }

    /** Those windows of an adjustment that are open, as they are now. */
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

    /** Whose event it is, under which id, and what it does to the standings. */
    record CorrectionEvent(String id, String playerId, Effect effect) {}
}
