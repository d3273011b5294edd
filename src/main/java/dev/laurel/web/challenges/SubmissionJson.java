package dev.laurel.web.challenges;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.laurel.challenge.ChallengeDefinition.Measure;
import dev.laurel.challenge.SubmissionResult;
import dev.laurel.challenge.SubmissionResult.Clearance;
import dev.laurel.challenge.Submitted;
import dev.laurel.shared.Period;
import dev.laurel.web.scores.ReceiptJson;
import dev.laurel.web.scores.ReceiptJson.StandingJson;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The JSON form of a submission. */
@Schema(name = "StoredSubmission")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubmissionJson(
        UUID id,
        String challenge,
        String variant,
        String playerId,

        @Schema(description = "Among the best submissions of all players; only in their list")
        Long rank,

        Instant submittedAt,

        @Schema(description = "Of the content, in Unicode code points")
        int length,

        @Schema(description = "Only where submissions are compared by it")
        Number score,

        boolean cleared,
        List<String> tags,

        @Schema(description = "As it was sent", type = SchemaType.OBJECT) @JsonRawValue
        String attempt,

        @Schema(description = "Left out of lists with content=false, and of those of a player")
        String content) {
    /** Of the score of a submission. */
    private static final int DECIMALS = 6;

    static SubmissionJson of(Submitted one) {
        return new SubmissionJson(
                one.id(),
                one.challenge(),
                one.variant(),
                one.playerId(),
                one.rank(),
                one.at(),
                one.length(),
                one.score() == null ? null : number(one.score()),
                one.cleared(),
                one.tags(),
                one.metadata(),
                one.content());
    }

    private static BigDecimal number(long millionths) {
        BigDecimal number = BigDecimal.valueOf(millionths, DECIMALS).stripTrailingZeros();
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    /** The response to a submission. */
    @Schema(name = "SubmissionReceipt")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReceivedJson(
            UUID submission,

            @Schema(description = "The player's best submission to the variant after this one")
            BestJson best,

            @Schema(
                    description =
                            "Of the best one; missing while the board is frozen, and for players who take no rank")
            Long rank,

            @Schema(
                    description = "What it has cleared: the variant for the FIRST time, one that the player had cleared"
                            + " AGAIN, or nothing (NO)")
            Clearance cleared,

            @Schema(description = "Earned by this submission")
            int points,

            @Schema(description = "By period: the player's standing on the board after the points; empty without any")
            Map<Period, StandingJson> standings) {
        static ReceivedJson of(SubmissionResult result) {
            return new ReceivedJson(
                    result.id(),
                    BestJson.of(result),
                    result.rank(),
                    result.cleared(),
                    result.points(),
                    result.receipt() == null
                            ? Map.of()
                            : ReceiptJson.of(result.receipt()).standings());
        }
    }

    /** A player's best submission. */
    @Schema(name = "BestSubmission")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BestJson(
            UUID submission,

            @Schema(description = "Where submissions are compared by LENGTH")
            Long length,

            @Schema(description = "Where they are compared by SCORE")
            Number score) {
        private static BestJson of(SubmissionResult result) {
            boolean byLength = result.challenge().definition().measure() == Measure.LENGTH;
            return new BestJson(
                    result.best(), byLength ? result.bestValue() : null, byLength ? null : number(result.bestValue()));
        }
    }
}
