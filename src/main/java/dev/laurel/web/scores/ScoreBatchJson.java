package dev.laurel.web.scores;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.score.BatchScores;
import dev.laurel.score.ItemResult;
import dev.laurel.score.Receipt;
import dev.laurel.score.Submission;
import dev.laurel.shared.Activity;
import dev.laurel.shared.ErrorCode;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.PlayerIds;
import dev.laurel.standings.write.ScoreWrite.Report;
import dev.laurel.standings.write.WriteResult.Outcome;
import dev.laurel.web.NumberText;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;
import java.util.Map;

/** The JSON forms of batches of score events, in requests and responses. */
public final class ScoreBatchJson {
    private ScoreBatchJson() {}

    /** Many events. */
    @Schema(name = "ScoreBatch")
    record ScoreBatch(
            @Schema(required = true, minItems = 1, maxItems = BatchScores.MAX_EVENTS)
            List<ScoreRequest> scores) {}

    /** One player's event for several boards. */
    @Schema(name = "MultiBoardScore")
    record MultiBoardRequest(
            @Schema(required = true, minItems = 1, maxItems = BatchScores.MAX_BOARDS, examples = "[\"sprint\"]")
            List<String> boards,

            @Schema(required = true, examples = "alice", minLength = 1, maxLength = 128, pattern = PlayerIds.PATTERN)
            String playerId,

            @Schema(required = true, examples = "3") NumberText score,

            @Schema(
                    description = "By further metric, which each of the boards has to have",
                    type = SchemaType.OBJECT,
                    additionalProperties = Number.class)
            Map<String, NumberText> metrics,

            @Schema(description = "Makes a retry safe") String eventId,
            @Schema(format = "date-time") String occurredAt,
            ObjectNode attributes,

            @Schema(
                    description = "What the player did, such as a lesson",
                    examples = "lesson-12",
                    pattern = Ids.PATTERN)
            String activity,

            @Schema(description = "Topics of the activity", maxItems = Activity.MAX_TAGS, examples = "[\"loops\"]")
            List<String> tags,

            @Schema(
                    description = "How the attempt ended; with a score of 0 it is an attempt all the same",
                    enumeration = {"COMPLETED", "FAILED", "PARTIAL"})
            String outcome,

            @Schema(description = "How long it took", minimum = "0", maximum = "2678400000")
            Long durationMs) {
        Submission toSubmission(String idempotencyKey, Report report) {
            return new ScoreRequest(
                            playerId,
                            score,
                            metrics,
                            eventId,
                            occurredAt,
                            attributes,
                            activity,
                            tags,
                            outcome,
                            durationMs)
                    .toSubmission(idempotencyKey, report);
        }
    }

    /** The outcomes of the events of a batch, in order. */
    @Schema(name = "BatchResults")
    record Results(List<Result> results) {
        public static Results of(List<ItemResult> results, boolean standings) {
            return new Results(
                    results.stream().map(one -> Result.of(one, standings)).toList());
        }

        static Results ofAll(List<Receipt> receipts, boolean standings) {
            return new Results(receipts.stream()
                    .map(one -> Result.accepted(one, standings))
                    .toList());
        }
    }

    /** The outcome of one event. */
    @Schema(name = "BatchResult")
    record Result(
            @Schema(enumeration = {"APPLIED", "UNCHANGED", "DUPLICATE", "HELD", "REJECTED", "REFUSED"})
            String status,

            @JsonInclude(JsonInclude.Include.NON_NULL) String eventId,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "With standings=true, by period: the player's standing after the event")
            Map<Period, ReceiptJson.StandingJson> standings,

            @JsonInclude(JsonInclude.Include.NON_NULL) RefusalJson error) {
        public static Result of(ItemResult result, boolean standings) {
            return result.refusal() == null
                    ? accepted(result.receipt(), standings)
                    : new Result("REFUSED", result.eventId(), null, RefusalJson.of(result.refusal()));
        }

        static Result accepted(Receipt receipt, boolean standings) {
            return new Result(
                    receipt.outcome().name(),
                    receipt.eventId(),
                    standings ? ReceiptJson.of(receipt).standings() : null,
                    null);
        }
    }

    /** Why an event was refused. */
    @Schema(name = "Refusal")
    public record RefusalJson(
            ErrorCode code,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String detail,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {
        public static RefusalJson of(LaurelException refusal) {
            List<FieldError> errors = refusal instanceof InvalidInput invalid ? invalid.errors() : List.of();
            return new RefusalJson(refusal.code(), refusal.getMessage(), errors);
        }
    }

    /** The receipts of several boards. */
    @Schema(name = "BoardReceipts")
    record BoardReceipts(
            @JsonInclude(JsonInclude.Include.NON_NULL) String eventId, List<BoardReceipt> results) {
        public static BoardReceipts of(List<Receipt> receipts) {
            List<BoardReceipt> results = receipts.stream().map(BoardReceipt::of).toList();
            return new BoardReceipts(receipts.get(0).eventId(), results);
        }
    }

    /** The receipt of one board. */
    @Schema(name = "BoardReceipt")
    record BoardReceipt(
            String board,

            @Schema(enumeration = {"APPLIED", "UNCHANGED", "DUPLICATE", "HELD", "REJECTED"})
            Outcome status,

            Map<Period, ReceiptJson.StandingJson> standings) {
        public static BoardReceipt of(Receipt receipt) {
            return new BoardReceipt(
                    receipt.board().name(),
                    receipt.outcome(),
                    ReceiptJson.of(receipt).standings());
        }
    }
}
