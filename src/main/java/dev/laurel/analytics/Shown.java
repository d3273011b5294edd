package dev.laurel.analytics;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.standings.freeze.FreezeSnapshots;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * What the public is shown of a board: figures as of now, or as of its freeze. Not even the time of an answer shows whether
 * anything has happened since.
 */
@ApplicationScoped
class Shown {
    private final Clock clock;
    private final Pulse pulse;
    private final FreezeSnapshots snapshots;

    Shown(Clock clock, Pulse pulse, FreezeSnapshots snapshots) {
        this.clock = clock;
        this.pulse = pulse;
        this.snapshots = snapshots;
    }

    Instant asOf(Board board) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return board.frozen(now) ? board.freeze().at() : now;
    }

    /** The day of {@link #asOf} in the zone of the board. */
    LocalDate today(Board board) {
        return LocalDate.ofInstant(asOf(board), board.definition().zone());
    }

    /** Reads once the snapshot of a frozen board has been taken: until then, there may be more to count before it. */
    <T> Uni<T> read(Board board, Supplier<Uni<T>> read) {
        boolean live = !board.frozen(clock.instant());
        return pulse.whileAlive(snapshots.of(board).chain(snapshot -> read.get()))
                // A read that spans the instant of the freeze may have seen what came after it.
                .chain(found -> live && board.frozen(clock.instant())
                        ? read(board, read)
                        : Uni.createFrom().item(found));
    }
}
