package dev.laurel.board;

import dev.laurel.shared.FieldError;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A window with a chosen start and end, half-open. Seasons of a board do not overlap.
 *
 * @param id unique on its board; also the name of the window
 * @param title display name, 1 to 80 characters
 */
public record Season(String id, String title, Instant start, Instant end) {
    /** Maximum number of seasons of one board. */
    public static final int MAX = 500;

    /** Maximum duration of a season. */
    public static final Duration LONGEST = Duration.ofDays(10L * 366);

    private static final String RESERVED = "active";

    /** Window keys are exact from here on. */
    private static final Instant EARLIEST = Instant.parse("1700-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** @throws InvalidInput naming every field that violates its rule */
    public Season {
        Ids.require("season", id);
        List<FieldError> errors = new ArrayList<>();
        if (RESERVED.equals(id)) {
            errors.add(
                    new FieldError("season", "must not be " + RESERVED + ", which asks for the one that is running"));
        }
        if (!BoardDefinition.isTitle(title)) {
            errors.add(new FieldError("title", "must be 1 to 80 characters of text"));
        }
        requireInRange(errors, "start", start);
        requireInRange(errors, "end", end);
        if (errors.isEmpty() && !start.isBefore(end)) {
            errors.add(new FieldError("end", "must be after start"));
        } else if (errors.isEmpty() && Duration.between(start, end).compareTo(LONGEST) > 0) {
            errors.add(new FieldError("end", "must not be more than " + LONGEST.toDays() + " days after start"));
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    private static void requireInRange(List<FieldError> errors, String field, Instant instant) {
        if (instant == null) {
            errors.add(new FieldError(field, "is missing"));
        } else if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            errors.add(new FieldError(field, "must be within the years 1700 and 2200"));
        } else if (instant.getNano() % 1_000_000 != 0) {
            errors.add(new FieldError(field, "must be in whole milliseconds"));
        }
    }

    public boolean holds(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }

    boolean overlaps(Season other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }

    /** The window of this season. */
    public Window window() {
        return new Window(Period.SEASON, id, start, end);
    }
}
