package dev.laurel.imports.file.mapping;

import dev.laurel.imports.file.mapping.Target.Kind;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What each column of a table means: as somebody has said, or as its name suggests. */
public final class ColumnMapping {
    private static final String FIELD = "mapping";

    private final List<Column> columns;

    private ColumnMapping(List<Column> columns) {
        this.columns = columns;
    }

    /**
     * One column.
     *
     * @param index of the column, from 0
     */
    public record Column(int index, String header, Target target) {}

    /**
     * The meanings of all columns.
     *
     * @param given what is known of some columns, by header, in the words of a mapping; case does not matter in headers
     * @throws InvalidInput naming {@code mapping} and the header, when one is not in the table, means nothing, or means
     *     the same as another; or when a column is missing without which nothing can be imported
     */
    public static ColumnMapping of(
            List<String> headers, Map<String, String> given, ImportMode mode, BoardColumns board) {
        Target[] targets = new Target[headers.size()];
        given(headers, given, board, targets);
        new MappingGuess(headers, targets, mode, board).fill();
        ColumnMapping mapping = new ColumnMapping(IntStream.range(0, targets.length)
                .mapToObj(i -> new Column(i, headers.get(i), targets[i]))
                .toList());
        mapping.requireUsable(mode);
        if (mode == ImportMode.EVENTS || mode == ImportMode.SNAPSHOT) {
            mapping.requireComplete(board.required());
        }
        return mapping;
    }

    private static void given(List<String> headers, Map<String, String> given, BoardColumns board, Target[] targets) {
        Map<String, Integer> indexes = new HashMap<>();
        for (int i = 0; i < headers.size(); i++) {
            indexes.put(key(headers.get(i)), i);
        }
        List<FieldError> errors = new ArrayList<>();
        Set<Target> taken = new HashSet<>();
        given.forEach((header, word) -> {
            String field = FIELD + "." + header;
            Integer index = header.isBlank() ? null : indexes.get(key(header));
            if (index == null) {
                errors.add(new FieldError(field, "is not a column of the file; it has " + shown(headers)));
                return;
            }
            try {
                Target target = Target.parse(field, word == null ? "" : word, board);
                if (!target.kind().isRepeatable() && !taken.add(target)) {
                    errors.add(new FieldError(field, "must not mean the same as another column: " + target.text()));
                }
                targets[index] = target;
            } catch (InvalidInput e) {
                errors.addAll(e.errors());
            }
        });
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    private static String key(String header) {
        return header.strip().toLowerCase(Locale.ROOT);
    }

    private void requireUsable(ImportMode mode) {
        List<String> headers = columns.stream().map(Column::header).toList();
        if (has(Kind.PLAYER)) {
            boolean counts = has(Kind.METRIC) || mode == ImportMode.STANDINGS && has(Kind.PERIOD);
            if (!counts) {
                throw new InvalidInput(
                        FIELD,
                        "must name a column with a value of the board"
                                + (mode == ImportMode.STANDINGS ? ", or with the score of a period" : "")
                                + "; the file has " + shown(headers));
            }
            return;
        }
        throw new InvalidInput(FIELD, "must name the column of the player; the file has " + shown(headers));
    }

    /** Without one of these columns, each row of the file would be refused. */
    private void requireComplete(List<String> required) {
        Set<String> lacking = new LinkedHashSet<>(required);
        columns.stream()
                .map(Column::target)
                .filter(target -> target.kind() == Kind.METRIC)
                .forEach(target -> lacking.remove(target.name()));
        if (!lacking.isEmpty()) {
            throw new InvalidInput(
                    FIELD,
                    "must name a column for each of " + shown(List.copyOf(lacking))
                            + ": events of this board have values of them; the file has "
                            + shown(columns.stream().map(Column::header).toList()));
        }
    }

    /** The first names of a list: a table may have hundreds. */
    private static String shown(List<String> headers) {
        int most = 20;
        int longest = 40;
        String names = String.join(
                ", ",
                headers.stream()
                        .filter(header -> !header.isEmpty())
                        .limit(most)
                        .map(header -> header.length() > longest ? header.substring(0, longest) + "…" : header)
                        .toList());
        return headers.size() > most ? names + " and more" : names;
    }

    private boolean has(Kind kind) {
        return columns.stream().anyMatch(column -> column.target().kind() == kind);
    }

    public List<Column> columns() {
        return columns;
    }

    /** Whether no column says when something happened. */
    public boolean isUndated() {
        return !has(Kind.OCCURRED_AT);
    }

    /** The words for all columns that have a name, as a mapping that gives the same meanings again. */
    public Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        columns.stream()
                .filter(column -> !column.header().isEmpty())
                .forEach(column -> words.put(column.header(), column.target().text()));
        return Collections.unmodifiableMap(words);
    }
}
