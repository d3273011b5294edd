package dev.laurel.board.access;

import dev.laurel.access.CurrentCaller;
import dev.laurel.board.Boards;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds out who submits scores. */
@ApplicationScoped
public class Submitters {
    private final Boards boards;

    Submitters(Boards boards) {
        this.boards = boards;
    }

    /** The caller of the request. */
    public Submitter current() {
        return new Submitter(boards, CurrentCaller.get());
    }
}
