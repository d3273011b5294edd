package dev.laurel.database;

import dev.laurel.database.IndexState.State;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Decides which steps improve a database. */
final class OptimizationPlan {
    /** What the server leaves behind when rebuilding an index fails. */
    private static final Pattern LEFT_BEHIND = Pattern.compile(".*_cc(new|old)\\d*");

    private final IndexCatalog catalog;
    private final List<IndexState> indexes;
    private final List<TableState> tables;
    private final Map<String, List<String>> partitions;

    /** @param partitions by the table that they are parts of */
    OptimizationPlan(
            IndexCatalog catalog,
            List<IndexState> indexes,
            List<TableState> tables,
            Map<String, List<String>> partitions) {
        this.catalog = catalog;
        this.indexes = indexes;
        this.tables = tables;
        this.partitions = partitions;
    }

    /** @throws InvalidInput naming each index that must not be dropped */
    List<Step> steps(OptimizeOrder order) {
        List<Step> steps = new ArrayList<>(drops(order.dropIndexes()));
        if (order.createIndexes()) {
            indexes.forEach(index -> repair(index).ifPresent(steps::add));
        }
        tables.forEach(table -> maintain(table, order).ifPresent(steps::add));
        return steps;
    }

    private List<Step> drops(List<String> names) {
        List<FieldError> errors = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Optional<IndexState> found =
                    indexes.stream().filter(index -> index.name().equals(name)).findFirst();
            if (found.filter(IndexState::isDroppable).isEmpty()) {
                errors.add(new FieldError("dropIndexes[" + i + "]", refusal(found)));
            } else {
                steps.add(Step.planned(
                        Action.DROP_INDEX,
                        name,
                        "asked for",
                        List.of("DROP INDEX " + concurrently(found.get()) + quoted(name))));
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        return steps;
    }

    private static String refusal(Optional<IndexState> found) {
        if (found.isEmpty() || found.get().state() == State.MISSING) {
            return "must be the name of an index";
        }
        return found.get().constraint()
                ? "must not belong to a key or another constraint"
                : "must not be an index that the service relies on";
    }

    private Optional<Step> repair(IndexState index) {
        return switch (index.state()) {
            case VALID -> Optional.empty();
            case MISSING ->
                catalog.find(index.name())
                        .map(spec -> Step.planned(
                                Action.CREATE_INDEX,
                                index.name(),
                                "missing; it serves " + spec.serves(),
                                creation(spec)));
            case INVALID -> Optional.of(rebuild(index));
        };
    }

    private Step rebuild(IndexState index) {
        if (LEFT_BEHIND.matcher(index.name()).matches()) {
            return Step.planned(
                    Action.DROP_INDEX,
                    index.name(),
                    "left behind by a rebuilding that failed",
                    List.of("DROP INDEX CONCURRENTLY " + quoted(index.name())));
        }
        // The whole of a partitioned one is invalid as long as a part is missing.
        Optional<IndexSpec> whole = isPartitioned(index) ? catalog.find(index.name()) : Optional.empty();
        List<String> statements = whole.map(
                        spec -> Stream.concat(Stream.of("DROP INDEX " + quoted(index.name())), creation(spec).stream())
                                .toList())
                .orElseGet(() -> List.of("REINDEX INDEX CONCURRENTLY " + quoted(index.name())));
        return Step.planned(
                Action.REBUILD_INDEX, index.name(), "invalid: it costs writes and serves nothing", statements);
    }

    /** A partitioned one cannot be created while its table is written, but its parts can. */
    private List<String> creation(IndexSpec spec) {
        List<String> parts = partitions.get(spec.table());
        if (parts == null) {
            return List.of(spec.createConcurrently());
        }
        List<String> statements = new ArrayList<>();
        statements.add(spec.createOnParent());
        for (String part : parts) {
            String name = spec.name()
                    + part.substring(Math.min(part.length(), spec.table().length()));
            statements.add("DROP INDEX CONCURRENTLY IF EXISTS " + quoted(name));
            statements.add(spec.createOnPartition(quoted(name), quoted(part)));
            statements.add("ALTER INDEX " + quoted(spec.name()) + " ATTACH PARTITION " + quoted(name));
        }
        return statements;
    }

    private boolean isPartitioned(IndexState index) {
        return partitions.containsKey(index.table());
    }

    private String concurrently(IndexState index) {
        return isPartitioned(index) ? "" : "CONCURRENTLY ";
    }

    private static Optional<Step> maintain(TableState table, OptimizeOrder order) {
        boolean vacuum = order.vacuum() && table.needsVacuum();
        boolean analyze = order.analyze() && table.needsAnalyze();
        if (vacuum) {
            return Optional.of(Step.planned(
                    Action.VACUUM,
                    table.name(),
                    table.deadRows() + " dead rows, " + table.rows() + " live ones",
                    List.of("VACUUM " + (analyze ? "(ANALYZE) " : "") + quoted(table.name()))));
        }
        return analyze
                ? Optional.of(Step.planned(
                        Action.ANALYZE,
                        table.name(),
                        table.changedSinceAnalyze() + " rows changed since the last time",
                        List.of("ANALYZE " + quoted(table.name()))))
                : Optional.empty();
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
