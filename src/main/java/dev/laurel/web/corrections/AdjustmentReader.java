package dev.laurel.web.corrections;

import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Operator;
import dev.laurel.correction.AdjustmentOrder;
import dev.laurel.correction.Decision;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.web.NumberText;
import dev.laurel.web.corrections.CorrectionJson.AdjustmentRequest;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a request for an adjustment into an order in the units of a board. */
final class AdjustmentReader {
    private AdjustmentReader() {}

    /** Fails with {@link InvalidInput} naming the field. */
    static AdjustmentOrder read(Board board, AdjustmentRequest request, Decision decision, String key) {
        return new AdjustmentOrder(request.playerId(), scores(board, request), periods(request), decision, null, key);
    }

    private static List<Long> scores(Board board, AdjustmentRequest request) {
        BoardDefinition definition = board.definition();
        List<Long> scores = new ArrayList<>();
        scores.add(Score.parse("score", NumberText.of(request.score()), definition.decimals()));
        Map<String, NumberText> metrics = request.metrics() == null ? Map.of() : request.metrics();
        for (String name : metrics.keySet()) {
            int number = definition.metrics().indexOf(name);
            if (number < 1 || !definition.isSubmitted(number)) {
                throw new InvalidInput("metrics." + name, "is not a further metric of this board, or is derived");
            }
        }
        for (int number = 1; number < definition.metrics().size(); number++) {
            String name = definition.metrics().get(number);
            NumberText value = metrics.get(name);
            // What is put in place of the standing is put there as a whole.
            scores.add(
                    value == null && (definition.isOptional(number) || definition.operator() == Operator.SUM)
                            ? definition.nothing(number)
                            : Long.valueOf(
                                    Score.parse("metrics." + name, NumberText.of(value), definition.decimals())));
        }
        return scores;
    }

    private static Set<Period> periods(AdjustmentRequest request) {
        Set<Period> periods = EnumSet.noneOf(Period.class);
        if (request.periods() != null) {
            request.periods().forEach(name -> periods.add(Period.withOwnWindows("periods", name)));
        }
        return periods;
    }
}
