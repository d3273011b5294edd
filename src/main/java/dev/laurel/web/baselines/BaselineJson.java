package dev.laurel.web.baselines;

import dev.laurel.board.BoardDefinition;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Score;
import dev.laurel.standings.baseline.Baseline;
import dev.laurel.standings.baseline.BaselineChange;
import dev.laurel.standings.baseline.BaselineOrder;
import dev.laurel.web.NumberText;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON forms of baselines, in requests and responses. */
final class BaselineJson {
    /** Of more, a client would not want to read them. */
    private static final int MAX_ERRORS = 100;

    private BaselineJson() {}

    /** Many rows. */
    @Schema(name = "Baselines")
    record Rows(
            @Schema(required = true, minItems = 1, maxItems = BaselineOrder.MAX_PLAYERS)
            List<Row> players) {}

    /** A player's baseline, as clients write it. */
    @Schema(name = "Baseline")
    record Row(
            @Schema(required = true, examples = "alice", minLength = 1, maxLength = 128, pattern = PlayerIds.PATTERN)
            String playerId,

            @Schema(
                    description =
                            "By metric that is not derived: the value from which gains count. Takes the place of the"
                                    + " whole baseline; empty or missing removes it",
                    examples = "{\"power\": 51000000, \"kills\": 120000}",
                    type = SchemaType.OBJECT,
                    additionalProperties = Number.class)
            Map<String, NumberText> values) {
        static Row of(Baseline baseline, BoardDefinition definition) {
            Map<String, NumberText> values = new LinkedHashMap<>();
            definition.metrics().forEach(metric -> {
                Long amount = baseline.amounts().get(metric);
                if (amount != null) {
                    values.put(
                            metric,
                            new NumberText(Score.toNumber(amount, definition.decimals())
                                    .toString()));
                }
            });
            return new Row(baseline.playerId(), values);
        }

        private Baseline baseline(BoardDefinition definition, String field) {
            Map<String, Long> amounts = new LinkedHashMap<>();
            if (values != null) {
                values.forEach((metric, number) -> amounts.put(
                        metric,
                        Score.parse(field + ".values." + metric, NumberText.of(number), definition.decimals())));
            }
            return new Baseline(playerId, amounts);
        }
    }

    /** A row as it was read, or why it could not be. */
    record Read(Row row, LaurelException refusal) {
        static Read of(Row row) {
            return new Read(row, null);
        }

        static Read unreadable(LaurelException refusal) {
            return new Read(null, refusal);
        }
    }

    /**
     * The baselines of rows.
     *
     * @throws InvalidInput naming what could not be read
     */
    static List<Baseline> baselines(List<Read> rows, BoardDefinition definition) {
        List<Baseline> baselines = new ArrayList<>(rows.size());
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < rows.size() && errors.size() < MAX_ERRORS; i++) {
            String field = "players[" + i + "]";
            if (rows.get(i).refusal() != null) {
                errors.add(new FieldError(field, rows.get(i).refusal().getMessage()));
                continue;
            }
            try {
                baselines.add(rows.get(i).row().baseline(definition, field));
            } catch (InvalidInput e) {
                errors.addAll(e.errors());
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        return baselines;
    }

    /** What a change did. */
    @Schema(name = "BaselinesChanged")
    record Changed(
            @Schema(description = "Players whose baseline has changed")
            int changed,

            @Schema(description = "Their baselines before; sending these undoes the change")
            List<Row> previous) {
        static Changed of(BaselineChange change, BoardDefinition definition) {
            return new Changed(
                    change.previous().size(),
                    change.previous().stream()
                            .map(one -> Row.of(one, definition))
                            .toList());
        }
    }
}
