package dev.laurel.score;

import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.window.Outdated;
import dev.laurel.standings.write.ScoreWrite;
import io.smallrye.mutiny.Uni;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** Accepts all of several events or none. */
final class AllOrNone {
    /** A board or window would have to change during every one of the attempts. */
    private static final int MAX_RENEWALS = 3;

    private AllOrNone() {}

    /**
     * Accepts events, which are prepared again if a board or window has changed before they were written.
     *
     * @param list the field of the request that holds the events, for refusals
     * @param commit writes all of them or none; fails with {@link Outdated} when they must be prepared again
     * @return one receipt for each, in order
     */
    static Uni<List<Receipt>> accept(
            Supplier<Uni<List<Prepared>>> preparing,
            String list,
            Function<List<ScoreWrite>, Uni<List<Committed>>> commit,
            Function<Committed, Uni<Receipt>> ofCommitted,
            Function<Prepared, Uni<Receipt>> ofReplay) {
        return Uni.createFrom()
                .deferred(preparing::get)
                .invoke(prepared -> Preparation.requireAllValid(prepared, list))
                .chain(prepared -> commit(prepared, commit).map(committed -> new Batch(prepared, committed)))
                .onFailure(Outdated.class)
                .retry()
                .atMost(MAX_RENEWALS)
                .onFailure(Outdated.class)
                .transform(e -> Unavailable.overloaded("A board or window is being changed"))
                .chain(batch -> batch.receipts(ofCommitted, ofReplay));
    }

    private static Uni<List<Committed>> commit(
            List<Prepared> prepared, Function<List<ScoreWrite>, Uni<List<Committed>>> commit) {
        List<ScoreWrite> writes =
                prepared.stream().map(Prepared::write).filter(Objects::nonNull).toList();
        return writes.isEmpty() ? Uni.createFrom().item(List.of()) : commit.apply(writes);
    }

    /** Events that stand or fall together, with the outcomes of those that had to be written. */
    private record Batch(List<Prepared> prepared, List<Committed> committed) {
        Uni<List<Receipt>> receipts(
                Function<Committed, Uni<Receipt>> ofCommitted, Function<Prepared, Uni<Receipt>> ofReplay) {
            List<Uni<Receipt>> receipts = new ArrayList<>(prepared.size());
            Iterator<Committed> next = committed.iterator();
            for (Prepared one : prepared) {
                receipts.add(one.write() == null ? ofReplay.apply(one) : ofCommitted.apply(next.next()));
            }
            return Uni.join().all(receipts).andFailFast();
        }
    }
}
