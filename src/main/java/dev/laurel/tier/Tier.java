package dev.laurel.tier;

import dev.laurel.board.BoardDefinition;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.Texts;

import java.util.List;

/**
 * A class of players. A player fits who meets each condition of {@code all} and, where there are any, one of {@code any}:
 * so everybody fits a tier without conditions.
 *
 * @param name shown to people, 1 to {@value #MAX_NAME} characters
 */
public record Tier(String name, List<TierCondition> all, List<TierCondition> any) {
    public static final int MAX_NAME = 80;

    /** In each of both lists. */
    public static final int MAX_CONDITIONS = 8;

    public Tier {
        all = List.copyOf(all);
        any = List.copyOf(any);
    }

    /** Adds an error for every field that violates its rule. */
    void check(List<FieldError> errors, String path, BoardDefinition board) {
        if (!isName(name)) {
            errors.add(new FieldError(
                    path + ".name",
                    "must be 1 to " + MAX_NAME
                            + " characters of text without a slash, and not begin or end with a space"));
        }
        check(errors, path + ".all", all, board);
        check(errors, path + ".any", any, board);
    }

    private static void check(
            List<FieldError> errors, String path, List<TierCondition> conditions, BoardDefinition board) {
        if (conditions.size() > MAX_CONDITIONS) {
            errors.add(new FieldError(path, "must have at most " + MAX_CONDITIONS + " conditions"));
            return;
        }
        for (int i = 0; i < conditions.size(); i++) {
            conditions.get(i).check(errors, path + "[" + i + "]", board);
        }
    }

    /** It is part of an address, in which dots and a slash would mean something else. */
    private static boolean isName(String name) {
        return name != null
                && !name.isBlank()
                && name.equals(name.strip())
                && name.codePointCount(0, name.length()) <= MAX_NAME
                && name.indexOf('/') < 0
                && name.chars().noneMatch(Character::isISOControl)
                && Texts.isSound(name)
                && !".".equals(name)
                && !"..".equals(name);
    }
}
