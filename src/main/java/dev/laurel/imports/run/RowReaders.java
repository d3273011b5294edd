package dev.laurel.imports.run;

import dev.laurel.board.BoardDefinition;
import dev.laurel.correction.TakeoverPlan;
import dev.laurel.imports.ImportJob;
import dev.laurel.imports.MappingText;
import dev.laurel.imports.file.TableFiles;
import dev.laurel.imports.file.mapping.BoardColumns;
import dev.laurel.imports.file.mapping.ColumnMapping;
import dev.laurel.imports.file.mapping.ImportMode;
import dev.laurel.imports.file.mapping.RowMapper;
import dev.laurel.imports.file.table.Table;
import dev.laurel.imports.run.RowReader.Source;
import dev.laurel.score.BulkIntake;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.WindowRef;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Opens the files of imports. */
@ApplicationScoped
class RowReaders {
    private final TableFiles files;
    private final BulkIntake intake;

    RowReaders(TableFiles files, BulkIntake intake) {
        this.files = files;
        this.intake = intake;
    }

    /**
     * Opens a file after the rows that are done with; blocks.
     *
     * @param running windows of the board when the file came, for totals
     * @throws InvalidInput when it is no table, or its columns cannot be used
     */
    RowReader open(Rows.Task task, List<WindowRef> running, Path file) {
        ImportJob job = task.job();
        Table table = files.open(file, job.options().sheet());
        try {
            BoardColumns columns = columns(task.board().definition());
            ColumnMapping mapping = ColumnMapping.of(
                    table.headers(),
                    MappingText.read(job.options().mapping()),
                    job.options().mode(),
                    columns);
            TakeoverPlan totals = job.options().mode() == ImportMode.STANDINGS
                    ? new TakeoverPlan(
                            task.board(),
                            running,
                            job.options().at(),
                            job.options().decision())
                    : null;
            Source source = new Source(table, mapping, RowMapper.of(table, mapping, columns));
            RowReader reader = new RowReader(source, intake, totals, task);
            reader.skip(job.progress().position());
            return reader;
        } catch (RuntimeException e) {
            table.close();
            throw e;
        }
    }

    private static BoardColumns columns(BoardDefinition definition) {
        Set<Period> periods = new HashSet<>(definition.periods());
        periods.removeIf(Period::isRolling);
        return new BoardColumns(
                definition.submittedMetrics(),
                definition.requiredMetrics(),
                definition.decimals(),
                definition.zone(),
                periods);
    }
}
