package dev.laurel.web.corrections;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.laurel.board.BoardDefinition;
import dev.laurel.correction.HeldEvent;
import dev.laurel.correction.HeldEvent.Rule;
import dev.laurel.correction.HeldEvent.State;
import dev.laurel.shared.Activity.Outcome;
import dev.laurel.shared.Score;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A held event as administrators see it. */
@Schema(name = "HeldEvent")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeldEventJson(
        long id,
        String playerId,

        @Schema(description = "By metric: the score submitted")
        Map<String, Number> scores,

        Instant occurredAt,
        Instant receivedAt,

        @Schema(description = "Missing if the client chose none")
        String eventId,

        @Schema(description = "Missing if there are none", type = SchemaType.OBJECT) @JsonRawValue
        String attributes,

        String activity,
        List<String> tags,

        @Schema(description = "How the attempt ended; missing if the event is not an attempt")
        Outcome outcome,

        Long durationMs,

        @Schema(description = "The first rule that the event broke")
        Rule rule,

        State state,

        @Schema(description = "Missing before the decision, as are author and reason")
        Instant decidedAt,

        String author,
        String reason) {
    static HeldEventJson of(HeldEvent held, BoardDefinition definition) {
        Map<String, Number> scores = new LinkedHashMap<>();
        for (int i = 0; i < held.scores().size(); i++) {
            if (held.scores().get(i) != null) {
                scores.put(
                        definition.metrics().get(i),
                        Score.toNumber(held.scores().get(i), definition.decimals()));
            }
        }
        boolean decided = held.verdict() != null;
        return new HeldEventJson(
                held.id(),
                held.playerId(),
                scores,
                held.occurredAt(),
                held.receivedAt().truncatedTo(ChronoUnit.MILLIS),
                held.eventId(),
                held.attributes(),
                held.activity().name(),
                held.activity().tags().isEmpty() ? null : held.activity().tags(),
                held.activity().outcome(),
                held.activity().durationMs(),
                held.rule(),
                held.state(),
                decided ? held.verdict().at().truncatedTo(ChronoUnit.MILLIS) : null,
                decided ? held.verdict().decision().author() : null,
                decided ? held.verdict().decision().reason() : null);
    }
}
