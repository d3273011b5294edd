package dev.laurel.standings;

import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.Written.Outcome;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes sure that Redis shows an event that has come again, before that is acknowledged. Whoever committed it may have
 * died, or never have heard of the commit, before Redis was told; the repair of such tails comes only seconds later.
 */
@ApplicationScoped
class ReplayRepair {
    private final Merger merger;
    private final Rebuilder rebuilder;
    private final ChangeStamps stamps;

    ReplayRepair(Merger merger, Rebuilder rebuilder, ChangeStamps stamps) {
        this.merger = merger;
        this.rebuilder = rebuilder;
        this.stamps = stamps;
    }

    /**
     * Carries the present standings of the players whose events are duplicates.
     *
     * @return fails with {@link Unavailable} when a window is neither up to date nor known as stale
     */
    Uni<Void> carry(List<ScoreWrite> batch, List<Written> written) {
        Map<WindowRef, List<String>> players = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            if (written.get(i).outcome() == Outcome.DUPLICATE) {
                ScoreWrite write = batch.get(i);
                write.windows().forEach(window -> players.computeIfAbsent(window, none -> new ArrayList<>())
                        .add(write.playerId()));
            }
        }
        if (players.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Uni<Void>> carried = new ArrayList<>();
        players.forEach((window, ids) -> carried.add(carry(window, ids)));
        return Uni.join().all(carried).andFailFast().replaceWithVoid();
    }

    private Uni<Void> carry(WindowRef window, List<String> playerIds) {
        return merger.carry(window, playerIds)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> rebuilder.distrust(List.of(window)))
                .invoke(() -> stamps.changed(window));
    }
}
