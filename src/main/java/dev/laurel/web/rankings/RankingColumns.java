package dev.laurel.web.rankings;

import dev.laurel.web.export.ExportTable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns of a ranking as a table; an import of the table understands their names. */
final class RankingColumns {
    private static final List<String> STANDING = List.of("rank", "playerId", "score", "achievedAt");
    private static final String CHANGE = "change";
    private static final List<String> SHOWN = List.of("displayName", "avatarUrl");

    private RankingColumns() {}

    /** @param metrics names of all metrics of the board */
    static ExportTable<RankingJson.Entry> of(EntryFields fields, List<String> metrics) {
        List<String> columns = new ArrayList<>(STANDING);
        if (fields.changeSince() != null) {
            columns.add(CHANGE);
        }
        if (fields.players() != null) {
            columns.addAll(SHOWN);
            Set<String> taken = Set.copyOf(columns);
            fields.players()
                    .attributes()
                    .forEach(name -> columns.add(taken.contains(name) ? "attribute:" + name : name));
        }
        if (fields.row().metrics()) {
            Set<String> taken = Set.copyOf(columns);
            metrics.forEach(name -> columns.add(taken.contains(name) ? "metric:" + name : name));
        }
        addIf(fields.row().baseline(), "baseline:", metrics, columns);
        addIf(fields.row().gain(), "gain:", metrics, columns);
        if (fields.tier()) {
            columns.add("tier");
        }
        return new ExportTable<>(List.copyOf(columns), entry -> cells(entry, fields, metrics), entry -> entry);
    }

    private static void addIf(boolean wanted, String prefix, List<String> metrics, List<String> columns) {
        if (wanted) {
            metrics.forEach(metric -> columns.add(prefix + metric));
        }
    }

    private static List<Object> cells(RankingJson.Entry entry, EntryFields fields, List<String> metrics) {
        List<Object> cells =
                new ArrayList<>(Arrays.asList(entry.rank(), entry.playerId(), entry.score(), entry.achievedAt()));
        if (fields.changeSince() != null) {
            cells.add(entry.change());
        }
        if (fields.players() != null) {
            Map<String, Object> attributes = entry.attributes() == null ? Map.of() : entry.attributes();
            cells.add(entry.displayName());
            cells.add(entry.avatarUrl());
            fields.players().attributes().forEach(name -> cells.add(attributes.get(name)));
        }
        addCells(entry.metrics(), metrics, cells);
        addCells(entry.baseline(), metrics, cells);
        addCells(entry.gain(), metrics, cells);
        if (fields.tier()) {
            cells.add(entry.tier());
        }
        return cells;
    }

    /** Null where nobody asked for them. */
    private static void addCells(Map<String, Number> values, List<String> metrics, List<Object> cells) {
        if (values != null) {
            metrics.forEach(metric -> cells.add(values.get(metric)));
        }
    }
}
