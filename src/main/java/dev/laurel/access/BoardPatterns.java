package dev.laurel.access;

import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The boards that a caller may touch, as patterns of names in which {@code *} stands for any characters, such as
 * {@code team-*}.
 *
 * @param patterns none for all boards
 */
public record BoardPatterns(List<String> patterns) {
    /** All boards. */
    public static final BoardPatterns ALL = new BoardPatterns(List.of());

    /** The number of patterns that one caller may have. */
    public static final int MAX = 50;

    /** The rule for a pattern as a regular expression, for documentation. */
    public static final String RULE = "[A-Za-z0-9*][A-Za-z0-9._:@|~+*-]{0,127}";

    private static final Pattern SOUND = Pattern.compile(RULE);

    public BoardPatterns {
        patterns = List.copyOf(patterns);
    }

    /** @throws InvalidInput naming {@code boards} when there are too many, or each that violates the rule */
    public static BoardPatterns of(List<String> patterns) {
        if (patterns.size() > MAX) {
            throw new InvalidInput("boards", "must be at most " + MAX + " patterns");
        }
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            if (!SOUND.matcher(patterns.get(i)).matches()) {
                errors.add(new FieldError(
                        "boards[" + i + "]", "must be the name of a board, in which * stands for any characters"));
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        return new BoardPatterns(patterns);
    }

    /** Whether they are all boards. */
    public boolean isAll() {
        return patterns.isEmpty();
    }

    /** The same as patterns of {@code LIKE}; for all boards one that matches everything. */
    public String[] asLike() {
        return isAll()
                ? new String[] {"%"}
                : patterns.stream()
                        .map(pattern -> pattern.replace("_", "\\_").replace('*', '%'))
                        .toArray(String[]::new);
    }

    /** Whether a board of this name is among them. */
    public boolean match(String board) {
        if (isAll()) {
            return true;
        }
        for (String pattern : patterns) {
            if (matches(pattern, board)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Compares from the left, and after a mismatch gives the last {@code *} one more character: at most the product of both
     * lengths, whatever the pattern, unlike a regular expression.
     */
    private static boolean matches(String pattern, String name) {
        int at = 0;
        int star = -1;
        int resume = 0;
        for (int i = 0; i < name.length(); ) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = i;
            } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
