package dev.laurel.score;

import dev.laurel.standings.write.ScoreWrite;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which events are in a batch, and which have to wait for the next one. */
final class BatchMembers {
    private final Set<String> ids = new HashSet<>();
    private final Set<String> waitingPlayers = new HashSet<>();

    /**
     * Adds events that belong together. They are left out when the batch has an event with the id of one of them, whose
     * outcome they are told, or when an earlier event of one of their players was left out.
     *
     * @return whether they have been added
     */
    boolean add(List<ScoreWrite> writes) {
        boolean free = true;
        for (ScoreWrite write : writes) {
            free &= write.clientEventId() == null || ids.add(write.board().id() + "/" + write.clientEventId());
            free &= waitingPlayers.isEmpty() || !waitingPlayers.contains(player(write));
        }
        if (!free) {
            writes.forEach(write -> waitingPlayers.add(player(write)));
        }
        return free;
    }

    private static String player(ScoreWrite write) {
        return write.board().id() + "/" + write.playerId();
    }
}
