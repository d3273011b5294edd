package dev.laurel.score;

import dev.laurel.access.tenant.PlayerRoom;
import dev.laurel.board.Board;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses events of players whom a board has not seen yet, while its tenant has as many players as it may. */
@ApplicationScoped
class NewPlayers {
    private final PlayerRoom room;

    NewPlayers(PlayerRoom room) {
        this.room = room;
    }

    /** Whether all players may score on a board: nothing is to be asked. */
    boolean areWelcome(Board board) {
        return !room.isFull(board.tenant());
    }

    /** @return fails with {@link dev.laurel.shared.LaurelException.QuotaExceeded} for a player who is new on the board */
    Uni<Void> require(Board board, String player) {
        return room.newOn(board.id(), Set.of(player))
                .invoke(found -> {
                    if (!found.isEmpty()) {
                        throw room.refusal(board.tenant());
                    }
                })
                .replaceWithVoid();
    }

    /** The same for each event of a batch. */
    Uni<List<Prepared>> refused(Board board, List<Prepared> prepared) {
        Set<String> players = prepared.stream()
                .filter(one -> one.write() != null)
                .map(one -> one.write().playerId())
                .collect(Collectors.toSet());
        return room.newOn(board.id(), players).map(found -> prepared.stream()
                .map(one -> one.write() != null && found.contains(one.write().playerId())
                        ? Prepared.refused(board, one.submission(), room.refusal(board.tenant()))
                        : one)
                .toList());
    }
}
