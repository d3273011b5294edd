package dev.laurel.correction;

import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;

import java.util.ArrayList;
import java.util.List;

/**
 * The reason for a correction, and its author.
 *
 * @param reason 1 to 500 characters
 * @param author 1 to 128 characters
 */
public record Decision(String reason, String author) {
    private static final int MAX_REASON = 500;
    private static final int MAX_AUTHOR = 128;

    /**
     * @throws InvalidInput naming what is missing or too long
     */
    public Decision {
        List<FieldError> errors = new ArrayList<>();
        require(errors, "reason", reason, MAX_REASON);
        require(errors, "author", author, MAX_AUTHOR);
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    private static void require(List<FieldError> errors, String field, String text, int most) {
        if (text == null || text.isBlank() || text.length() > most || text.indexOf('\0') >= 0) {
            errors.add(new FieldError(field, "must be 1 to " + most + " characters of text"));
        }
    }
}
