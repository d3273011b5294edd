package dev.laurel.access;

import io.smallrye.mutiny.Uni;

/** The boards that anyone may read. */
public interface PublicBoards {
    /** Whether a board may be read without a credential; false for one that does not exist. */
    Uni<Boolean> isPublic(String board);

    /** The board that the first interface serves. */
    String ofFirstInterface();

    /** The failure that says that there is no such board. */
    RuntimeException unknown(String board);
}
