package dev.laurel.tier;

import dev.laurel.board.BoardDefinition;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tiers of a board. A player belongs to the first one that fits, and to none if none does.
 *
 * @param tiers 1 to {@value #MAX_TIERS}
 */
public record TierDefinition(List<Tier> tiers) {
    public static final int MAX_TIERS = 20;

    public TierDefinition {
        tiers = List.copyOf(tiers);
    }

    /** @throws InvalidInput naming every field that violates its rule on this board */
    void require(BoardDefinition board) {
        List<FieldError> errors = new ArrayList<>();
        if (tiers.isEmpty() || tiers.size() > MAX_TIERS) {
            errors.add(new FieldError("tiers", "must be 1 to " + MAX_TIERS + " tiers"));
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < Math.min(tiers.size(), MAX_TIERS); i++) {
            String path = "tiers[" + i + "]";
            tiers.get(i).check(errors, path, board);
            if (!names.add(tiers.get(i).name())) {
                errors.add(new FieldError(path + ".name", "must differ from the names of the other tiers"));
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    /** The number of the tier with a name, from 0; -1 when there is none. */
    int indexOf(String name) {
        for (int i = 0; i < tiers.size(); i++) {
            if (tiers.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
