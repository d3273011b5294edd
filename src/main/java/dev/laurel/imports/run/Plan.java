package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.imports.ImportOptions.ClosedWindows;
import dev.laurel.imports.run.WindowFinder.Span;
import dev.laurel.score.BulkIntake.Checked;
import dev.laurel.shared.FieldError;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.write.ScoreWrite;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What some rows of a file come to: events to write, and rows that are refused or repeat another one.
 *
 * @param writes events with distinct ids
 * @param lines for each event the row it comes from
 * @param repeated rows that another row of these has said before
 * @param windows that the events belong to, closed ones included
 */
record Plan(List<ScoreWrite> writes, List<Line> lines, List<Line> refused, int repeated, Set<WindowRef> windows) {
    /** Decides for each row; all windows must have been found. */
    static Plan of(Board board, List<Line> rows, WindowFinder finder, ClosedWindows closed) {
        Maker maker = new Maker(board, finder, closed);
        rows.forEach(maker::add);
        return new Plan(maker.writes, maker.lines, maker.refused, maker.repeated, maker.windows);
    }

    private static final class Maker {
        private final Board board;
        private final WindowFinder finder;
        private final ClosedWindows closed;
        private final List<ScoreWrite> writes = new ArrayList<>();
        private final List<Line> lines = new ArrayList<>();
        private final List<Line> refused = new ArrayList<>();
        private final Set<WindowRef> windows = new LinkedHashSet<>();
        private final Map<String, Checked> ids = new HashMap<>();
        private int repeated;
        private Span last;

        Maker(Board board, WindowFinder finder, ClosedWindows closed) {
            this.board = board;
            this.finder = finder;
            this.closed = closed;
        }

        void add(Line line) {
            if (line.event() == null) {
                refused.add(line);
                return;
            }
            Checked event = line.event();
            Span span = finder.at(event.at());
            FieldError fault = fault(span, event.at());
            if (fault != null) {
                refused.add(line.refused(fault.field(), fault.message()));
                return;
            }
            Checked before = ids.putIfAbsent(event.eventId(), event);
            if (before != null) {
                repeat(line, before);
                return;
            }
            if (span != last) {
                windows.addAll(span.windows());
                last = span;
            }
            lines.add(line);
            writes.add(event.in(board, span.open()));
        }

        private void repeat(Line line, Checked before) {
            if (before.hash() == line.event().hash()) {
                repeated++;
            } else {
                refused.add(line.refused("eventId", "is that of another row with other content"));
            }
        }

        private FieldError fault(Span span, Instant at) {
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
