package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.correction.TakeoverPlan;
import dev.laurel.correction.TakeoverRow;
import dev.laurel.imports.ImportJob;
import dev.laurel.imports.ImportOptions.ClosedWindows;
import dev.laurel.imports.file.mapping.ColumnMapping;
import dev.laurel.imports.file.mapping.ColumnMapping.Column;
import dev.laurel.imports.file.mapping.ImportMode;
import dev.laurel.imports.file.mapping.MappedRow;
import dev.laurel.imports.file.mapping.RowError;
import dev.laurel.imports.file.mapping.RowMapper;
import dev.laurel.imports.file.mapping.RowMapper.Mapped;
import dev.laurel.imports.file.table.Table;
import dev.laurel.imports.file.table.TableRow;
import dev.laurel.imports.run.Line.Faults;
import dev.laurel.score.BulkIntake;
import dev.laurel.score.BulkIntake.Candidate;
import dev.laurel.score.BulkIntake.Terms;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Score;
import dev.laurel.standings.baseline.Baseline;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the rows of a file as events, in their order. One thread at a time uses it, and is blocked meanwhile. */
final class RowReader implements AutoCloseable {
    /** No client can choose an id with this prefix. */
    static final String OWN_ID = "~i-";

    private static final String METRICS = "metrics.";

    /** Characters of the rows that are kept at once, but for the last of them: rows may be long. */
    private static final long MAX_CHARACTERS = 4 << 20;

    private final Table table;
    private final ColumnMapping mapping;
    private final RowMapper mapper;
    private final BulkIntake intake;
    private final TakeoverPlan totals;
    private final Board board;
    private final boolean baselines;
    private final Terms terms;
    private final String idPrefix;
    private long ordinal;
    private TableRow next;
    private InvalidInput broken;

    /** @param totals for the totals of players; null when the rows are events */
    RowReader(Source source, BulkIntake intake, TakeoverPlan totals, Rows.Task task) {
        ImportJob job = task.job();
        this.table = source.table();
        this.mapping = source.mapping();
        this.mapper = source.mapper();
        this.intake = intake;
        this.totals = totals;
        this.board = task.board();
        this.baselines = job.options().mode() == ImportMode.BASELINE;
        this.terms = new Terms(
                job.times().created(), job.options().at(), job.options().closedWindows() == ClosedWindows.REWRITE);
        this.idPrefix = OWN_ID + job.fingerprint() + "-" + meaning(job.options().mode());
    }

    /**
     * Values that columns mean now and did not before, because the board has got a metric, are news in a snapshot. Events would
     * count twice: there, they are in conflict with those of before.
     */
    private String meaning(ImportMode mode) {
        return mode == ImportMode.SNAPSHOT
                ? Integer.toHexString(mapping.words().toString().hashCode()) + "-"
                : "";
    }

    /** Passes rows that are done with. */
    void skip(long rows) {
        for (next = table.next(); next != null && ordinal < rows; next = table.next()) {
            ordinal++;
        }
    }

    /**
     * The next rows, as many as there are up to a number; fewer if they are long.
     *
     * @throws InvalidInput when the file ends before its end; the rows before have been returned
     */
    Read read(int most) {
        List<Line> lines = new ArrayList<>();
        long characters = 0;
        while (next != null && lines.size() < most && characters < MAX_CHARACTERS) {
            ordinal++;
            characters += next.cells().stream().mapToLong(String::length).sum();
            lines.add(line(next));
            next = following();
        }
        if (broken != null && lines.isEmpty()) {
            throw broken;
        }
        return new Read(lines, next == null && broken == null);
    }

    private TableRow following() {
        try {
            return table.next();
        } catch (InvalidInput failure) {
            broken = failure;
            return null;
        }
    }

    private Line line(TableRow row) {
        Faults faults = (field, reason) -> fault(row, field, reason);
        Mapped mapped = mapper.map(row);
        if (mapped.row() == null) {
            return Line.refused(mapped.errors(), faults);
        }
        try {
            if (baselines) {
                return baseline(mapped.row(), faults);
            }
            return totals == null ? event(mapped.row(), faults) : totals(mapped.row(), faults);
        } catch (InvalidInput refusal) {
            List<RowError> errors = new ArrayList<>();
            for (FieldError error : refusal.errors()) {
                errors.add(fault(row, error.field(), error.message()));
            }
            return Line.refused(errors, faults);
        }
    }

    private Line event(MappedRow found, Faults faults) {
        Candidate candidate = new Candidate(
                found.playerId(),
                units(found.metrics()),
                found.eventId(),
                idPrefix + ordinal,
                found.occurredAt(),
                found.activity());
        return Line.of(intake.check(board, candidate, terms), found.player(), faults);
    }

    /** By all metrics of the board: files have no values of derived ones. */
    private List<Long> units(List<Long> submitted) {
        BoardDefinition definition = board.definition();
        List<Long> units = new ArrayList<>(definition.metrics().size());
        int next = 0;
        for (int metric = 0; metric < definition.metrics().size(); metric++) {
            units.add(definition.isSubmitted(metric) ? submitted.get(next++) : null);
        }
        return units;
    }

    private Line baseline(MappedRow found, Faults faults) {
        List<String> names = board.definition().submittedMetrics();
        Map<String, Long> amounts = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (found.metrics().get(i) != null) {
                amounts.put(names.get(i), found.metrics().get(i));
            }
        }
        return Line.of(new Baseline(found.playerId(), amounts), found.player(), faults);
    }

    private Line totals(MappedRow found, Faults faults) {
        Map<String, String> scores = new TreeMap<>();
        found.scores()
                .forEach((period, units) -> scores.put(
                        period.path(),
                        new BigDecimal(Score.toNumber(units, board.definition().decimals())
                                        .toString())
                                .toPlainString()));
        return Line.of(
                totals.writes(TakeoverRow.of(found.playerId(), scores, found.occurredAt())), found.player(), faults);
    }

    private RowError fault(TableRow row, String field, String reason) {
        for (Column column : mapping.columns()) {
            if (means(column, field)) {
                return new RowError(row.number(), column.header(), row.cells().get(column.index()), reason);
            }
        }
        return new RowError(row.number(), null, null, field + " " + reason);
    }

    private boolean means(Column column, String field) {
        return switch (column.target().kind()) {
            case METRIC -> {
                String metric = field.startsWith(METRICS)
                        ? field.substring(METRICS.length())
                        : "score".equals(field) ? board.definition().metrics().get(0) : null;
                yield column.target().name().equals(metric);
            }
            case PERIOD -> field.equals("scores." + column.target().name());
            case OCCURRED_AT -> "occurredAt".equals(field) || "achievedAt".equals(field);
            case PLAYER -> "playerId".equals(field);
            default -> column.target().kind().word().equals(field);
        };
    }

    /** How far the file has been read, in bytes. */
    long readBytes() {
        return table.position();
    }

    @Override
    public void close() {
        table.close();
    }

    /** A file that has been opened, and what its columns mean. */
    record Source(Table table, ColumnMapping mapping, RowMapper mapper) {}

    /**
     * Some rows.
     *
     * @param isLast whether no more come
     */
    record Read(List<Line> lines, boolean isLast) {}
}
