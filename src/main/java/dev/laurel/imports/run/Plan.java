package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.imports.ImportCounts;
import dev.laurel.imports.ImportOptions.ClosedWindows;
import dev.laurel.imports.file.mapping.RowError;
import dev.laurel.imports.run.WindowFinder.Span;
import dev.laurel.score.BulkIntake.Checked;
import dev.laurel.shared.FieldError;
import dev.laurel.standings.baseline.Baseline;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.WriteResult;
import dev.laurel.standings.write.WriteResult.Outcome;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What some rows of a file come to: events to write, and rows that are refused or repeat another one.
 *
 * @param writes events with distinct ids
 * @param lines for each event, or each baseline, the row it comes from
 * @param baselines to set, of distinct players
 * @param repeated rows that another row of these has said before
 * @param judged all rows, each with what has been decided of it: whatever becomes of the others, that holds
 * @param windows that the events belong to, closed ones included
 */
record Plan(
        List<ScoreWrite> writes,
        List<Line> lines,
        List<Baseline> baselines,
        List<Line> refused,
        int repeated,
        List<Line> judged,
        Set<WindowRef> windows) {
    private static final List<Outcome> WORST_FIRST = List.of(
            Outcome.CONFLICT, Outcome.REJECTED, Outcome.HELD, Outcome.APPLIED, Outcome.UNCHANGED, Outcome.DUPLICATE);

    /** Decides for each row; all windows must have been found. */
    static Plan of(Board board, List<Line> rows, WindowFinder finder, ClosedWindows closed) {
        Maker maker = new Maker(board, finder, closed);
        List<Line> judged = rows.stream().map(maker::add).toList();
        maker.lines.addAll(maker.baselines.values());
        List<Baseline> baselines =
                maker.baselines.values().stream().map(Line::baseline).toList();
        return new Plan(maker.writes, maker.lines, baselines, maker.refused, maker.repeated, judged, maker.windows);
    }

    /** What became of the rows, given what became of the events. */
    ImportCounts counts(List<WriteResult> results) {
        Map<Line, Outcome> ofRows = new IdentityHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            ofRows.merge(lines.get(i), results.get(i).outcome(), Plan::worse);
        }
        return new ImportCounts(
                count(ofRows, Outcome.APPLIED),
                count(ofRows, Outcome.UNCHANGED),
                count(ofRows, Outcome.DUPLICATE) + repeated,
                count(ofRows, Outcome.HELD),
                count(ofRows, Outcome.CONFLICT) + count(ofRows, Outcome.REJECTED) + refused.size());
    }

    /** Of a row with several events, what most of all has to be said. */
    private static Outcome worse(Outcome one, Outcome other) {
        return WORST_FIRST.indexOf(one) < WORST_FIRST.indexOf(other) ? one : other;
    }

    private static long count(Map<Line, Outcome> ofRows, Outcome outcome) {
        return ofRows.values().stream().filter(one -> one == outcome).count();
    }

    /** Why rows are refused, given what became of the events. */
    List<RowError> errors(List<WriteResult> results) {
        List<RowError> errors = new ArrayList<>();
        refused.forEach(line -> errors.addAll(line.errors()));
        for (int i = 0; i < results.size(); i++) {
            String id = writes.isEmpty() ? null : writes.get(i).clientEventId();
            String reason = reason(lines.get(i), id, results.get(i).outcome());
            if (reason != null) {
                errors.addAll(lines.get(i).refused("eventId", reason).errors());
            }
        }
        return errors;
    }

    private static String reason(Line line, String id, Outcome outcome) {
        if (outcome == Outcome.REJECTED) {
            return "was held for review before, and has been rejected";
        }
        if (outcome != Outcome.CONFLICT) {
            return null;
        }
        if (line.event() == null) {
            return "another total of the player was imported before; correct it with an adjustment";
        }
        return id != null && id.startsWith(RowReader.OWN_ID)
                ? "the row was imported from the same file before, with other meanings of its columns; give the file a mapping,"
                        + " or undo that import"
                : "is that of another event";
    }

    /** What became of the baselines, given the players whose baseline is another one now. */
    List<WriteResult> changed(Set<String> players) {
        return baselines.stream()
                .map(one -> players.contains(one.playerId()) ? Outcome.APPLIED : Outcome.UNCHANGED)
                .map(outcome -> new WriteResult(outcome, 0, List.of()))
                .toList();
    }

    private static final class Maker {
        private final Board board;
        private final WindowFinder finder;
        private final ClosedWindows closed;
        private final List<ScoreWrite> writes = new ArrayList<>();
        private final List<Line> lines = new ArrayList<>();
        private final Map<String, Line> baselines = new LinkedHashMap<>();
        private final List<Line> refused = new ArrayList<>();
        private final Set<WindowRef> windows = new LinkedHashSet<>();
        private final Map<String, Long> ids = new HashMap<>();
        private int repeated;
        private Span last;

        Maker(Board board, WindowFinder finder, ClosedWindows closed) {
            this.board = board;
            this.finder = finder;
            this.closed = closed;
        }

        Line add(Line line) {
            if (line.isRefused()) {
                return refuse(line);
            }
            if (line.repeated()) {
                repeated++;
                return line;
            }
            if (line.baseline() != null) {
                return addBaseline(line);
            }
            return line.event() == null ? addTotals(line) : addEvent(line);
        }

        private Line refuse(Line line) {
            refused.add(line);
            return line;
        }

        private Line addEvent(Line line) {
            Checked event = line.event();
            Span span = finder.at(event.at());
            FieldError fault = fault(span, event.at());
            if (fault != null) {
                return refuse(line.refused(fault.field(), fault.message()));
            }
            Long before = ids.putIfAbsent(event.eventId(), event.hash());
            if (before != null) {
                return repeat(line, before == event.hash());
            }
            if (span != last) {
                windows.addAll(span.windows());
                last = span;
            }
            lines.add(line);
            writes.add(event.in(board, span.open()));
            return line;
        }

        /** The last row of a player holds. */
        private Line addBaseline(Line line) {
            if (baselines.put(line.playerId(), line) != null) {
                repeated++;
            }
            return line;
        }

        /** One total of a row may have come before: then it stands or falls with that row. */
        private Line addTotals(Line line) {
            for (ScoreWrite total : line.totals()) {
                Long before = ids.putIfAbsent(total.clientEventId(), total.contentHash());
                if (before != null) {
                    return repeat(line, before == total.contentHash());
                }
                windows.addAll(total.windows());
                lines.add(line);
                writes.add(total);
            }
            return line;
        }

        private Line repeat(Line line, boolean same) {
            if (!same) {
                return refuse(line.refused("eventId", "is that of another row with other content"));
            }
            repeated++;
            return line.again();
        }

        private FieldError fault(Span span, Instant at) {
            if (span == null) {
                return new FieldError(
                        "occurredAt",
                        "is in a window beyond the number that one import may change: import the file in parts");
            }
            if (span.windows().isEmpty()) {
                return new FieldError(
                        "occurredAt", "lies in no season, and the board has no other period to count it in");
            }
            for (Map.Entry<WindowRef, Instant> begun : span.begun().entrySet()) {
                if (at.isBefore(begun.getValue())) {
                    return new FieldError(
                            "occurredAt",
                            "is before the last reset of window "
                                    + begun.getKey().id());
                }
            }
            if (span.allOpen() || closed == ClosedWindows.REWRITE) {
                return null;
            }
            WindowRef over = span.windows().stream()
                    .filter(window -> !span.open().contains(window))
                    .findFirst()
                    .orElseThrow();
            return new FieldError("occurredAt", "belongs to window " + over.id() + ", which has been closed");
        }
    }
}
