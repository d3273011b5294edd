package dev.laurel.imports.file.mapping;

import dev.laurel.imports.file.mapping.ColumnMapping.Column;
import dev.laurel.imports.file.mapping.MappedRow.PlayerColumns;
import dev.laurel.imports.file.mapping.RowMapper.Mapped;
import dev.laurel.imports.file.mapping.Target.Kind;
import dev.laurel.imports.file.table.TableRow;
import dev.laurel.player.PlayerProfile;
import dev.laurel.player.Visibility;
import dev.laurel.shared.Activity;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Score;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Collects the cells of one row, and the faults in it. */
final class RowBuilder {
    private static final String ATTRIBUTES = "attributes.";

    private final TableRow row;
    private final ColumnMapping mapping;
    private final BoardColumns board;
    private final NumberStyle numbers;
    private final Long[] metrics;
    private final List<RowError> errors = new ArrayList<>(0);
    private String playerId;
    private Map<Period, Long> scores = Map.of();
    private Instant occurredAt;
    private String eventId;
    private String displayName;
    private String username;
    private String avatarUrl;
    private Map<String, Object> attributes = Map.of();
    private List<String> tags;
    private String activity;
    private String outcome;
    private Long durationMs;

    RowBuilder(TableRow row, ColumnMapping mapping, BoardColumns board, NumberStyle numbers) {
        this.row = row;
        this.mapping = mapping;
        this.board = board;
        this.numbers = numbers;
        this.metrics = new Long[board.metrics().size()];
    }

    /** @throws InvalidInput when the cell is not valid for its column */
    void add(Column column, String cell) {
        Target target = column.target();
        switch (target.kind()) {
            case PLAYER -> playerId = PlayerIds.require("player", cell);
            case METRIC -> metrics[board.metrics().indexOf(target.name())] = units(cell);
            case PERIOD -> score(target.period(), units(cell));
            case OCCURRED_AT -> occurredAt = InstantText.parse(cell, board.zone());
            case EVENT_ID -> eventId = Ids.require("eventId", cell);
            case DISPLAY_NAME -> displayName = cell;
            case USERNAME -> username = cell;
            case AVATAR_URL -> avatarUrl = cell;
            case ATTRIBUTE -> attribute(target.name(), AttributeText.value(cell));
            case TAGS -> tags(cell);
            case ACTIVITY -> activity = Ids.require("activity", cell);
            case OUTCOME ->
                outcome = Activity.Outcome.named("outcome", cell.toUpperCase(Locale.ROOT))
                        .name();
            case DURATION -> durationMs = milliseconds(cell);
            case IGNORED -> {
                // Nobody wants it
            }
        }
    }

    private long units(String cell) {
        return Score.parse("number", numbers.plain(cell, board.decimals()), board.decimals());
    }

    private void score(Period period, long units) {
        if (scores.isEmpty()) {
            scores = new EnumMap<>(Period.class);
        }
        scores.put(period, units);
    }

    private void attribute(String name, Object value) {
        if (attributes.isEmpty()) {
            attributes = new TreeMap<>();
        }
        attributes.put(name, value);
    }

    private void tags(String cell) {
        tags = tags == null ? new ArrayList<>() : tags;
        Arrays.stream(cell.split("[,;|]"))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .forEach(tags::add);
    }

    /** A number of milliseconds, or a duration in ISO 8601. */
    private static Long milliseconds(String cell) {
        try {
            return cell.startsWith("P") ? Duration.parse(cell).toMillis() : Long.valueOf(cell);
        } catch (NumberFormatException | DateTimeParseException | ArithmeticException e) {
            throw new InvalidInput("durationMs", "must be a number of milliseconds, or a duration such as PT1M30S");
        }
    }

    void fault(Column column, String reason) {
        errors.add(new RowError(row.number(), column.header(), row.cells().get(column.index()), reason));
    }

    Mapped build() {
        requireComplete();
        checkPlayer();
        Activity done = checkedActivity();
        if (!errors.isEmpty()) {
            return new Mapped(null, List.copyOf(errors));
        }
        PlayerColumns player = displayName == null && username == null && avatarUrl == null && attributes.isEmpty()
                ? PlayerColumns.NONE
                : new PlayerColumns(displayName, username, avatarUrl, attributes);
        MappedRow mapped = new MappedRow(
                row.number(),
                playerId,
                Collections.unmodifiableList(Arrays.asList(metrics)),
                Collections.unmodifiableMap(scores),
                occurredAt,
                eventId,
                player,
                done);
        return new Mapped(mapped, List.of());
    }

    private void requireComplete() {
        if (!errors.isEmpty()) {
            return;
        }
        if (playerId == null) {
            fault(column(Kind.PLAYER, null), "is missing");
        } else if (scores.isEmpty() && Arrays.stream(metrics).allMatch(value -> value == null)) {
            errors.add(RowError.of(row.number(), "has no value"));
        }
    }

    /** By the rules for players' records, whether the row creates one or not. */
    private void checkPlayer() {
        if (displayName == null && username == null && avatarUrl == null && attributes.isEmpty()) {
            return;
        }
        try {
            String name = displayName == null ? "any" : displayName;
            attributes = new PlayerProfile(name, username, avatarUrl, attributes, Visibility.PUBLIC, null).attributes();
        } catch (InvalidInput e) {
            for (FieldError error : e.errors()) {
                fault(columnOf(error.field()), error.message());
            }
        }
    }

    private Activity checkedActivity() {
        try {
            return Activity.of(activity, tags, outcome, durationMs);
        } catch (InvalidInput e) {
            for (FieldError error : e.errors()) {
                fault(columnOf(error.field()), error.message());
            }
            return Activity.NONE;
        }
    }

    private Column columnOf(String field) {
        if (field.startsWith(ATTRIBUTES)) {
            return column(Kind.ATTRIBUTE, field.substring(ATTRIBUTES.length()));
        }
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(field)) {
                return column(kind, null);
            }
        }
        return column(Kind.ATTRIBUTE, null);
    }

    private Column column(Kind kind, String name) {
        return mapping.columns().stream()
                .filter(column -> column.target().kind() == kind
                        && (name == null || name.equals(column.target().name())))
                .findFirst()
                .orElseThrow();
    }
}
