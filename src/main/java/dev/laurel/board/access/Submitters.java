package dev.laurel.board.access;

import dev.laurel.access.Caller;
import dev.laurel.access.CurrentCaller;
import dev.laurel.access.Scope;
import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.shared.LaurelException.ScopeMissing;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Who may submit scores of whom: a caller with the scope {@code player} only its own, on boards that allow it. */
@ApplicationScoped
public class Submitters {
    private final Boards boards;

    Submitters(Boards boards) {
        this.boards = boards;
    }

    /** Whether the caller may submit for everybody on every board, so that there is nothing to ask. */
    public boolean isUnlimited() {
        return isUnlimited(CurrentCaller.get());
    }

    private static boolean isUnlimited(Caller caller) {
        return caller.has(Scope.WRITE) && caller.boards().isAll();
    }

    /** As {@link #permit(List, String, Supplier)}, for one board. */
    public <T> Uni<T> permit(String board, String player, Supplier<Uni<T>> work) {
        return isUnlimited() ? work.get() : permit(List.of(board), player, work);
    }

    /**
     * Does the work if the caller may submit scores of a player on these boards.
     *
     * @param player null when the request names none, which the work refuses
     * @return what the work returns; fails with {@link ScopeMissing}, or as for boards that do not exist
     */
    public <T> Uni<T> permit(List<String> names, String player, Supplier<Uni<T>> work) {
        Caller caller = CurrentCaller.get();
        if (isUnlimited(caller)) {
            return work.get();
        }
        for (String name : names) {
            if (name != null && !caller.boards().match(name)) {
                return Uni.createFrom().failure(Boards.unknown(new BoardName(caller.tenant(), name)));
            }
        }
        return caller.has(Scope.WRITE) ? work.get() : asItself(caller, names, player, work);
    }

    private <T> Uni<T> asItself(Caller caller, List<String> names, String player, Supplier<Uni<T>> work) {
        if (player == null || !player.equals(caller.player().orElse(null))) {
            return Uni.createFrom()
                    .failure(new ScopeMissing(
                            "The credential lacks the scope write: it can submit scores of its own player only"));
        }
        return Multi.createFrom()
                .iterable(names.stream()
                        .filter(Objects::nonNull)
                        .distinct()
                        .map(name -> new BoardName(caller.tenant(), name))
                        .toList())
                .onItem()
                .transformToUniAndConcatenate(boards::get)
                .onItem()
                .invoke(Submitters::requireOpen)
                .collect()
                .last()
                .chain(work::get);
    }

    private static void requireOpen(Board board) {
        if (!board.definition().access().playerSubmissions()) {
            throw new ScopeMissing("The credential lacks the scope write: on board " + board.name()
                    + " players do not submit their own scores");
        }
    }
}
