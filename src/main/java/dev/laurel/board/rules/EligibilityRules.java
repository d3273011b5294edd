package dev.laurel.board.rules;

import dev.laurel.shared.FieldError;
import dev.laurel.shared.Ids;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a board demands of a player who is about to play; game servers ask before, and nothing is refused for it later.
 *
 * @param requires names of attributes that the player's record must have, at most {@value #MAX_REQUIRED}; false counts as
 *     missing
 * @param cooldown how long a player waits after the last event, up to 400 days
 */
public record EligibilityRules(List<String> requires, Duration cooldown) {
    /** Demands nothing. */
    public static final EligibilityRules NONE = new EligibilityRules(List.of(), Duration.ZERO);

    /** As many attributes as a player may have. */
    public static final int MAX_REQUIRED = 32;

    private static final Duration MAX_COOLDOWN = Duration.ofDays(400);

    public EligibilityRules {
        requires = List.copyOf(requires);
    }

    /** The rules of these rules: adds an error for every field that violates its own. */
    public void check(List<FieldError> errors) {
        if (requires.size() > MAX_REQUIRED
                || Set.copyOf(requires).size() != requires.size()
                || !requires.stream().allMatch(Ids::isValid)) {
            errors.add(new FieldError(
                    "eligibility.requires", "must be at most " + MAX_REQUIRED + " different names of attributes"));
        }
        if (cooldown.isNegative() || cooldown.compareTo(MAX_COOLDOWN) > 0) {
            errors.add(new FieldError("eligibility.cooldown", "must be a duration between PT0S and " + MAX_COOLDOWN));
        }
    }
}
