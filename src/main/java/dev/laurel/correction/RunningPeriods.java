package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.Generations;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the windows in which an earlier event of a board still counts. */
@ApplicationScoped
public class RunningPeriods {
    private final WindowRegistry windows;
    private final Generations generations;

    RunningPeriods(WindowRegistry windows, Generations generations) {
        this.windows = windows;
        this.generations = generations;
    }

    /**
     * The periods whose running window holds an instant, and has not been reset since.
     *
     * @param now which window is running
     */
    public Uni<Held> holding(Board board, Instant instant, Instant now) {
        return windows.openAt(board, now)
                .onItem()
                .transformToMulti(own -> Multi.createFrom().iterable(own))
                .filter(window -> window.window().holds(instant))
                .onItem()
                .transformToUniAndConcatenate(window -> since(window, instant))
                .filter(window -> window.period() != null)
                .map(SinceReset::period)
                .collect()
                .with(Collectors.toCollection(() -> EnumSet.noneOf(Period.class)))
                .map(periods -> new Held(board, periods));
    }

    private Uni<SinceReset> since(WindowRef window, Instant instant) {
        return generations
                .begunAfter(instant, List.of(window))
                .map(reset -> new SinceReset(reset.isPresent() ? null : window.period()));
    }

    /** Null for a window that has been reset. */
    private record SinceReset(Period period) {}

    /** Some periods of a board. */
    public record Held(Board board, Set<Period> periods) {
        public boolean none() {
            return periods.isEmpty();
        }

        /** Empty for all periods of the board: what is meant for all also counts in periods added later. */
        public Set<Period> named() {
            boolean all = board.definition().periods().stream()
                    .filter(period -> !period.isRolling())
                    .allMatch(periods::contains);
            return all ? Set.of() : periods;
        }
    }
}
