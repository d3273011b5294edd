package dev.laurel.board;

import dev.laurel.access.PublicBoards;
import dev.laurel.shared.LaurelException.NotFound;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Which boards may be read without a credential, as their definitions say. */
@ApplicationScoped
class ReadableBoards implements PublicBoards {
    private final Boards boards;
    private final BoardConfig config;

    ReadableBoards(Boards boards, BoardConfig config) {
        this.boards = boards;
        this.config = config;
    }

    @Override
    public Uni<Boolean> isPublic(String board) {
        return boards.get(board).map(found -> false).onFailure(NotFound.class).recoverWithItem(false);
    }

    @Override
    public String ofFirstInterface() {
        return config.defaultBoard();
    }

    @Override
    public RuntimeException unknown(String board) {
        return Boards.unknown(BoardName.of(board));
    }
}
