package dev.laurel.web.rankings;

import static dev.laurel.shared.CsvCells.LINE_END;
import static dev.laurel.shared.CsvCells.cell;

import dev.laurel.ranking.PlayerFields;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The lines of a ranking as a table, the first of them its head. */
final class CsvLines {
    private final EntryFields fields;
    private String head;

    CsvLines(EntryFields fields) {
        this.fields = fields;
        List<String> columns = new ArrayList<>(List.of("rank", "playerId", "score", "achievedAt"));
        if (fields.changeSince() != null) {
            columns.add("change");
        }
        if (fields.players() != null) {
            columns.add("displayName");
            columns.add("avatarUrl");
            fields.players().attributes().forEach(name -> columns.add(cell(name)));
        }
        this.head = String.join(",", columns) + LINE_END;
    }

    byte[] next(List<RankingJson.Entry> entries) {
        String lines = entries.stream().map(this::line).collect(Collectors.joining("", head, ""));
        head = "";
        return lines.getBytes(StandardCharsets.UTF_8);
    }

    private String line(RankingJson.Entry one) {
        StringBuilder line = new StringBuilder()
                .append(one.rank())
                .append(',')
                .append(cell(one.playerId()))
                .append(',')
                .append(one.score())
                .append(',')
                .append(one.achievedAt());
        if (fields.changeSince() != null) {
            line.append(',').append(value(one.change()));
        }
        if (fields.players() != null) {
            append(line, one, fields.players());
        }
        return line.append(LINE_END).toString();
    }

    private static void append(StringBuilder line, RankingJson.Entry one, PlayerFields shown) {
        Map<String, Object> attributes = one.attributes() == null ? Map.of() : one.attributes();
        line.append(',').append(value(one.displayName())).append(',').append(value(one.avatarUrl()));
        shown.attributes().forEach(name -> line.append(',').append(value(attributes.get(name))));
    }

    /** Numbers stay numbers, also negative ones. */
    private static String value(Object value) {
        return value instanceof String text ? cell(text) : Objects.toString(value, "");
    }
}
