package dev.laurel.board.access;

import dev.laurel.access.Caller;
import dev.laurel.access.Scope;
import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.shared.LaurelException.ScopeMissing;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A caller who submits scores: one with the scope {@code player} of its own player only, on boards that allow it. Found once, at the
 * beginning of a request.
 */
public final class Submitter {
    private final Boards boards;
    private final Caller caller;

    Submitter(Boards boards, Caller caller) {
        this.boards = boards;
        this.caller = caller;
    }

    /** Whether it submits as a player, so that its event ids are apart from those of others. */
    public boolean isPlayer() {
        return !caller.has(Scope.WRITE);
    }

    /** Whether it may submit for everybody on every board, so that there is nothing to ask. */
    public boolean isUnlimited() {
        return !isPlayer() && caller.boards().isAll();
    }

    /** Whether it may know that a board exists. */
    public boolean sees(String board) {
        return caller.boards().match(board);
    }

    /** As {@link #permit(List, String, Supplier)}, for one board. */
    public <T> Uni<T> permit(String board, String player, Supplier<Uni<T>> work) {
        return isUnlimited() ? work.get() : permit(List.of(board), player, work);
    }

    /**
     * Does the work if scores of a player may be submitted to these boards.
     *
     * @param player null when the request names none, which the work refuses
     * @return what the work returns; fails with {@link ScopeMissing}, or as for boards that do not exist
     */
    public <T> Uni<T> permit(List<String> names, String player, Supplier<Uni<T>> work) {
        if (isUnlimited()) {
            return work.get();
        }
        for (String name : names) {
            if (name != null && !sees(name)) {
                return Uni.createFrom().failure(Boards.unknown(new BoardName(caller.tenant(), name)));
            }
        }
        return isPlayer() ? asItself(names, player, work) : work.get();
    }

    private <T> Uni<T> asItself(List<String> names, String player, Supplier<Uni<T>> work) {
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
                .invoke(Submitter::requireOpen)
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
