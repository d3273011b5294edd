package dev.laurel.board.access;

import dev.laurel.access.CurrentCaller;
import dev.laurel.access.PublicBoards;
import dev.laurel.board.BoardConfig;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
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
        return boards.get(board)
                .map(found -> found.definition().access().publicRead())
                .onFailure(NotFound.class)
                .recoverWithItem(false);
    }

    @Override
    public String ofFirstInterface() {
        return config.defaultBoard();
    }

    @Override
    public RuntimeException unknown(String board) {
        return Boards.unknown(new BoardName(CurrentCaller.get().tenant(), board));
    }
}
