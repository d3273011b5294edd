package dev.laurel.standings.baseline;

import dev.laurel.board.BoardDefinition;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Score;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A change of baselines, by an administrator.
 *
 * @param baselines each takes the place of the player's whole baseline; an empty one removes it
 * @param closed whether those of a closed season are set, and its archives ranked again
 * @param reason 1 to 500 characters
 * @param author 1 to 128 characters
 */
public record BaselineOrder(String season, List<Baseline> baselines, boolean closed, String reason, String author) {
    /** Events of the board wait for it, some tenths of a second. */
    public static final int MAX_PLAYERS = 10_000;

    /** Of more, a client would not want to read them. */
    private static final int MAX_ERRORS = 100;

    public BaselineOrder {
        baselines = List.copyOf(baselines);
    }

    /** @throws InvalidInput naming every baseline that violates a rule */
    void require(BoardDefinition definition) {
        if (baselines.isEmpty() || baselines.size() > MAX_PLAYERS) {
            throw new InvalidInput("players", "must be 1 to " + MAX_PLAYERS + " players");
        }
        List<FieldError> errors = new ArrayList<>();
        Set<String> players = new HashSet<>();
        for (int i = 0; i < baselines.size() && errors.size() < MAX_ERRORS; i++) {
            Baseline one = baselines.get(i);
            String field = "players[" + i + "]";
            if (one.playerId() == null || !PlayerIds.isValid(one.playerId())) {
                errors.add(new FieldError(field + ".playerId", "is not a player id"));
            } else if (!players.add(one.playerId())) {
                errors.add(new FieldError(field + ".playerId", "is named twice"));
            }
            one.amounts().forEach((metric, amount) -> {
                int number = definition.metrics().indexOf(metric);
                if (number < 0 || !definition.isSubmitted(number)) {
                    errors.add(new FieldError(
                            field + ".values." + metric, "is not a metric of this board, or is derived"));
                } else if (Math.abs(amount) > Score.MAX) {
                    errors.add(new FieldError(field + ".values." + metric, "is beyond the range of scores"));
                }
            });
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }
}
