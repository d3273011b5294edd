package dev.laurel.web.imports;

import dev.laurel.correction.Decision;
import dev.laurel.imports.ImportOptions;
import dev.laurel.imports.ImportOptions.ClosedWindows;
import dev.laurel.imports.ImportOptions.OnChange;
import dev.laurel.imports.MappingText;
import dev.laurel.imports.file.mapping.ImportMode;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.web.Parameters;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the fields of a form as the options of an import; every fault is reported. */
final class FormReader {
    private static final Instant EARLIEST = Instant.parse("1700-01-01T00:00:00Z");

    /** Clocks differ. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    private final Upload form;
    private final Instant now;
    private final List<FieldError> errors = new ArrayList<>();

    FormReader(Upload form, Instant now) {
        this.form = form;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The name of the board. */
    String board() {
        String board = form.field("board");
        if (board == null) {
            throw new InvalidInput("board", "is missing");
        }
        return board;
    }

    /** The name of a saved mapping; empty when the form has the mapping itself, or none. */
    Optional<String> savedMapping() {
        return Optional.ofNullable(form.field("mapping")).filter(text -> !isObject(text));
    }

    private static boolean isObject(String text) {
        return text.stripLeading().startsWith("{");
    }

    /**
     * The options.
     *
     * @param saved text of the saved mapping that the form names; null for none
     * @throws InvalidInput naming every field that is not valid
     */
    ImportOptions options(String saved) {
        form.requireKnownFields();
        ImportMode mode = valid(() -> choice("mode", ImportMode.class, null));
        String mapping = saved != null ? saved : valid(this::mapping);
        Boolean dryRun = valid(() -> Parameters.flag("dryRun", form.field("dryRun")));
        Boolean atomic = valid(() -> Parameters.flag("atomic", form.field("atomic")));
        OnChange onChange = valid(this::onChange);
        ClosedWindows closed = valid(() -> choice("closedWindows", ClosedWindows.class, ClosedWindows.REFUSE));
        Instant at = valid(this::at);
        Decision decision = valid(() -> new Decision(form.field("reason"), form.field("author")));
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        return new ImportOptions(
                mode,
                form.field("season"),
                mapping,
                form.field("sheet"),
                dryRun,
                atomic,
                onChange,
                closed,
                at,
                form.field("at") != null,
                decision);
    }

    private <T> T valid(Supplier<T> part) {
        try {
            return part.get();
        } catch (InvalidInput e) {
            errors.addAll(e.errors());
            return null;
        }
    }

    private <T extends Enum<T>> T choice(String name, Class<T> type, T byDefault) {
        String text = form.field(name);
        if (text == null && byDefault != null) {
            return byDefault;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        name, text == null ? "is missing" : Parameters.oneOf(type.getEnumConstants())));
    }

    private OnChange onChange() {
        OnChange chosen = choice("onChange", OnChange.class, OnChange.ADD);
        if (chosen == OnChange.REPLACE && Upload.NAMELESS.equals(form.name())) {
            throw new InvalidInput("onChange", "cannot be REPLACE for a file without a name");
        }
        return chosen;
    }

    private String mapping() {
        String text = form.field("mapping");
        return MappingText.write(MappingText.read(text == null ? "{}" : text));
    }

    private Instant at() {
        String text = form.field("at");
        if (text == null) {
            return now;
        }
        try {
            Instant at = Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
            if (at.isBefore(EARLIEST) || at.isAfter(now.plus(AHEAD))) {
                throw new InvalidInput("at", "must be after the year 1700 and not in the future");
            }
            return at;
        } catch (DateTimeParseException e) {
            throw new InvalidInput("at", "must be an instant such as 2026-11-29T12:00:00Z");
        }
    }
}
