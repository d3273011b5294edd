package dev.laurel.web.corrections;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.board.BoardDefinition;
import dev.laurel.correction.Adjustment;
import dev.laurel.correction.Adjustments.Adjusted;
import dev.laurel.correction.AdminLog;
import dev.laurel.correction.Decision;
import dev.laurel.correction.Disqualifications.Disqualified;
import dev.laurel.correction.TouchedWindow;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Score;
import dev.laurel.web.NumberText;
import dev.laurel.web.scores.ReceiptJson;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON forms of corrections, in requests and responses. */
public final class CorrectionJson {
    private CorrectionJson() {}

    /** The reason and the author. */
    @Schema(name = "Decision")
    public record DecisionRequest(
            @Schema(required = true, maxLength = 500, examples = "Used a second account")
            String reason,

            @Schema(required = true, maxLength = 128, examples = "judge-7")
            String author) {
        public Decision decision() {
            return new Decision(reason, author);
        }
    }

    /** A correction of scores. */
    @Schema(name = "AdjustmentRequest")
    record AdjustmentRequest(
            @Schema(required = true, examples = "alice", minLength = 1, maxLength = 128, pattern = PlayerIds.PATTERN)
            String playerId,

            @Schema(required = true, examples = "-3", description = "Added to the score, or replaces the standing")
            NumberText score,

            @Schema(
                    description =
                            "By further metric of the board. With SUM an omitted one is 0; otherwise all are required",
                    type = SchemaType.OBJECT,
                    additionalProperties = Number.class)
            Map<String, NumberText> metrics,

            @Schema(
                    description = "Periods whose current windows it applies to; default: all of the board",
                    ref = "PeriodPath")
            List<String> periods,

            @Schema(required = true, maxLength = 500, examples = "Counted twice")
            String reason,

            @Schema(required = true, maxLength = 128, examples = "judge-7")
            String author) {
        public Decision decision() {
            return new Decision(reason, author);
        }
    }

    /** Whether a player is ranked, and whether that has changed. */
    @Schema(name = "DisqualificationChange")
    record DisqualificationChange(String playerId, boolean disqualified, boolean changed) {}

    /** The players disqualified in a window. */
    @Schema(name = "DisqualifiedPlayers")
    record DisqualifiedList(List<DisqualifiedJson> items) {
        static DisqualifiedList of(List<Disqualified> found) {
            return new DisqualifiedList(found.stream()
                    .map(one -> new DisqualifiedJson(one.playerId(), one.reason(), one.author(), one.since()))
                    .toList());
        }
    }

    /** One of them. */
    @Schema(name = "DisqualifiedPlayer")
    record DisqualifiedJson(String playerId, String reason, String author, Instant since) {}

    /** An adjustment that has been applied. */
    @Schema(name = "Adjusted")
    record AdjustedJson(long adjustment, ReceiptJson receipt) {
        static AdjustedJson of(Adjusted adjusted) {
            return new AdjustedJson(adjusted.id(), ReceiptJson.of(adjusted.receipt()));
        }
    }

    /** An adjustment in the list. */
    @Schema(name = "Adjustment")
    record AdjustmentJson(
            long id,
            String playerId,

            @Schema(description = "By metric: the amount added, or the new standing")
            Map<String, Number> scores,

            @Schema(description = "The windows it applies to")
            List<String> windows,

            String reason,
            String author,
            Instant createdAt,

            @Schema(description = "Missing if it is not known to have been applied")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Instant appliedAt,

            @Schema(description = "Missing unless it has been undone") @JsonInclude(JsonInclude.Include.NON_NULL)
            Instant undoneAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) String undoneBy) {
        static AdjustmentJson of(Adjustment found, BoardDefinition definition) {
            Map<String, Number> scores = new LinkedHashMap<>();
            for (int i = 0; i < found.scores().size(); i++) {
                if (found.scores().get(i) != null) {
                    scores.put(
                            definition.metrics().get(i),
                            Score.toNumber(found.scores().get(i), definition.decimals()));
                }
            }
            return new AdjustmentJson(
                    found.id(),
                    found.playerId(),
                    scores,
                    found.windows().stream().map(TouchedWindow::windowId).toList(),
                    found.reason(),
                    found.author(),
                    found.createdAt(),
                    found.appliedAt(),
                    found.undoneAt(),
                    found.undoneBy());
        }
    }

    /** The windows from which an adjustment has been removed. */
    @Schema(name = "UndoneAdjustment")
    record UndoneJson(long adjustment, List<String> windows) {}

    /** One change by an administrator. */
    @Schema(name = "AdminLogEntry")
    public record LogEntryJson(
            Instant at,

            @Schema(
                    enumeration = {
                        "DISQUALIFY",
                        "REINSTATE",
                        "ADJUST",
                        "UNDO",
                        "FILL",
                        "RESET",
                        "SYNC",
                        "CLEAR_CACHE",
                        "TAKE_OVER",
                        "IMPORT",
                        "WITHDRAW",
                        "ACCEPT",
                        "REJECT",
                        "BASELINE",
                        "DROP_CACHE",
                        "OPTIMIZE",
                        "BACKUP",
                        "RESTORE"
                    })
            String action,

            @JsonInclude(JsonInclude.Include.NON_NULL) String playerId,
            @JsonInclude(JsonInclude.Include.NON_NULL) String window,
            String author,
            String reason) {
        public static LogEntryJson of(AdminLog.Entry entry) {
            return new LogEntryJson(
                    entry.at(), entry.action(), entry.playerId(), entry.windowId(), entry.author(), entry.reason());
        }
    }
}
