package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.shared.Activity;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Score;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.ScoreWrite.Effect;
import dev.laurel.standings.write.ScoreWrite.Report;
import io.vertx.core.json.JsonObject;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Converts rows from another system into events.
 *
 * @param windows that are running at the moment of the takeover
 */
public record TakeoverPlan(Board board, List<WindowRef> windows, Instant now, Decision decision) {
    /** No client can choose an id with this prefix. */
    private static final String ID = "#takeover-";

    /**
     * The events of a row, one for each period.
     *
     * @throws InvalidInput naming everything that is wrong in the row
     */
    public List<ScoreWrite> writes(TakeoverRow row) {
        if (row.refusal() != null) {
            throw row.refusal();
        }
        PlayerIds.require("playerId", row.playerId());
        if (row.scores().isEmpty()) {
            throw new InvalidInput("scores", "must contain a score for at least one period");
        }
        List<FieldError> errors = new ArrayList<>();
        List<ScoreWrite> writes = new ArrayList<>(row.scores().size());
        for (Map.Entry<String, String> score : row.scores().entrySet()) {
            try {
                writes.add(write(row, score.getKey(), score.getValue()));
            } catch (InvalidInput e) {
                errors.addAll(e.errors());
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        return writes;
    }

    private ScoreWrite write(TakeoverRow row, String word, String text) {
        String field = "scores." + word;
        WindowRef window = window(field, Period.withOwnWindows(field, word));
        long units = Score.parse(field, text, board.definition().decimals());
        return new ScoreWrite(
                board,
                row.playerId(),
                units,
                List.of(),
                achievedAt(row, window).toEpochMilli(),
                Effect.OPERATE,
                ID + window.period().path() + "-" + window.generationId() + "-" + row.playerId(),
                hash(units, row.achievedAt()),
                new JsonObject()
                        .put("reason", decision.reason())
                        .put("author", decision.author())
                        .encode(),
                List.of(window),
                Set.of(window.period()),
                null,
                Activity.NONE,
                Report.OUTCOME);
    }

    private WindowRef window(String field, Period period) {
        if (!board.definition().periods().contains(period)) {
            throw new InvalidInput(field, "is not a period of this board");
        }
        return windows.stream()
                .filter(window -> window.period() == period && window.state() == WindowState.OPEN)
                .findFirst()
                .orElseThrow(() -> new InvalidInput(field, "has no running window"));
    }

    /** It must lie in the window, or a recount of the window would not find it in the ledger. */
    private Instant achievedAt(TakeoverRow row, WindowRef window) {
        Instant achieved = row.achievedAt();
        if (achieved == null) {
            return now;
        }
        Instant start = window.window().start();
        if (achieved.isAfter(now) || start != null && achieved.isBefore(start)) {
            throw new InvalidInput(
                    "achievedAt",
                    "must lie in window " + window.id() + " of "
                            + window.period().path() + ", and not in the future");
        }
        return achieved;
    }

    /** Tells a resent row apart from a different one for the same player. */
    private static long hash(long units, Instant achievedAt) {
        byte[] content = (units + "/" + achievedAt).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(content).getMostSignificantBits();
    }
}
