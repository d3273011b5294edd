package dev.laurel.web.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.database.DatabaseState;
import dev.laurel.database.IndexState;
import dev.laurel.database.SlowStatement;
import dev.laurel.database.StatementPlan;
import dev.laurel.database.Suggestions;
import dev.laurel.database.TableState;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;

/** The JSON forms of the state of the database. */
final class DatabaseJson {
    private DatabaseJson() {}

    /** The state of the database. */
    @Schema(name = "DatabaseState")
    record StateJson(
            @Schema(description = "When it was read: up to five seconds ago, or since the latest optimization")
            Instant asOf,

            @Schema(description = "Of the server", examples = "18.1")
            String version,

            long databaseBytes,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Share of blocks found in the server's memory, from 0 to 1; missing before the first")
            Double hitRate,

            @Schema(description = "To the server, of all its clients")
            long connections,

            long maxConnections,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "When the server's statistics were reset; missing when that never happened")
            Instant countedSince,

            @Schema(description = "What could be done, in words; the most urgent first")
            List<String> suggestions,

            @Schema(description = "Those there are, and those that the service relies on and that are missing")
            List<IndexJson> indexes,

            @Schema(description = "The 200 largest tables and partitions, largest first")
            List<TableJson> tables,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(
                    description =
                            "The 20 statements that have cost most altogether; missing when the server does not count them "
                                    + "(pg_stat_statements)")
            List<StatementJson> slowStatements) {
        static StateJson of(DatabaseState state) {
            return new StateJson(
                    state.asOf(),
                    state.version(),
                    state.bytes(),
                    state.hitRate() == null ? null : Math.round(state.hitRate() * 10_000) / 10_000.0,
                    state.connections(),
                    state.maxConnections(),
                    state.countedSince(),
                    Suggestions.of(state),
                    state.indexes().stream().map(IndexJson::of).toList(),
                    state.tables().stream().map(TableJson::of).toList(),
                    state.slowStatements() == null
                            ? null
                            : state.slowStatements().stream()
                                    .map(StatementJson::of)
                                    .toList());
        }
    }

    /** One index. */
    @Schema(name = "DatabaseIndex")
    record IndexJson(
            @Schema(examples = "score_event_feed") String name,
            @Schema(examples = "score_event") String table,
            IndexState.State state,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(
                    description =
                            "The query that it serves; missing for one that belongs to a key or another constraint, or is "
                                    + "not the service's own")
            String serves,

            @Schema(description = "The statement that creates it")
            String definition,

            long bytes,

            @Schema(description = "How often queries used it since statistics were reset")
            long scans,

            @Schema(
                    description =
                            "Entries written to it for changes of rows since statistics were reset; at most so many where it "
                                    + "covers only some rows")
            long writes,

            @Schema(description = "What these took, in bytes: an estimate from the size of its entries")
            long writtenBytes,

            boolean unique,

            @Schema(description = "Whether it belongs to a key or another constraint")
            boolean constraint,

            @Schema(description = "Whether only queries need it, and none has used it since statistics were reset")
            boolean unused,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "Another index of the table that serves the same queries; missing when there is none")
            String coveredBy) {
        static IndexJson of(IndexState index) {
            return new IndexJson(
                    index.name(),
                    index.table(),
                    index.state(),
                    index.serves(),
                    index.definition(),
                    index.bytes(),
                    index.use().scans(),
                    index.use().writes(),
                    index.writtenBytes(),
                    index.unique(),
                    index.constraint(),
                    index.isUnused(),
                    index.coveredBy());
        }
    }

    /** One table, or a partition of one. */
    @Schema(name = "DatabaseTable")
    record TableJson(
            @Schema(examples = "standing") String name,
            @Schema(description = "Estimated") long rows,

            @Schema(description = "Old versions that take up space until the table is vacuumed")
            long deadRows,

            @Schema(description = "Rows changed since the planner's statistics were gathered")
            long changedSinceAnalyze,

            @Schema(description = "With its indexes") long bytes,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(
                    description =
                            "Bytes of the table itself that hold no row, beyond what its fill factor leaves free: an estimate "
                                    + "from the width of its rows; missing before its statistics were gathered")
            Long bloatBytes,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "The last time, by whatever; missing for never")
            Instant vacuumedAt,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "The last time, by whatever; missing for never")
            Instant analyzedAt,

            boolean needsVacuum,
            boolean needsAnalyze) {
        static TableJson of(TableState table) {
            return new TableJson(
                    table.name(),
                    table.rows(),
                    table.deadRows(),
                    table.changedSinceAnalyze(),
                    table.bytes(),
                    table.bloatBytes(),
                    table.vacuumedAt(),
                    table.analyzedAt(),
                    table.needsVacuum(),
                    table.needsAnalyze());
        }
    }

    /** One statement. */
    @Schema(name = "DatabaseStatement")
    record StatementJson(
            @Schema(description = "By which its plan can be asked for", examples = "-3416356442043621232")
            String id,

            @Schema(description = "Without values, and cut off after 1,000 characters")
            String text,

            long calls,
            double meanMs,
            double totalMs,

            @Schema(description = "Rows returned or changed")
            long rows) {
        static StatementJson of(SlowStatement statement) {
            return new StatementJson(
                    Long.toString(statement.id()),
                    statement.text(),
                    statement.calls(),
                    statement.meanMs(),
                    statement.totalMs(),
                    statement.rows());
        }
    }

    /** How a statement would be carried out. */
    @Schema(name = "DatabasePlan")
    record PlanJson(
            @Schema(examples = "-3416356442043621232") String id,

            @Schema(description = "The statement, with parameters in place of values")
            String text,

            @Schema(description = "The generic plan, as PostgreSQL writes it")
            List<String> plan) {
        static PlanJson of(StatementPlan plan) {
            return new PlanJson(Long.toString(plan.id()), plan.text(), plan.lines());
        }
    }
}
