package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.correction.HeldEvent.State;
import dev.laurel.platform.async.Contexts;
import dev.laurel.platform.meters.Meters;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.standings.window.UnusedWindows;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.standings.write.Recounts;
import dev.laurel.standings.write.Recounts.HeldForReview;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Decides on submissions that are held for review because they broke a plausibility rule. */
@ApplicationScoped
public class HeldEvents {
    private final Boards boards;
    private final HeldEventStore store;
    private final WindowRegistry windows;
    private final Recounts recounts;
    private final UnusedWindows unused;
    private final MeterRegistry meters;

    HeldEvents(
            Boards boards,
            HeldEventStore store,
            WindowRegistry windows,
            Recounts recounts,
            UnusedWindows unused,
            MeterRegistry meters) {
        this.boards = boards;
        this.store = store;
        this.windows = windows;
        this.recounts = recounts;
        this.unused = unused;
        this.meters = meters;
    }

    /** The held events of a board in a state, those that came first at the front. */
    public Uni<PageResult<HeldEvent>> list(Board board, State state, PageRequest page) {
        return store.list(board, state, page);
    }

    /**
     * Accepts an event: it counts at the instant at which it occurred, as if it had counted at once, in windows open and
     * closed. It does not count in a window that has been reset since, and its acceptance moves no limit of the rules.
     *
     * @return the event as it is now; fails with {@link NotFound} when there is none, with {@link Conflict} when it has
     *     been decided on or a sum would leave the range of scores, with {@link Unavailable} when PostgreSQL did not do
     *     it, or did not confirm it
     */
    public Uni<HeldEvent> accept(Board board, long id, Decision decision) {
        return store.get(board, id)
                .invoke(HeldEvents::requirePending)
                // The board may have got periods of which this process has not heard.
                .chain(held ->
                        boards.refresh(board.fullName()).chain(now -> Contexts.toTheEnd(count(now, held, decision))))
                .chain(() -> store.get(board, id));
    }

    private Uni<Void> count(Board board, HeldEvent held, Decision decision) {
        HeldForReview review =
                new HeldForReview(held.id(), held.playerId(), held.occurredAt(), decision.reason(), decision.author());
        // The windows may never have held anything. Past ones are closed again by the next run of the rollover.
        return windows.openAt(board, held.occurredAt())
                .chain(() -> recounts.accept(board, review))
                .onTermination()
                .call(() -> unused.forget(board))
                .invoke(done -> decided(held.id(), State.ACCEPTED, done))
                .replaceWithVoid();
    }

    /**
     * Rejects an event: it never counts, and what remains of it is its row here and an entry in the log.
     *
     * @return fails as {@link #accept} does
     */
    public Uni<HeldEvent> reject(Board board, long id, Decision decision) {
        return store.get(board, id)
                .invoke(HeldEvents::requirePending)
                .chain(() -> store.reject(board, id, decision))
                .invoke(done -> decided(id, State.REJECTED, done))
                .chain(() -> store.get(board, id));
    }

    private static void requirePending(HeldEvent held) {
        if (held.state() != State.PENDING) {
            throw new Conflict("Event " + held.id() + " has been "
                    + (held.state() == State.ACCEPTED ? "accepted" : "rejected") + " already");
        }
    }

    private void decided(long id, State state, boolean done) {
        if (!done) {
            throw new Conflict("Event " + id + " has just been decided on");
        }
        meters.counter(Meters.HELD_DECISIONS, "decision", state.name()).increment();
    }
}
